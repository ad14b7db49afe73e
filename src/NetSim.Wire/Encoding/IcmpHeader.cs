using System.Buffers.Binary;

namespace NetSim.Wire.Encoding;

/// <summary>An ICMP header: of IPv4 (RFC 792) or of IPv6 (RFC 4443, section 2.1), to be written in place.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Code">Its code.</param>
/// <param name="RestOfHeader">The second word.</param>
public readonly record struct IcmpHeader(byte Type, byte Code, uint RestOfHeader)
{
    /// <summary>Bytes written.</summary>
    public const int Length = 8;

    /// <summary>An echo request or reply.</summary>
    public static IcmpHeader Echo(byte type, ushort identifier, ushort sequenceNumber) => new(type, 0, (uint)identifier << 16 | sequenceNumber);

    /// <summary>Writes the header before its data, which is there already, and sums up both.</summary>
    /// <param name="message">Header and data.</param>
    /// <param name="pseudoHeaderSum">Of IPv6, its pseudo header's sum; of IPv4, 0.</param>
    public void Write(Span<byte> message, uint pseudoHeaderSum = 0)
    {
        BinaryPrimitives.WriteUInt32BigEndian(message, (uint)Type << 24 | (uint)Code << 16);
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], RestOfHeader);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Checksum.Of(message, pseudoHeaderSum));
    }
}
