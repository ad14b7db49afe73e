using System.Buffers.Binary;

namespace NetSim.Wire.Encoding;

/// <summary>A UDP header (RFC 768, "Format"), to be written in place.</summary>
/// <param name="SourcePort">Source port.</param>
/// <param name="DestinationPort">Destination port.</param>
public readonly record struct UdpHeader(ushort SourcePort, ushort DestinationPort)
{
    /// <summary>Bytes written.</summary>
    public const int Length = 8;

    /// <summary>Writes the header before its data, which is there already, and sums up both. A sum of 0 is written as 0xFFFF, for 0 means none.</summary>
    /// <param name="datagram">Header and data.</param>
    /// <param name="pseudoHeaderSum">The IP header's pseudo header sum.</param>
    public void Write(Span<byte> datagram, uint pseudoHeaderSum)
    {
        BinaryPrimitives.WriteUInt32BigEndian(datagram, (uint)SourcePort << 16 | DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], (uint)datagram.Length << 16);
        ushort sum = Checksum.Of(datagram, pseudoHeaderSum);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], sum == 0 ? (ushort)0xFFFF : sum);
    }
}
