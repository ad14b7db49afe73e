using System.Buffers.Binary;

namespace NetSim.Wire.Dns;

/// <summary>The header of a DNS message (RFC 1035, section 4.1.1) without reading what follows.</summary>
public readonly ref struct DnsView
{
    private readonly ReadOnlySpan<byte> _message;

    private DnsView(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>Reads the first two words, which even a cut message has.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsView view)
    {
        view = message.Length < 4 ? default : new(message);
        return message.Length >= 4;
    }

    /// <summary>Pairs a response with its query.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_message);

    /// <summary>QR.</summary>
    public bool IsResponse => (_message[2] & 0x80) != 0;

    /// <summary>TC.</summary>
    public bool IsTruncated => (_message[2] & 2) != 0;

    /// <summary>OPCODE.</summary>
    public int Opcode => _message[2] >> 3 & 15;

    /// <summary>RCODE, the four bits of the header.</summary>
    public int ResponseCode => _message[3] & 15;

    /// <summary>The name and type of the first question.</summary>
    /// <returns>False when there is none or it makes no sense.</returns>
    public bool TryQuestion(out string name, out DnsType type)
    {
        int at = 12;
        (name, type) = ("", default);
        if (_message.Length < 12 || BinaryPrimitives.ReadUInt16BigEndian(_message[4..]) == 0) return false;
        if (!DnsName.TryRead(_message, ref at, out name) || _message.Length < at + 4) return false;
        type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(_message[at..]);
        return true;
    }
}
