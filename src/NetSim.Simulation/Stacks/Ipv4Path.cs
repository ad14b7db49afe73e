using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>An IPv4 path: remembers its route until tables change, and writes headers from one that is written once.</summary>
internal sealed class Ipv4Path : IpPath
{
    /// <summary>An IP packet's length is 16 bits (RFC 791, 3.1), so loopback's MTU of 65536 is never used up. Source: linux v6.6 include/net/ip.h IP_MAX_MTU.</summary>
    private const int MostBytes = 65535;

    private readonly NamespaceStack _stack;
    private readonly uint _from, _local, _remote;
    private readonly uint _sum;
    private readonly ulong _first; // version to fragment offset, lengths zero
    private RouteDecision _route;
    private ushort _identification;

    public Ipv4Path(NamespaceStack stack, IpAddress local, IpAddress remote, IpProtocol protocol, bool bound = true) : base(local, remote, Ipv4Header.Length, Sum(local, remote, protocol))
    {
        _from = bound ? local.V4 : 0;
        _stack = stack;
        Protocol = protocol;
        _local = local.V4;
        _remote = remote.V4;
        _sum = PseudoHeaderSum(0);
        _route = stack.Routes.Decide(_remote, _from);
        _identification = (ushort)stack.Kernel.Chance.Next(65536);
        _first = 0x4500_0000_0000_0000;
    }

    public IpProtocol Protocol { get; }

    public override int Mtu => Math.Min(Route.Mtu(_stack.Kernel.Loop.Now), MostBytes);

    public override bool IsRoutable => Route.Kind is not (RouteKind.None or RouteKind.Forbidden);

    public override bool IsResolving => Route is { Kind: RouteKind.Unicast, Out.Resolves: true, Neighbour: { } n } && n.IsAskedFor(_stack.Kernel.Loop.Now);

    /// <summary>The route as the tables now say.</summary>
    public RouteDecision Route => _route.Version == _stack.Routes.Version ? _route : _route = _stack.Routes.Decide(_remote, _from);

    public override bool Send(Frame frame, int detail)
    {
        int length = frame.Length + Ipv4Header.Length;
        var packet = frame.Push(Ipv4Header.Length + EthernetHeader.Length)[EthernetHeader.Length..];
        uint flags = DontFragment ? 0x4000u : 0;
        uint ends = (uint)TimeToLive << 24 | (uint)Protocol << 16;
        BinaryPrimitives.WriteUInt64BigEndian(packet, _first | (ulong)length << 32 | (ulong)_identification << 16 | flags);
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], _local);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], _remote);
        // The addresses and the protocol are in the pseudo header's sum already (RFC 1071: order does not matter).
        uint sum = _sum + 0x4500 + (uint)length + _identification + flags + (uint)(TimeToLive << 8);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], ends | (ushort)~sum);
        _identification++;
        _stack.Kernel.Recorder.Step(_stack.Place, frame, StepKind.Originated, detail);
        return _stack.Ipv4.SendLocal(frame, Route);
    }

    private static uint Sum(IpAddress local, IpAddress remote, IpProtocol protocol) => new Ipv4Header { Source = local, Destination = remote, Protocol = protocol }.PseudoHeaderSum(0);

    public override void Confirm()
    {
        if (Route.Neighbour is { } n) _stack.Arp.Neighbours.Confirm(n);
    }
}
