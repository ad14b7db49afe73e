using System.Buffers.Binary;
using System.IO.Compression;

namespace NetSim.Tests.Capture.Hostile;

/// <summary>Makes hostile files out of sound ones: the same seed makes the same files.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private static readonly uint[] Edges = [0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 27, 28, 31, 32, 60, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFC, 0xFFFF, 0x10000, 0x3FFFF, 0x40000, 0x40001, 0x0FFF_FFFF, 0x7FFF_FFFC, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFC, 0xFFFF_FFFF];
    private static readonly byte[] Headers = [0, 43, 44, 50, 51, 59, 60, 135, 139, 140, 6, 17, 58, 4, 41, 47, 132];
    private static readonly ushort[] LinkTypes = [0, 1, 9, 12, 50, 51, 101, 105, 108, 113, 127, 204, 228, 229, 239, 276, 253, 147];
    private readonly Anatomy[] _anatomies = [.. seeds.Select(Anatomy.Of)];

    /// <summary>The file of a number, and how it was made.</summary>
    public (byte[] File, string How) Make(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        int which = random.Next(seeds.Count);
        byte[] file = [.. seeds[which]];
        var how = new List<string> { $"seed {which}" };
        for (int n = random.Next(1, 4); n > 0; n--) (file, string what) = Change(file, _anatomies[which], random, how);
        return (file, string.Join(", ", how));
    }

    private (byte[] File, string How) Change(byte[] file, Anatomy anatomy, Random random, List<string> how)
    {
        if (file.Length < 8) return (file, "");
        var (name, change) = random.Next(12) switch
        {
            0 => ("bits", Bits(file, random)),
            1 => ("head", Head(file, random)),
            2 or 3 => ("length", Length(file, anatomy, random)),
            4 => ("cut", file[..random.Next(file.Length)]),
            5 => ("splice", Splice(file, random)),
            6 => ("repeat", Repeat(file, anatomy, random)),
            7 => ("packed", Packed(file, random)),
            8 => ("chain", InPacket(file, anatomy, random, Chain)),
            9 => ("names", InPacket(file, anatomy, random, Names)),
            10 => ("layers", InPacket(file, anatomy, random, Layers)),
            _ => ("link", Link(file, anatomy, random)),
        };
        how.Add(name);
        return (change, name);
    }

    private static byte[] Bits(byte[] file, Random random)
    {
        for (int n = random.Next(1, 17); n > 0; n--) file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        return file;
    }

    private static byte[] Head(byte[] file, Random random)
    {
        int at = random.Next(Math.Min(file.Length, 200) - 4);
        Write(file, at, Edges[random.Next(Edges.Length)], random.Next(2) == 0);
        return file;
    }

    private static byte[] Length(byte[] file, Anatomy anatomy, Random random)
    {
        if (anatomy.Lengths.Count == 0) return Head(file, random);
        int at = anatomy.Lengths[random.Next(anatomy.Lengths.Count)];
        if (at + 4 > file.Length) return file;
        uint now = Read(file, at, anatomy.IsBig);
        Write(file, at, random.Next(3) == 0 ? unchecked(now + (uint)random.Next(-9, 9)) : Edges[random.Next(Edges.Length)], anatomy.IsBig);
        return file;
    }

    private byte[] Splice(byte[] file, Random random)
    {
        int which = random.Next(seeds.Count);
        byte[] other = seeds[which];
        var (here, there) = (_anatomies[which].Starts, random.Next(other.Length));
        if (here.Count > 0 && random.Next(2) == 0) there = here[random.Next(here.Count)];
        return [.. file[..random.Next(file.Length)], .. other[there..Math.Min(other.Length, there + random.Next(1, 4096))], .. file[random.Next(file.Length)..]];
    }

    private static byte[] Repeat(byte[] file, Anatomy anatomy, Random random)
    {
        int from = anatomy.Starts.Count > 0 ? anatomy.Starts[random.Next(anatomy.Starts.Count)] : random.Next(file.Length);
        if (from >= file.Length) return file;
        int length = random.Next(1, Math.Min(2048, file.Length - from) + 1);
        return random.Next(2) == 0 ? [.. file[..from], .. file[(from + length)..]] : [.. file[..(from + length)], .. file[from..]];
    }

    /// <summary>Packed, and then damaged; seldom twice.</summary>
    private static byte[] Packed(byte[] file, Random random)
    {
        using var memory = new MemoryStream();
        if (random.Next(2) == 0)
            using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(file);
        else
            using (var zstd = new ZstdSharp.CompressionStream(memory, 1, leaveOpen: true)) zstd.Write(file);
        byte[] packed = memory.ToArray();
        return random.Next(4) switch { 0 => packed, 1 => packed[..random.Next(packed.Length)], 2 => Bits(packed, random), _ => Head(packed, random) };
    }

    private static byte[] InPacket(byte[] file, Anatomy anatomy, Random random, Action<Span<byte>, Random> change)
    {
        if (anatomy.Packets.Count == 0) return Bits(file, random);
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            var (at, length) = anatomy.Packets[random.Next(anatomy.Packets.Count)];
            if (length > 20 && at + length <= file.Length) change(file.AsSpan(at, length), random);
        }
        return file;
    }

    /// <summary>IPv6 with a chain of extension headers that goes on and on, or an IPv4 header with odd lengths.</summary>
    private static void Chain(Span<byte> packet, Random random)
    {
        int ip = random.Next(2) == 0 ? 14 : random.Next(0, 24);
        if (ip + 40 > packet.Length) return;
        if (random.Next(2) == 0)
        {
            packet[ip] = (byte)(0x40 | random.Next(16));
            BinaryPrimitives.WriteUInt16BigEndian(packet[(ip + 2)..], (ushort)(Edges[random.Next(Edges.Length)] & 0xFFFF));
            packet[ip + 9] = Headers[random.Next(Headers.Length)];
            return;
        }
        if (ip == 14) (packet[12], packet[13]) = (0x86, 0xDD);
        packet[ip] = 0x60;
        packet[ip + 6] = Headers[random.Next(Headers.Length)];
        for (int at = ip + 40; at + 2 < packet.Length; at += 8 * random.Next(1, 3)) (packet[at], packet[at + 1]) = (Headers[random.Next(8)], (byte)random.Next(3));
    }

    /// <summary>DNS with names that point to themselves, before or behind the message, at port 53.</summary>
    private static void Names(Span<byte> packet, Random random)
    {
        if (packet.Length < 60) return;
        if (random.Next(2) == 0)
        {
            packet[23] = 17;
            BinaryPrimitives.WriteUInt16BigEndian(packet[(random.Next(2) == 0 ? 34 : 36)..], random.Next(3) switch { 0 => 53, 1 => 5353, _ => 5355 });
            BinaryPrimitives.WriteUInt16BigEndian(packet[(46 + 2 * random.Next(4))..], (ushort)(Edges[random.Next(Edges.Length)] & 0xFFFF));
        }
        for (int n = random.Next(1, 6); n > 0; n--)
            BinaryPrimitives.WriteUInt16BigEndian(packet[random.Next(54, packet.Length - 2)..], (ushort)(0xC000 | random.Next(3) switch { 0 => 12, 1 => random.Next(80), _ => random.Next(0x4000) }));
    }

    /// <summary>Tags, tunnels and TCP options where they should not be, with odd lengths.</summary>
    private static void Layers(Span<byte> packet, Random random)
    {
        ushort[] types = [0x8100, 0x88A8, 0x8847, 0x8864, 0x0806, 0x0800, 0x86DD, 0x6558, 0x9100, 0x0004];
        if (packet.Length < 60) return;
        switch (random.Next(4))
        {
            case 0:
                for (int at = 12; at + 4 < packet.Length && at < 12 + 4 * random.Next(1, 20); at += 4) BinaryPrimitives.WriteUInt16BigEndian(packet[at..], types[random.Next(types.Length)]);
                break;
            case 1:
                packet[23] = 6;
                packet[46] = (byte)(random.Next(16) << 4);
                for (int at = 54; at + 1 < packet.Length && at < 94; at++) packet[at] = (byte)random.Next(random.Next(2) == 0 ? 9 : 256);
                break;
            case 2:
                packet[23] = Headers[random.Next(Headers.Length)];
                break;
            default:
                packet[23] = 17;
                BinaryPrimitives.WriteUInt16BigEndian(packet[36..], random.Next(5) switch { 0 => 4789, 1 => 6081, 2 => 2152, 3 => 443, _ => 67 });
                break;
        }
    }

    private static byte[] Link(byte[] file, Anatomy anatomy, Random random)
    {
        bool isPcapng = file[0] == 0x0A && file[1] == 0x0D;
        int at = isPcapng ? anatomy.Starts.ElementAtOrDefault(1) + 8 : 20;
        if (at + 4 > file.Length) return file;
        ushort type = LinkTypes[random.Next(LinkTypes.Length)];
        if (isPcapng && anatomy.IsBig) BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), type);
        else if (isPcapng) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), type);
        else Write(file, at, type, anatomy.IsBig);
        return file;
    }

    private static uint Read(byte[] file, int at, bool isBig) => isBig ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));

    private static void Write(byte[] file, int at, uint value, bool isBig)
    {
        if (isBig) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
        else BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
    }
}
