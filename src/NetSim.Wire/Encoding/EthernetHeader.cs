using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Encoding;

/// <summary>Writes Ethernet II headers (IEEE 802.3, clause 3.2) in place.</summary>
public static class EthernetHeader
{
    /// <summary>Bytes written without a tag.</summary>
    public const int Length = 14;

    /// <summary>Bytes written with a tag.</summary>
    public const int TaggedLength = 18;

    /// <summary>Writes 14 bytes.</summary>
    public static void Write(Span<byte> frame, MacAddress destination, MacAddress source, EtherType type)
    {
        WriteAddresses(frame, destination, source);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], (ushort)type);
    }

    /// <summary>Writes 18 bytes: a header with one 802.1Q tag.</summary>
    public static void WriteTagged(Span<byte> frame, MacAddress destination, MacAddress source, int vlanIdentifier, EtherType type)
    {
        Write(frame, destination, source, EtherType.Vlan);
        BinaryPrimitives.WriteUInt16BigEndian(frame[14..], (ushort)(vlanIdentifier & 0xFFF));
        BinaryPrimitives.WriteUInt16BigEndian(frame[16..], (ushort)type);
    }

    /// <summary>Writes both addresses over what is there: a packet goes on to its next hop.</summary>
    public static void WriteAddresses(Span<byte> frame, MacAddress destination, MacAddress source)
    {
        BinaryPrimitives.WriteUInt64BigEndian(frame, destination.Value << 16 | source.Value >> 32);
        BinaryPrimitives.WriteUInt32BigEndian(frame[8..], (uint)source.Value);
    }
}
