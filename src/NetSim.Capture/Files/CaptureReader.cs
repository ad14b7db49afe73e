using System.Buffers.Binary;
using NetSim.Model.Input;

namespace NetSim.Capture.Files;

/// <summary>Reads a capture forward: pcap and pcapng in both byte orders, plain or packed by gzip or zstd. Nothing is allocated for a packet.
/// Damage ends the reading and is told by <see cref="Damage"/>; it is never an exception.</summary>
public sealed class CaptureReader : IDisposable
{
    private readonly ByteSource _source;
    private readonly FileFormat _format;

    private CaptureReader(ByteSource source, FileFormat format, string name)
    {
        _source = source;
        _format = format;
        FileName = name;
    }

    /// <summary>The file as the user named it.</summary>
    public string FileName { get; }

    /// <summary>"pcap", "pcap with nanoseconds", "modified pcap", "pcapng".</summary>
    public string Format => _format.Name;

    /// <summary>Interfaces met so far; those of a pcapng grow while it is read.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _format.Interfaces;

    /// <summary>Where the file stopped making sense; null when it has not (yet).</summary>
    public Damage? Damage => _format.Damage;

    /// <summary>Offset of what is read next, in bytes of the unpacked file.</summary>
    public long Position => _source.Position;

    /// <summary>Opens a file; "-" is standard input.</summary>
    /// <exception cref="InputException">There is no such file, it is empty, or it is no capture.</exception>
    public static CaptureReader Open(string path)
    {
        if (path == "-") return Open(Console.OpenStandardInput(), "-");
        if (Directory.Exists(path)) throw new InputException(path, "", "is a directory; a capture file (pcap or pcapng) was expected");
        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, "", "there is no such file");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException(path, "", $"can't be read ({e.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Opens a file that grows: at its end, more is waited for.</summary>
    /// <param name="path">The file; plain, for a packed one can't be read while it grows.</param>
    /// <param name="idle">Called whenever nothing new is there.</param>
    /// <param name="stop">Ends the waiting: then the file ends where it does.</param>
    /// <exception cref="InputException">There is no such file, or it is no capture.</exception>
    public static CaptureReader Follow(string path, Action idle, CancellationToken stop)
    {
        if (!File.Exists(path)) throw new InputException(path, "", "there is no such file");
        return Open(new GrowingFile(path, idle, stop), path);
    }

    /// <summary>Opens a stream, which is closed with the reader.</summary>
    /// <param name="stream">From its first byte on.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="InputException">It is empty or no capture.</exception>
    public static CaptureReader Open(Stream stream, string name)
    {
        var source = new ByteSource(stream);
        try
        {
            source = new ByteSource(Unpacking.Unpack(stream, name));
            return new(source, Recognise(source, name), name);
        }
        catch (InputException)
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The next packet; false at the end and at damage.</summary>
    public bool TryNext(out CapturedPacket packet) => _format.TryNext(out packet);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static FileFormat Recognise(ByteSource source, string name)
    {
        var head = source.PeekUpTo(PcapFormat.HeaderLength);
        if (head.IsEmpty && source.Failure is null) throw new InputException(name, "", "is empty; a capture in pcap or pcapng format was expected");
        uint magic = head.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (PcapFormat.IsMagic(magic)) return PcapFormat.Open(source, name);
        if (magic == PcapngFormat.SectionHeader) return PcapngFormat.Open(source, name);
        throw new InputException(name, "", $"is not a capture ({KnownAs(head)}); a file in pcap or pcapng format was expected");
    }

    private static string KnownAs(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("snoop\0\0\0"u8)) return "it is a snoop file: `editcap -F pcap` turns it into one";
        if (head.StartsWith("GMBU"u8) || head.StartsWith("RTSS"u8)) return "it is a Network Monitor file: `editcap -F pcap` turns it into one";
        if (head.Length < 4) return $"it has {head.Length} bytes";
        bool text = true;
        foreach (byte b in head) text &= b is >= 32 and < 127 or 9 or 10 or 13;
        return text ? "it is text" : $"it begins with the bytes {Convert.ToHexStringLower(head[..4])}";
    }
}
