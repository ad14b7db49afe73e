using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;

namespace NetSim.Analysis.Explanation;

/// <summary>What becomes of a conversation.</summary>
/// <param name="Disposition">As its sender learns it.</param>
/// <param name="Reason">Why, in a sentence; empty when it was delivered.</param>
/// <param name="Rule">The rule that decided it, or null.</param>
internal sealed record Fate(Disposition Disposition, string Reason, FilterDetail? Rule = null)
{
    /// <summary>Where it was decided, or null.</summary>
    public FrozenStack? At { get; init; }

    /// <summary>The namespace whose socket (or kernel) took it, or null.</summary>
    public FrozenStack? Taker { get; init; }
}

/// <summary>Sends the first packet of a conversation, lets the other end answer, and looks whether the answer comes back.</summary>
internal sealed class Conversation(FrozenHost host, Story? story, List<string> assumptions)
{
    /// <summary>The sender's port: one that connect() would give.</summary>
    private static readonly Port Ephemeral = new(40000);

    private readonly PathWalk _walk = new(host, story);

    /// <summary>Is the world beyond an uplink taken to answer?</summary>
    public bool AnswersBeyond { get; init; }

    /// <summary>Tries it.</summary>
    /// <param name="from">Who begins.</param>
    /// <param name="protocol">TCP, UDP or ICMP (of the destination's family).</param>
    /// <param name="to">The destination.</param>
    /// <param name="port">Its port; 0 for ICMP.</param>
    public Fate Try(FrozenStack from, IpProtocol protocol, IpAddress to, Port port)
    {
        _walk.Begin(host.NextInstant());
        bool echo = protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        if (echo) protocol = to.IsV6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp;
        bool beyond = ReferenceEquals(from, host.Beyond);
        var key = new FlowKey(protocol, beyond ? Stranger(to) : from.Decide(to).Source, echo ? new Port(7) : Ephemeral, to, echo ? default : port);
        var packet = new WalkedPacket { Key = key, TcpFlags = protocol == IpProtocol.Tcp ? WalkedPacket.Syn : (byte)0, IcmpType = echo ? to.IsV6 ? (byte)128 : (byte)8 : (byte)0 };
        var end = beyond ? _walk.ComeIn(host.Uplink!, packet) : _walk.Send(from, packet);
        return end.Kind switch
        {
            WalkEndKind.Arrived => Arrived(from, end.At, packet),
            WalkEndKind.Dropped => Dropped(end),
            WalkEndKind.Rejected => Rejected(from, end, packet),
            WalkEndKind.Beyond when AnswersBeyond => Assumed(from, end, packet),
            WalkEndKind.Beyond => new(Disposition.Unknown, $"it leaves {end.At.Name}: {end.Reason}") { At = end.At },
            _ => Failed(from, end, packet, Disposition.Unreachable),
        };
    }

    /// <summary>An address of the world beyond, for questions about "outside" where nothing of it is modelled (RFC 5737).</summary>
    public static IpAddress SomewhereElse { get; } = IpAddress.Parse("192.0.2.1");

    private static IpAddress Stranger(IpAddress like) => like.IsV6 ? IpAddress.Parse("2001:db8::1") : SomewhereElse;

    /// <summary>The world beyond is taken to answer: what is asked is whether packets get out and answers back in.</summary>
    private Fate Assumed(FrozenStack from, WalkEnd end, WalkedPacket packet)
    {
        const string Assumption = "the world beyond the uplink answers";
        if (!assumptions.Contains(Assumption)) assumptions.Add(Assumption);
        story?.Add("deliver", $"leaves {end.At.Name} by {host.Uplink?.Name ?? "its uplink"} as {packet.Key.Source}");
        var reply = new WalkedPacket { Key = packet.Key.Reversed, TcpFlags = packet.Key.Protocol == IpProtocol.Tcp ? (byte)0x12 : (byte)0 };
        var back = host.Uplink is { } uplink ? _walk.ComeIn(uplink, reply) : null;
        if (back is { Kind: WalkEndKind.Arrived } && ReferenceEquals(back.At, from)) return new(Disposition.Delivered, "") { At = end.At };
        return new(Disposition.Dropped, $"the answer never comes back: {back?.Reason}", back?.Detail) { At = back?.At };
    }

    private Fate Dropped(WalkEnd end)
    {
        story?.Add("drop", end.Reason, end.Detail);
        return new(Disposition.Dropped, end.Reason, end.Detail) { At = end.At };
    }

    private Fate Rejected(FrozenStack from, WalkEnd end, WalkedPacket packet)
    {
        string with = (end.Rule!.Rule.Target as Model.Netfilter.Target.Reject)?.With ?? "icmp-port-unreachable";
        bool refuses = with is "tcp-reset" || with.Contains("port-unreach", StringComparison.Ordinal);
        return Failed(from, end, packet, refuses ? Disposition.Refused : Disposition.Unreachable);
    }

    /// <summary>It did not arrive, and an ICMP error is on its way to the sender.</summary>
    private Fate Failed(FrozenStack from, WalkEnd end, WalkedPacket packet, Disposition told)
    {
        story?.Add("drop", end.Reason, end.Detail);
        var fate = new Fate(told, end.Reason, end.Detail) { At = end.At };
        if (ReferenceEquals(end.At, from) && !end.SendsError) return fate;
        var back = packet.Key.Reversed;
        if (end.At.Decide(back.Destination).Source is var source && source.IsV6 != back.Destination.IsV6) return fate with { Disposition = Disposition.Dropped };
        bool v6 = back.Destination.IsV6;
        return Answer(from, end.At, new WalkedPacket { Key = back, ErrorFrom = source, IcmpType = v6 ? (byte)1 : (byte)3, IcmpCode = 1 }, fate, "the ICMP error");
    }

    private Fate Arrived(FrozenStack from, FrozenStack at, WalkedPacket packet)
    {
        var key = packet.Key;
        if (key.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6) return Echoed(from, at, packet);
        var listening = Listening.At(host, at, key);
        if (!listening.Known && !listening.Is)
        {
            story?.Add("deliver", $"arrives at {at.Name}; whether anything listens at {key.DestinationPort} is not known");
            return new(Disposition.Unknown, $"it arrives at {at.Name}, but whether a program listens at {key.Protocol.ToName()} port {key.DestinationPort} is not known (ask it: docker exec {at.Name} ss -ln)") { At = at, Taker = at };
        }
        if (!listening.Is) return Refused(from, at, packet);
        if (!listening.Known && !assumptions.Contains(listening.Program)) assumptions.Add(listening.Program);
        story?.Add("deliver", listening.Known ? $"{listening.Program} listens at {FlowKey.End(key.Destination, key.DestinationPort)}" : $"taken to listen: {listening.Program}");
        var reply = new WalkedPacket { Key = key.Reversed, TcpFlags = key.Protocol == IpProtocol.Tcp ? (byte)0x12 : (byte)0 };
        var fate = Answer(from, at, reply, new(Disposition.Delivered, "") { At = at, Taker = at }, "the answer");
        if (fate.Disposition != Disposition.Delivered || !listening.Known || ProxyOf(at, key) is not { } inner) return fate;
        return Proxied(at, key.Protocol, inner);
    }

    private Fate Echoed(FrozenStack from, FrozenStack at, WalkedPacket packet)
    {
        bool v6 = packet.Key.Destination.IsV6;
        if (at.IgnoresEcho(packet.Family)) return new(Disposition.Dropped, $"{at.Name} does not answer pings ({(v6 ? "net.ipv6.icmp.echo_ignore_all" : "net.ipv4.icmp_echo_ignore_all")} is 1)") { At = at };
        story?.Add("deliver", $"the kernel of {at.Name} answers the ping");
        return Answer(from, at, new WalkedPacket { Key = packet.Key.Reversed, IcmpType = v6 ? (byte)129 : (byte)0 }, new(Disposition.Delivered, "") { At = at, Taker = at }, "the answer");
    }

    private Fate Refused(FrozenStack from, FrozenStack at, WalkedPacket packet)
    {
        var key = packet.Key;
        string reason = $"nothing listens at {FlowKey.End(key.Destination, key.DestinationPort)} in {at.Name}{Elsewhere(at, key)}";
        story?.Add("deliver", reason);
        var reply = key.Protocol == IpProtocol.Tcp ? new WalkedPacket { Key = key.Reversed, TcpFlags = 0x14 }
            : new WalkedPacket { Key = key.Reversed, ErrorFrom = key.Destination, IcmpType = key.Destination.IsV6 ? (byte)1 : (byte)3, IcmpCode = key.Destination.IsV6 ? (byte)4 : (byte)3 };
        return Answer(from, at, reply, new(Disposition.Refused, reason) { At = at, Taker = at }, key.Protocol == IpProtocol.Tcp ? "the reset" : "the ICMP error");
    }

    /// <summary>" (python3 listens there at 127.0.0.1 only)".</summary>
    private static string Elsewhere(FrozenStack at, FlowKey key)
    {
        var other = at.Listeners[(key.Protocol, key.DestinationPort)].FirstOrDefault();
        return other.Program is null ? "" : $" ({other.Program} listens at {other.Address} only)";
    }

    private Fate Answer(FrozenStack from, FrozenStack at, WalkedPacket reply, Fate fate, string what)
    {
        if (ReferenceEquals(from, at) && reply.Key.Destination.IsLoopback) return fate;
        var end = _walk.Send(at, reply);
        if (end.Kind == WalkEndKind.Arrived && ReferenceEquals(end.At, from) || end.Kind == WalkEndKind.Beyond && ReferenceEquals(from, host.Beyond))
        {
            story?.Add("reply", $"{what} is back at {from.Name}");
            return fate;
        }
        string reason = end.Kind == WalkEndKind.Arrived ? $"{what} ends up in {end.At.Name}" : end.Reason;
        story?.Add("drop", $"{what} is lost: {reason}", end.Detail);
        if (end.Kind == WalkEndKind.Beyond) return new(Disposition.Unknown, $"{what} leaves {end.At.Name}: {reason}") { At = end.At };
        return new(Disposition.Dropped, $"{what} never comes back: {reason}", end.Detail) { At = end.At, Taker = fate.Taker };
    }

    /// <summary>docker-proxy talks to the container in its own name.</summary>
    private Fate Proxied(FrozenStack at, IpProtocol protocol, (IpAddress Address, Port Port) inner)
    {
        story?.Add("proxy", $"docker-proxy opens a conversation of its own with {FlowKey.End(inner.Address, inner.Port)}; the client's address is not seen there");
        var fate = new Conversation(host, story, assumptions).Try(at, protocol, inner.Address, inner.Port);
        return fate.Disposition == Disposition.Delivered ? fate : fate with { Reason = $"docker-proxy accepts, but {fate.Reason}" };
    }

    private static (IpAddress, Port)? ProxyOf(FrozenStack at, FlowKey key)
    {
        foreach (var p in at.Proxies[(key.Protocol.ToName(), key.DestinationPort.ToString())])
        {
            if (!IpAddress.TryParse(FrozenStack.Option(p, "-host-ip"), out var bound) || bound != key.Destination && !(bound.IsAny && bound.IsV6 == key.Destination.IsV6)) continue;
            if (IpAddress.TryParse(FrozenStack.Option(p, "-container-ip"), out var to) && ushort.TryParse(FrozenStack.Option(p, "-container-port"), out ushort port)) return (to, new(port));
        }
        return null;
    }
}
