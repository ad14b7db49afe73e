using System.Buffers.Binary;
using NetSim.Model.Input;

namespace NetSim.Capture.Files;

/// <summary>pcapng (draft-ietf-opsawg-pcapng): sections of blocks, each in its own byte order; unknown and custom blocks are passed over.</summary>
internal sealed class PcapngFormat : FileFormat
{
    /// <summary>Type of a section header; the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D_0D0A;

    private const uint ByteOrderMagic = 0x1A2B_3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint InterfaceStatistics = 5;
    private const uint EnhancedPacket = 6;
    private const int LeastBlock = 12;

    /// <summary>Larger blocks are damage, as they are to Wireshark.</summary>
    private const uint MostBlock = 16 * 1024 * 1024 + 4096;

    private int _section = -1;
    private int _firstOfSection;

    private PcapngFormat(ByteSource source, string file) : base(source, file) { }

    /// <inheritdoc/>
    public override string Name => "pcapng";

    /// <summary>Reads the first section header.</summary>
    /// <exception cref="InputException">It makes no sense.</exception>
    public static PcapngFormat Open(ByteSource source, string file)
    {
        var format = new PcapngFormat(source, file);
        if (format.TrySection()) return format;
        throw new InputException(file, $"byte {format.Damage!.Byte}", $"{format.Damage.Sentence}; a pcapng section header was expected");
    }

    /// <inheritdoc/>
    public override bool TryNext(out CapturedPacket packet)
    {
        packet = default;
        while (Damage is null)
        {
            if (!Source.TryPeek(8, out var head)) return End("block");
            uint type = U32(head);
            if (type == SectionHeader)
            {
                if (!TrySection()) return false;
                continue;
            }
            if (!TryBlock(U32(head[4..]), out var body, out int length)) return false;
            bool found = type switch
            {
                EnhancedPacket => TryEnhanced(body, out packet),
                SimplePacket => TrySimple(body, out packet),
                ObsoletePacket => TryObsolete(body, out packet),
                _ => false,
            };
            if (Damage is not null || !found && !TryOther(type, body)) return false;
            Source.Pass(length);
            if (found) return true;
        }
        return false;
    }

    private bool TrySection()
    {
        if (!Source.TryPeek(28, out var block)) return Stop("the file ends in the middle of a section header");
        uint order = BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        if (order != ByteOrderMagic && order != BinaryPrimitives.ReverseEndianness(ByteOrderMagic)) return Stop("a section header has no byte-order magic");
        BigEndian = order != ByteOrderMagic;
        int major = U16(block[12..]), minor = U16(block[14..]);
        // 1.2 was written by old versions of Wireshark's editors and means 1.0.
        if (major != 1 || minor is not (0 or 2)) return Stop($"the section has version {major}.{minor}; 1.0 is read");
        if (!TryBlock(U32(block[4..]), out var body, out int length)) return false;
        if (body.Length < 16) return Stop("a section header is shorter than it can be");
        Source.Pass(length);
        _section++;
        _firstOfSection = Interfaces.Count;
        return true;
    }

    /// <summary>Checks a block's frame; its body lies between the two lengths.</summary>
    private bool TryBlock(uint total, out ReadOnlySpan<byte> body, out int length)
    {
        body = default;
        length = 0;
        if (total < LeastBlock) return Stop($"a block claims {total} bytes, fewer than the {LeastBlock} of its frame");
        if (total > MostBlock) return Stop($"a block claims {total} bytes, more than is sensible");
        length = (int)(total + 3 & ~3u);
        if (!Source.TryPeek(length, out var block)) return Stop("the file ends in the middle of a block");
        uint trailer = U32(block[(length - 4)..]);
        if (trailer != total) return Stop($"a block says {total} bytes at its begin and {trailer} at its end");
        body = block[8..(length - 4)];
        return true;
    }

    private bool TryEnhanced(ReadOnlySpan<byte> body, out CapturedPacket packet)
    {
        packet = default;
        return body.Length < 20 ? Stop("a packet block is shorter than its header") : TryPacket(body, U32(body), out packet);
    }

    private bool TryObsolete(ReadOnlySpan<byte> body, out CapturedPacket packet)
    {
        packet = default;
        return body.Length < 20 ? Stop("a packet block is shorter than its header") : TryPacket(body, U16(body), out packet);
    }

    /// <summary>Enhanced and obsolete packet blocks differ in their first word only.</summary>
    private bool TryPacket(ReadOnlySpan<byte> body, uint number, out CapturedPacket packet)
    {
        packet = default;
        if (!TryInterface(number, out int at)) return false;
        uint captured = U32(body[12..]);
        if (captured > (uint)(body.Length - 20)) return Stop($"a packet claims {captured} bytes in a block that holds {body.Length - 20}");
        if (captured > (uint)MostBytes(Interfaces[at].LinkType)) return Stop($"a packet claims {captured} bytes, more than there can be");
        packet = new()
        {
            Bytes = body.Slice(20, (int)captured),
            OriginalLength = Clamp(U32(body[16..])),
            UnixNanoseconds = Interfaces[at].Times.ToNanoseconds((ulong)U32(body[4..]) << 32 | U32(body[8..])),
            HasTime = true,
            Interface = at,
            Outbound = OutboundOf(body, 20 + (int)(captured + 3 & ~3u)),
        };
        return true;
    }

    private bool? OutboundOf(ReadOnlySpan<byte> body, int optionsAt) => body.Length < optionsAt + 8 ? null : PcapngOptions.ReadOutbound(body[optionsAt..], BigEndian);

    private bool TrySimple(ReadOnlySpan<byte> body, out CapturedPacket packet)
    {
        packet = default;
        if (body.Length < 4) return Stop("a simple packet block is shorter than its header");
        if (!TryInterface(0, out int at)) return false;
        uint original = U32(body);
        long snap = Interfaces[at].SnapLength;
        uint captured = snap > 0 && snap < original ? (uint)snap : original;
        if (captured > (uint)(body.Length - 4)) return Stop($"a simple packet claims {captured} bytes in a block that holds {body.Length - 4}");
        packet = new() { Bytes = body.Slice(4, (int)captured), OriginalLength = Clamp(original), Interface = at };
        return true;
    }

    private bool TryInterface(uint number, out int at)
    {
        int count = Interfaces.Count - _firstOfSection;
        at = _firstOfSection + (int)Math.Min(number, (uint)count);
        return number < (uint)count || Stop($"a packet was taken on interface {number} of a section that declares {count}");
    }

    private bool TryOther(uint type, ReadOnlySpan<byte> body)
    {
        if (type == InterfaceDescription)
        {
            if (body.Length < 8) return Stop("an interface block is shorter than it can be");
            Interfaces.Add(PcapngOptions.ReadInterface(body, BigEndian, _section));
        }
        else if (type == InterfaceStatistics && body.Length >= 12 && TryStatisticsOf(U32(body), out var counted)) PcapngOptions.ReadStatistics(body[12..], BigEndian, counted);
        return true;
    }

    private bool TryStatisticsOf(uint number, out CaptureInterface counted)
    {
        bool there = number < (uint)(Interfaces.Count - _firstOfSection);
        counted = there ? Interfaces[_firstOfSection + (int)number] : null!;
        return there;
    }
}
