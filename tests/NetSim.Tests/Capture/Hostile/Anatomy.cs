using System.Buffers.Binary;

namespace NetSim.Tests.Capture.Hostile;

/// <summary>Where the parts of a capture file lie: what a mutation with an aim aims at.</summary>
internal sealed class Anatomy
{
    private const uint PcapngMagic = 0x0A0D0D0A;

    private Anatomy(bool isBig) => IsBig = isBig;

    /// <summary>Is it big-endian?</summary>
    public bool IsBig { get; private set; }

    /// <summary>Offsets of the words that hold lengths: of records, blocks, options.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>Offset and length of each packet.</summary>
    public List<(int At, int Length)> Packets { get; } = [];

    /// <summary>Offsets at which a record or block begins.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>Reads a sound, unpacked file.</summary>
    public static Anatomy Of(byte[] file)
    {
        var made = new Anatomy(false);
        if (file.Length < 24) return made;
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(file);
        if (magic == PcapngMagic) made.ReadBlocks(file);
        else if (magic is 0xA1B2C3D4 or 0xA1B23C4D or 0xD4C3B2A1 or 0x4D3CB2A1) made.ReadRecords(file, magic is 0xD4C3B2A1 or 0x4D3CB2A1);
        return made;
    }

    private void ReadRecords(byte[] file, bool isBig)
    {
        IsBig = isBig;
        for (int at = 24; at + 16 <= file.Length;)
        {
            uint length = Word(file, at + 8);
            if (length > file.Length - at - 16) return;
            Starts.Add(at);
            Lengths.AddRange([at + 8, at + 12]);
            Packets.Add((at + 16, (int)length));
            at += 16 + (int)length;
        }
    }

    private void ReadBlocks(byte[] file)
    {
        for (int at = 0; at + 12 <= file.Length;)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) == PcapngMagic) IsBig = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8)) == 0x1A2B3C4D;
            uint type = Word(file, at), length = Word(file, at + 4);
            if (length < 12 || length > file.Length - at) return;
            Starts.Add(at);
            Lengths.AddRange([at + 4, at + (int)length - 4]);
            ReadBody(file, at, (int)length, type);
            at += (int)length;
        }
    }

    private void ReadBody(byte[] file, int at, int length, uint type)
    {
        int options = type switch { PcapngMagic => 24, 1 => 16, 5 => 20, _ => length };
        if (type == 6 && length >= 32)
        {
            int captured = (int)Math.Min(Word(file, at + 20), (uint)(length - 32));
            Packets.Add((at + 28, captured));
            Lengths.AddRange([at + 20, at + 24]);
            options = 28 + (captured + 3 & ~3);
        }
        for (int o = at + options; o + 4 <= at + length - 4;)
        {
            // An option: code and length, of two bytes each.
            Lengths.Add(o);
            int size = IsBig ? BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(o + 2)) : BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(o + 2));
            o += 4 + (size + 3 & ~3);
        }
    }

    private uint Word(byte[] file, int at) => IsBig ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
}
