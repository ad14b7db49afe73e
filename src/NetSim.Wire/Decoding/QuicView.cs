using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A QUIC packet with a long header (RFC 8999, section 5.1).</summary>
public readonly ref struct QuicView
{
    private readonly ReadOnlySpan<byte> _bytes;

    private QuicView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a long header whose identifiers fit and whose version is known, a draft, or none (version negotiation).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out QuicView view)
    {
        view = default;
        if (bytes.Length < 7 || (bytes[0] & 0xC0) != 0xC0) return false;
        int first = bytes[5];
        if (first > 20 || bytes.Length < 7 + first || bytes[6 + first] > 20 || bytes.Length < 7 + first + bytes[6 + first]) return false;
        uint version = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        if (version is not (0 or 1 or 0x6B33_43CF) && version >> 8 != 0xFF_0000 && version >> 24 != (byte)'Q' && (version & 0x0F0F_0F0F) != 0x0A0A_0A0A) return false;
        view = new(bytes);
        return true;
    }

    /// <summary>1, 0x6B3343CF (version 2), 0xFF0000NN (draft NN), 0 for version negotiation.</summary>
    public uint Version => BinaryPrimitives.ReadUInt32BigEndian(_bytes[1..]);

    /// <summary>"QUIC 1", "QUIC 2", "QUIC draft 29", …</summary>
    public static string Name(uint version) => version switch
    {
        0 => "QUIC version negotiation",
        1 => "QUIC 1",
        0x6B33_43CF => "QUIC 2",
        _ when version >> 8 == 0xFF_0000 => $"QUIC draft {version & 0xFF}",
        _ => $"QUIC 0x{version:x8}",
    };
}
