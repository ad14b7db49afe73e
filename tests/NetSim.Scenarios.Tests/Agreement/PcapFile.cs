using System.Buffers.Binary;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>A frame as a recording keeps it.</summary>
internal readonly record struct HeardFrame(long Time, byte[] Bytes);

/// <summary>Reads a classic pcap of Ethernet frames. Short on purpose, and not the product's own reader: it judges what the product writes.</summary>
internal static class PcapFile
{
    public static List<HeardFrame> Read(string path)
    {
        var frames = new List<HeardFrame>();
        if (!File.Exists(path)) return frames;
        var file = File.ReadAllBytes(path).AsSpan();
        if (file.Length < 24) return frames;
        bool big = file[0] == 0xA1;
        uint magic = big ? BinaryPrimitives.ReadUInt32BigEndian(file) : BinaryPrimitives.ReadUInt32LittleEndian(file);
        long unit = magic == 0xA1B23C4D ? 1 : 1000;
        for (int at = 24; at + 16 <= file.Length;)
        {
            long seconds = Word(file, at, big), part = Word(file, at + 4, big);
            int length = (int)Word(file, at + 8, big);
            at += 16;
            if (length < 0 || at + length > file.Length) break;
            frames.Add(new(seconds * 1_000_000_000 + part * unit, file.Slice(at, length).ToArray()));
            at += length;
        }
        return frames;
    }

    private static uint Word(ReadOnlySpan<byte> file, int at, bool big) =>
        big ? BinaryPrimitives.ReadUInt32BigEndian(file[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);
}
