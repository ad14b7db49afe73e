using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>GTP version 1, user plane (3GPP TS 29.281, section 5).</summary>
public readonly ref struct GtpView
{
    /// <summary>UDP port of the user plane.</summary>
    public const int Port = 2152;

    private const byte UserPacket = 255;
    private const int MostExtensions = 16;

    private GtpView(int headerLength) => HeaderLength = headerLength;

    /// <summary>Reads the header of a tunnelled packet (G-PDU); false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out GtpView view)
    {
        view = default;
        if (bytes.Length < 8 || bytes[0] >> 5 != 1 || (bytes[0] & 0x10) == 0 || bytes[1] != UserPacket) return false;
        int length = (bytes[0] & 7) != 0 ? 12 : 8;
        if (bytes.Length < length) return false;
        int next = (bytes[0] & 4) != 0 ? bytes[11] : 0;
        for (int n = 0; next != 0; n++)
        {
            int step = length < bytes.Length ? bytes[length] * 4 : 0;
            if (step == 0 || n == MostExtensions || bytes.Length < length + step) return false;
            length += step;
            next = bytes[length - 1];
        }
        view = new(length);
        return true;
    }

    /// <summary>Bytes before the IP packet inside.</summary>
    public int HeaderLength { get; }

    /// <summary>Length as the header says it, without its first eight bytes.</summary>
    public static int PayloadLength(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
}
