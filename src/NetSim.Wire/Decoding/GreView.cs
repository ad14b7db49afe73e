using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>GRE (RFC 2784, RFC 2890), and version 1 as PPTP uses it (RFC 2637, section 4.1).</summary>
public readonly ref struct GreView
{
    private readonly ReadOnlySpan<byte> _bytes;

    private GreView(ReadOnlySpan<byte> bytes, int headerLength)
    {
        _bytes = bytes;
        HeaderLength = headerLength;
    }

    /// <summary>Reads a header; false when it does not fit. Source routes (RFC 1701) are passed over.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out GreView view)
    {
        view = default;
        if (bytes.Length < 4) return false;
        int flags = bytes[0], version = bytes[1] & 7, length = 4;
        if ((flags & 0xC0) != 0) length += 4; // checksum or routing: both fields are there
        if ((flags & 0x20) != 0) length += 4; // key
        if ((flags & 0x10) != 0) length += 4; // sequence number
        if (version == 1 && (bytes[1] & 0x80) != 0) length += 4; // acknowledgment number
        if ((flags & 0x40) != 0 && !TryPassRoutes(bytes, ref length)) return false;
        if (bytes.Length < length) return false;
        view = new(bytes, length);
        return true;
    }

    /// <summary>0, or 1 for PPTP.</summary>
    public int Version => _bytes[1] & 7;

    /// <summary>What it carries, as EtherType; 0x880B is PPP, 0x6558 Ethernet.</summary>
    public ushort Protocol => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Bytes before what it carries.</summary>
    public int HeaderLength { get; }

    /// <summary>Is there a sequence number?</summary>
    public bool HasSequence => (_bytes[0] & 0x10) != 0;

    /// <summary>PPTP: bytes of its payload, by the key field; 0 else.</summary>
    public int PayloadLength => Version == 1 && (_bytes[0] & 0x20) != 0 ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]) : 0;

    private static bool TryPassRoutes(ReadOnlySpan<byte> bytes, ref int length)
    {
        while (length + 4 <= bytes.Length)
        {
            int step = bytes[length + 3];
            length += 4;
            if (step == 0) return true;
            length += step;
        }
        return false;
    }
}
