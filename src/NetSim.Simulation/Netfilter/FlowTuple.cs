using System.Buffers.Binary;
using NetSim.Model.Packets;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>The five values by which connection tracking knows a packet; an IPv6 address goes by its number in the <see cref="AddressBook"/>. An echo has its identifier as the asker's port, and 0 as the other.</summary>
/// <param name="Addresses">Source in the upper, destination in the lower 32 bits.</param>
/// <param name="Ports">Bit 40 for IPv6, protocol in bits 32 to 39, then source port, then destination port.</param>
internal readonly record struct FlowTuple(ulong Addresses, ulong Ports)
{
    private const ulong V6 = 1UL << 40;

    public FlowTuple(IpProtocol protocol, uint source, ushort sourcePort, uint destination, ushort destinationPort)
        : this((ulong)source << 32 | destination, (ulong)protocol << 32 | (uint)sourcePort << 16 | destinationPort) { }

    public IpProtocol Protocol => (IpProtocol)(byte)(Ports >> 32);

    /// <summary>Is it a conversation over IPv6?</summary>
    public bool IsV6 => (Ports & V6) != 0;

    public uint Source => (uint)(Addresses >> 32);

    public uint Destination => (uint)Addresses;

    public ushort SourcePort => (ushort)(Ports >> 16);

    public ushort DestinationPort => (ushort)Ports;

    /// <summary>The tuple of an answer.</summary>
    public FlowTuple Reversed => new(Addresses << 32 | Addresses >> 32, Ports & 0xFFFF_FFFF_0000_0000 | (Ports & 0xFFFF) << 16 | Ports >> 16 & 0xFFFF);

    /// <summary>The same conversation's kind with other ends.</summary>
    public FlowTuple With(uint source, ushort sourcePort, uint destination, ushort destinationPort) =>
        new((ulong)source << 32 | destination, Ports & 0xFFFF_FFFF_0000_0000 | (uint)sourcePort << 16 | destinationPort);

    /// <summary>The same as a value of the trace.</summary>
    public FlowKey Key(AddressBook book) => new(Protocol, book.Of(Source, IsV6), new(SourcePort), book.Of(Destination, IsV6), new(DestinationPort));

    /// <summary>Reads the tuple of a packet; false for what can't be tracked (an ICMP error, a later fragment).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, AddressBook book, out FlowTuple tuple)
    {
        tuple = default;
        if (!IpView.TryRead(bytes, out var packet) || packet.IsLaterFragment) return false;
        var payload = packet.Payload;
        ushort from = 0, to = 0;
        switch (packet.Protocol)
        {
            case IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp when payload.Length >= 4:
                (from, to) = (BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
                break;
            case IpProtocol.Icmp when IcmpView.TryRead(payload, out var message) && message.Type is 0 or 8 && IcmpView.TryRead(payload, out message):
                (from, to) = message.Type == 8 ? (message.Identifier, (ushort)0) : ((ushort)0, message.Identifier);
                break;
            case IpProtocol.IcmpV6 when IcmpView.TryRead(payload, out var message) && message.Type is 128 or 129 && IcmpView.TryRead(payload, out message):
                (from, to) = message.Type == 128 ? (message.Identifier, (ushort)0) : ((ushort)0, message.Identifier);
                break;
            case IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp or IpProtocol.IcmpV6: return false;
        }
        tuple = new(packet.Protocol, book.Number(packet.Source), from, book.Number(packet.Destination), to);
        if (packet.IsV6) tuple = tuple with { Ports = tuple.Ports | V6 };
        return true;
    }
}
