using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NetSim.Model.Input;

namespace NetSim.Capture.Files;

/// <summary>Classic pcap (draft-ietf-opsawg-pcap), with microseconds or nanoseconds, and with the longer records of Alexey Kuznetzov's patch.
/// Source: libpcap 1.10 sf-pcap.c.</summary>
internal sealed class PcapFormat : FileFormat
{
    /// <summary>Bytes of the file's header.</summary>
    public const int HeaderLength = 24;

    private const uint Microseconds = 0xA1B2_C3D4;
    private const uint Nanoseconds = 0xA1B2_3C4D;
    private const uint Modified = 0xA1B2_CD34;
    private const int RecordHeaderLength = 16;

    private readonly int _recordHeader;
    private readonly uint _fraction;
    private readonly Lengths _lengths;
    private readonly int _most;

    private enum Lengths
    {
        AsWritten,
        PerhapsSwapped,
        Swapped,
    }

    private PcapFormat(ByteSource source, string file, ReadOnlySpan<byte> head) : base(source, file)
    {
        BigEndian = !IsLittleEndianMagic(BinaryPrimitives.ReadUInt32LittleEndian(head));
        uint magic = U32(head);
        _recordHeader = magic == Modified ? RecordHeaderLength + 8 : RecordHeaderLength;
        _fraction = magic == Nanoseconds ? 1u : 1000u;
        _lengths = OrderOfLengths(U16(head[4..]), U16(head[6..]));
        Name = magic switch { Nanoseconds => "pcap with nanoseconds", Modified => "modified pcap", _ => "pcap" };
        // The upper bits tell of a frame check sequence (draft-ietf-opsawg-pcap, section 4).
        int linkType = (int)(U32(head[20..]) & 0xFFFF);
        _most = MostBytes(linkType);
        Interfaces.Add(new() { LinkType = linkType, SnapLength = U32(head[16..]), Times = magic == Nanoseconds ? TimeScale.Nanoseconds : TimeScale.Microseconds });
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Is it one of this format's first words, read little-endian?</summary>
    public static bool IsMagic(uint magic) => IsLittleEndianMagic(magic) || IsLittleEndianMagic(BinaryPrimitives.ReverseEndianness(magic));

    /// <summary>Reads the header of a file that begins with the magic.</summary>
    /// <exception cref="InputException">The header is cut.</exception>
    public static PcapFormat Open(ByteSource source, string file)
    {
        if (!source.TryPeek(HeaderLength, out var head))
            throw new InputException(file, $"byte {source.Buffered}", $"the file ends in the middle of its header of {HeaderLength} bytes");
        var format = new PcapFormat(source, file, head);
        source.Pass(HeaderLength);
        return format;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryNext(out CapturedPacket packet)
    {
        packet = default;
        if (Damage is not null) return false;
        if (!Source.TryPeek(_recordHeader, out var head)) return End("packet's header");
        uint seconds = U32(head), fraction = U32(head[4..]), captured = U32(head[8..]), original = U32(head[12..]);
        if (_lengths == Lengths.Swapped || _lengths == Lengths.PerhapsSwapped && captured > original) (captured, original) = (original, captured);
        if (captured > (uint)_most) return Stop($"a packet claims {captured} bytes, more than the {_most} that there can be");
        int whole = _recordHeader + (int)captured;
        if (!Source.TryPeek(whole, out var record)) return Stop("the file ends in the middle of a packet");
        packet = new()
        {
            Bytes = record[_recordHeader..],
            OriginalLength = Clamp(original),
            UnixNanoseconds = seconds * 1_000_000_000L + fraction * (long)_fraction,
            HasTime = true,
        };
        Source.Pass(whole);
        return true;
    }

    private static bool IsLittleEndianMagic(uint magic) => magic is Microseconds or Nanoseconds or Modified;

    /// <summary>Before version 2.3 the two lengths stood in the other order, and in some files of 2.3; DG/UX (543.0) never changed.</summary>
    private static Lengths OrderOfLengths(int major, int minor) => (major, minor) switch
    {
        (2, < 3) or (543, _) => Lengths.Swapped,
        (2, 3) => Lengths.PerhapsSwapped,
        _ => Lengths.AsWritten,
    };
}
