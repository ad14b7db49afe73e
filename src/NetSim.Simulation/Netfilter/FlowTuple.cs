using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>The five values by which connection tracking knows an IPv4 packet. An echo has its identifier as the asker's port, and 0 as the other.</summary>
/// <param name="Addresses">Source in the upper, destination in the lower 32 bits.</param>
/// <param name="Ports">Protocol in bits 32 to 39, then source port, then destination port.</param>
internal readonly record struct FlowTuple(ulong Addresses, ulong Ports)
{
    public FlowTuple(IpProtocol protocol, uint source, ushort sourcePort, uint destination, ushort destinationPort)
        : this((ulong)source << 32 | destination, (ulong)protocol << 32 | (uint)sourcePort << 16 | destinationPort) { }

    public IpProtocol Protocol => (IpProtocol)(Ports >> 32);

    public uint Source => (uint)(Addresses >> 32);

    public uint Destination => (uint)Addresses;

    public ushort SourcePort => (ushort)(Ports >> 16);

    public ushort DestinationPort => (ushort)Ports;

    /// <summary>The tuple of an answer.</summary>
    public FlowTuple Reversed => new(Protocol, Destination, DestinationPort, Source, SourcePort);

    /// <summary>The same as a value of the trace.</summary>
    public FlowKey Key => new(Protocol, IpAddress.FromV4(Source), new(SourcePort), IpAddress.FromV4(Destination), new(DestinationPort));

    /// <summary>Reads the tuple of a packet; false for what can't be tracked (an ICMP error, a later fragment).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FlowTuple tuple)
    {
        tuple = default;
        if (!Ipv4View.TryRead(bytes, out var packet) || packet.FragmentOffset != 0) return false;
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
            case IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp: return false;
        }
        tuple = new(packet.Protocol, packet.Source.V4, from, packet.Destination.V4, to);
        return true;
    }
}
