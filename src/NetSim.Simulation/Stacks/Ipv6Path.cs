using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>An IPv6 path: remembers its route until tables change, and copies its header from one that is written once.</summary>
internal sealed class Ipv6Path : IpPath
{
    private readonly NamespaceStack _stack;
    private readonly byte[] _header = new byte[Ipv6Header.Length];
    private RouteDecision _route;

    public Ipv6Path(NamespaceStack stack, IpAddress local, IpAddress remote, IpProtocol protocol)
        : base(local, remote, Ipv6Header.Length, new Ipv6Header { Source = local, Destination = remote, Protocol = protocol }.PseudoHeaderSum(0))
    {
        _stack = stack;
        var header = new Ipv6Header { Source = local, Destination = remote, Protocol = protocol };
        header.Write(_header, 0);
        _route = stack.Routes.V6.Decide(remote);
    }

    public override int Mtu => Route.Mtu(_stack.Kernel.Loop.Now);

    public override bool IsRoutable => Route.Kind is not (RouteKind.None or RouteKind.Forbidden);

    public override bool IsResolving => Route is { Kind: RouteKind.Unicast, Out.Resolves: true, Neighbour: { } n } && n.IsAskedFor(_stack.Kernel.Loop.Now);

    private RouteDecision Route => _route.Version == _stack.Routes.Version6 ? _route : _route = _stack.Routes.V6.Decide(Remote);

    public override bool Send(Frame frame, int detail)
    {
        int length = frame.Length;
        var packet = frame.Push(Ipv6Header.Length + EthernetHeader.Length)[EthernetHeader.Length..];
        _header.CopyTo(packet);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)length);
        packet[7] = (byte)TimeToLive;
        _stack.Kernel.Recorder.Step(_stack.Place, frame, StepKind.Originated, detail);
        return _stack.Ipv6.SendLocal(frame, Route);
    }

    public override void Confirm()
    {
        if (Route.Neighbour is { } n) _stack.Arp.Neighbours.Confirm(n);
    }
}
