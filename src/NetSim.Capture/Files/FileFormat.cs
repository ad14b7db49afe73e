using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace NetSim.Capture.Files;

/// <summary>What both capture formats share: a source, a byte order, interfaces, and an end at damage.</summary>
internal abstract class FileFormat(ByteSource source, string file)
{
    /// <summary>Larger packets are damage, as they are to Wireshark and libpcap (WTAP_MAX_PACKET_SIZE_STANDARD).</summary>
    private const int MostPacketBytes = 262_144;

    /// <summary>Larger packets of buses are damage.</summary>
    private const int MostBusPacketBytes = 128 * 1024 * 1024;

    /// <summary>The interfaces declared so far.</summary>
    public List<CaptureInterface> Interfaces { get; } = [];

    /// <summary>Where it stopped making sense.</summary>
    public Damage? Damage { get; private set; }

    /// <summary>The format's name.</summary>
    public abstract string Name { get; }

    /// <summary>The bytes.</summary>
    protected ByteSource Source => source;

    /// <summary>Is the file's byte order not this machine's little-endian?</summary>
    protected bool BigEndian { get; set; }

    /// <summary>The next packet; false at the end and at damage.</summary>
    public abstract bool TryNext(out CapturedPacket packet);

    /// <summary>The longest packet that a link type may have.</summary>
    protected static int MostBytes(int linkType) => linkType is 231 or 249 or 279 ? MostBusPacketBytes : MostPacketBytes;

    /// <summary>Ends the reading.</summary>
    protected bool Stop(string sentence)
    {
        Damage ??= new(file, source.Position, source.Failure is { } why ? $"{sentence} ({why.TrimEnd('.')})" : sentence);
        return false;
    }

    /// <summary>The end of the file where a record would begin: fine, unless bytes are left or the unpacking failed.</summary>
    protected bool End(string record)
    {
        if (source.Buffered > 0 || source.Failure is not null) return Stop($"the file ends in the middle of a {record}");
        return false;
    }

    /// <summary>16 bits in the file's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ushort U16(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>32 bits in the file's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected uint U32(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>64 bits in the file's byte order.</summary>
    protected long S64(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    /// <summary>A length on the wire as a number that fits.</summary>
    protected static int Clamp(uint length) => (int)Math.Min(length, int.MaxValue);
}
