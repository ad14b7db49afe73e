using NetSim.Model.Addressing;

namespace NetSim.Model.Packets;

/// <summary>The five values of a conversation, in the direction of its first packet. For ICMP echo the source port is the identifier and the destination port is 0.</summary>
/// <param name="Protocol">What IP carries.</param>
/// <param name="Source">Who spoke first.</param>
/// <param name="SourcePort">Its port.</param>
/// <param name="Destination">Whom it spoke to.</param>
/// <param name="DestinationPort">That one's port.</param>
public readonly record struct FlowKey(IpProtocol Protocol, IpAddress Source, Port SourcePort, IpAddress Destination, Port DestinationPort)
{
    /// <summary>The same conversation seen from the other end.</summary>
    public FlowKey Reversed => new(Protocol, Destination, DestinationPort, Source, SourcePort);

    /// <summary>"tcp 172.18.0.3:33316 > 172.18.0.2:6379"; ICMP without ports.</summary>
    public override string ToString() => Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp
        ? $"{Protocol.ToName()} {End(Source, SourcePort)} > {End(Destination, DestinationPort)}"
        : $"{Protocol.ToName()} {Source} > {Destination}";

    /// <summary>"172.18.0.3:80" or "[::1]:80".</summary>
    public static string End(IpAddress address, Port port) => address.IsV6 ? $"[{address}]:{port}" : $"{address}:{port}";
}
