using System.Buffers.Binary;

namespace NetSim.Analysis.Flows;

/// <summary>Puts the length-prefixed messages of DNS over TCP together (RFC 1035, section 4.2.2), for each direction of a stream. What comes twice is left out; after a gap it begins anew with the next segment.</summary>
internal sealed class StreamBytes
{
    private const int MostStreams = 1024;
    private readonly Dictionary<int, Part> _parts = [];
    private readonly Queue<int> _order = new();

    private sealed class Part
    {
        public byte[] Bytes { get; set; } = new byte[4096];

        public int Length { get; set; }

        public uint Next { get; set; }
    }

    internal delegate void Whole(ReadOnlySpan<byte> message);

    /// <summary>Takes the data of a segment and hands out each message that it ends; how many those were.</summary>
    public int Add(int stream, bool fromHigh, uint sequence, ReadOnlySpan<byte> data, Whole whole)
    {
        var part = PartOf(stream * 2 + (fromHigh ? 1 : 0), sequence);
        int late = (int)(part.Next - sequence);
        if (late >= data.Length && late > 0) return 0;
        if (late > 0) data = data[late..];
        else if (late < 0)
        {
            part.Length = 0;
            part.Next = sequence;
        }
        part.Next += (uint)data.Length;
        Append(part, data);
        return Cut(part, whole);
    }

    private Part PartOf(int key, uint sequence)
    {
        if (_parts.TryGetValue(key, out var part)) return part;
        if (_parts.Count >= MostStreams) _parts.Remove(_order.Dequeue());
        _parts[key] = part = new() { Next = sequence };
        _order.Enqueue(key);
        return part;
    }

    private static void Append(Part part, ReadOnlySpan<byte> data)
    {
        if (part.Length + data.Length > part.Bytes.Length)
        {
            var grown = new byte[Math.Max(part.Bytes.Length * 2, part.Length + data.Length)];
            part.Bytes.AsSpan(0, part.Length).CopyTo(grown);
            part.Bytes = grown;
        }
        data.CopyTo(part.Bytes.AsSpan(part.Length));
        part.Length += data.Length;
    }

    private static int Cut(Part part, Whole whole)
    {
        int at = 0, count = 0;
        while (part.Length - at >= 2)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(part.Bytes.AsSpan(at));
            if (part.Length - at < 2 + length) break;
            whole(part.Bytes.AsSpan(at + 2, length));
            count++;
            at += 2 + length;
        }
        part.Bytes.AsSpan(at, part.Length - at).CopyTo(part.Bytes);
        part.Length -= at;
        return count;
    }
}
