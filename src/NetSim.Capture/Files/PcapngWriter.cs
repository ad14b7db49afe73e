using System.Buffers.Binary;
using System.Text;
using NetSim.Model.Addressing;

namespace NetSim.Capture.Files;

/// <summary>Writes a pcapng of one little-endian section with nanoseconds and an interface block for each interface.</summary>
public sealed class PcapngWriter : IDisposable
{
    private const uint SectionHeader = 0x0A0D_0D0A;
    private const uint ByteOrderMagic = 0x1A2B_3C4D;
    private const uint InterfaceDescription = 1;
    private const uint InterfaceStatistics = 5;
    private const uint EnhancedPacket = 6;
    private const uint UnknownLength = 0xFFFF_FFFF;

    private readonly BlockBuffer _buffer;

    /// <summary>Begins a file on a stream, which is closed with the writer.</summary>
    /// <param name="stream">Where the file goes.</param>
    /// <param name="comment">A remark on the file, or empty.</param>
    public PcapngWriter(Stream stream, string comment = "")
    {
        _buffer = new(stream);
        using var options = new MemoryStream();
        Option(options, 1, comment);
        Option(options, 4, "NetSim");
        Block(SectionHeader, [ByteOrderMagic, 1, UnknownLength, UnknownLength], Options(options));
    }

    /// <summary>Begins a file, replacing one that is there.</summary>
    public static PcapngWriter Create(string path, string comment = "") =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), comment);

    /// <summary>Interfaces declared.</summary>
    public int Interfaces { get; private set; }

    /// <summary>Packets written.</summary>
    public long Packets { get; private set; }

    /// <summary>Declares an interface, at any time, and returns its number.</summary>
    /// <param name="name">"eth0", or "webapp eth0" where names repeat.</param>
    /// <param name="description">What else there is to say.</param>
    /// <param name="mac">Its hardware address, or null.</param>
    /// <param name="linkType">LINKTYPE number of its packets.</param>
    /// <param name="snapLength">Most bytes kept of a packet; 0 is no limit.</param>
    /// <param name="filter">The filter that was set, in tcpdump's language, or empty.</param>
    public int AddInterface(string name, string description = "", MacAddress? mac = null, int linkType = 1, int snapLength = 0, string filter = "")
    {
        using var options = new MemoryStream();
        Option(options, 2, name);
        Option(options, 3, description);
        if (mac is { } address)
        {
            var octets = new byte[6];
            address.Write(octets);
            Option(options, 6, octets);
        }
        Option(options, 9, [9]);
        // if_filter: a zero for "as text", then the text.
        if (filter.Length > 0) Option(options, 11, "\0" + filter);
        Block(InterfaceDescription, [(uint)linkType, (uint)snapLength], Options(options));
        return Interfaces++;
    }

    /// <summary>Appends a packet.</summary>
    /// <param name="on">The interface's number.</param>
    /// <param name="unixNanoseconds">When, since 1970.</param>
    /// <param name="bytes">From the link header on.</param>
    /// <param name="originalLength">Length on the wire; 0 means as many bytes as are given.</param>
    /// <param name="outbound">Did the interface send it? Null: not known.</param>
    public void Write(int on, long unixNanoseconds, ReadOnlySpan<byte> bytes, int originalLength = 0, bool? outbound = null)
    {
        int padded = bytes.Length + 3 & ~3, options = outbound is null ? 0 : 12, length = 32 + padded + options;
        ulong time = unchecked((ulong)unixNanoseconds);
        var block = _buffer.Take(length);
        uint original = (uint)Math.Max(originalLength, bytes.Length);
        BlockBuffer.Words(block, EnhancedPacket, (uint)length, (uint)on, (uint)(time >> 32), (uint)(time & 0xFFFF_FFFF), (uint)bytes.Length, original);
        bytes.CopyTo(block[28..]);
        block[(28 + bytes.Length)..(28 + padded)].Clear();
        // epb_flags (option 2): bits 0 and 1 tell the direction; then the end of options.
        if (outbound is { } sent) BlockBuffer.Words(block[(28 + padded)..], 2 | 4 << 16, sent ? 2u : 1u, 0);
        BlockBuffer.Words(block[^4..], (uint)length);
        Packets++;
    }

    /// <summary>Tells how many packets an interface received and lost; at the end of a live capture.</summary>
    /// <param name="on">The interface's number.</param>
    /// <param name="unixNanoseconds">When it was counted, since 1970.</param>
    /// <param name="received">Packets that came.</param>
    /// <param name="droppedByInterface">Packets that the interface dropped.</param>
    /// <param name="droppedBySystem">Packets for which the system had no buffer.</param>
    public void WriteStatistics(int on, long unixNanoseconds, long received, long droppedByInterface, long droppedBySystem)
    {
        using var options = new MemoryStream();
        Option(options, 4, BitConverter.GetBytes(received));
        Option(options, 5, BitConverter.GetBytes(droppedByInterface));
        Option(options, 7, BitConverter.GetBytes(droppedBySystem));
        ulong time = unchecked((ulong)unixNanoseconds);
        Block(InterfaceStatistics, [(uint)on, (uint)(time >> 32), (uint)(time & 0xFFFF_FFFF)], Options(options));
    }

    /// <summary>Bytes that are not on the stream yet.</summary>
    internal int Gathered => _buffer.Used;

    /// <summary>Brings what is written so far to the stream.</summary>
    public void Flush() => _buffer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private void Block(uint type, ReadOnlySpan<uint> body, ReadOnlySpan<byte> options)
    {
        int length = 12 + 4 * body.Length + options.Length;
        var block = _buffer.Take(length);
        BlockBuffer.Words(block, type, (uint)length);
        BlockBuffer.Words(block[8..], body);
        options.CopyTo(block[(8 + 4 * body.Length)..]);
        BlockBuffer.Words(block[^4..], (uint)length);
    }

    private static void Option(MemoryStream options, ushort code, string text)
    {
        if (text.Length > 0) Option(options, code, Encoding.UTF8.GetBytes(text.Length > 8192 ? text[..8192] : text));
    }

    private static void Option(MemoryStream options, ushort code, byte[] value)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, code);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)value.Length);
        options.Write(head);
        options.Write(value);
        for (int i = value.Length; i % 4 != 0; i++) options.WriteByte(0);
    }

    /// <summary>The options with their end mark.</summary>
    private static ReadOnlySpan<byte> Options(MemoryStream options)
    {
        options.Write(stackalloc byte[4]);
        return options.ToArray();
    }
}
