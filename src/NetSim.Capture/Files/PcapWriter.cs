namespace NetSim.Capture.Files;

/// <summary>Writes a classic pcap with nanoseconds, little-endian, as `tcpdump --nano` does.</summary>
public sealed class PcapWriter : IDisposable
{
    private const uint NanosecondMagic = 0xA1B2_3C4D;
    private const int HeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private readonly BlockBuffer _buffer;

    /// <summary>Begins a file on a stream, which is closed with the writer.</summary>
    /// <param name="stream">Where the file goes.</param>
    /// <param name="linkType">LINKTYPE number of its packets; 1 is Ethernet.</param>
    /// <param name="snapLength">Most bytes kept of a packet, for the header; packets are not cut here.</param>
    public PcapWriter(Stream stream, int linkType = 1, int snapLength = 262_144)
    {
        _buffer = new(stream);
        BlockBuffer.Words(_buffer.Take(HeaderLength), NanosecondMagic, 2 | 4 << 16, 0, 0, (uint)snapLength, (uint)linkType);
    }

    /// <summary>Begins a file, replacing one that is there.</summary>
    public static PcapWriter Create(string path, int linkType = 1, int snapLength = 262_144) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), linkType, snapLength);

    /// <summary>Packets written.</summary>
    public long Packets { get; private set; }

    /// <summary>Appends a packet.</summary>
    /// <param name="unixNanoseconds">When, since 1970; not negative.</param>
    /// <param name="bytes">From the link header on.</param>
    /// <param name="originalLength">Length on the wire; 0 means as many bytes as are given.</param>
    public void Write(long unixNanoseconds, ReadOnlySpan<byte> bytes, int originalLength = 0)
    {
        var record = _buffer.Take(RecordHeaderLength + bytes.Length);
        uint original = (uint)Math.Max(originalLength, bytes.Length);
        BlockBuffer.Words(record, (uint)(unixNanoseconds / 1_000_000_000), (uint)(unixNanoseconds % 1_000_000_000), (uint)bytes.Length, original);
        bytes.CopyTo(record[RecordHeaderLength..]);
        Packets++;
    }

    /// <summary>Bytes that are not on the stream yet.</summary>
    internal int Gathered => _buffer.Used;

    /// <summary>Brings what is written so far to the stream.</summary>
    public void Flush() => _buffer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
