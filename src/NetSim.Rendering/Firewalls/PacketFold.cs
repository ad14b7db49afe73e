using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;
using NetSim.Wire.Decoding;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Firewalls;

/// <summary>Reads from a packet's events what a namespace asked of it, and asks the tables once more for the rules that it met on the way.</summary>
internal sealed class PacketFold
{
    private static readonly ConntrackStates[] States = [ConntrackStates.New, ConntrackStates.Established, ConntrackStates.Related, ConntrackStates.Untracked, ConntrackStates.Invalid];

    private readonly TraceIndex _index;
    private readonly MapPlan _plan;
    private readonly NetworkNamespace _space;
    private readonly Dictionary<IpFamily, CompiledRuleset> _rules = [];
    private readonly List<FirewallPhase> _phases = [];
    private readonly (byte Type, byte Code, byte Flags) _bits;
    private FlowKey _key;
    private FlowKey _original;
    private string? _input;
    private string? _output;
    private ConntrackStates _state;
    private bool _tracked;

    private PacketFold(TraceIndex index, MapPlan plan, PacketEntry entry, NetworkNamespace space)
    {
        (_index, _plan, _space) = (index, plan, space);
        _key = _original = entry.Summary.Flow ?? default;
        _bits = BitsOf(index, entry);
    }

    /// <summary>The questions that a namespace asked of a packet; none when its events tell of none.</summary>
    public static (List<FirewallPhase> Phases, string Input, string Output) Of(TraceIndex index, MapPlan plan, PacketEntry entry, NetworkNamespace space)
    {
        var fold = new PacketFold(index, plan, entry, space);
        var events = index.EventsOf(entry).Where(e => e.Place.Namespace == space.Key).ToList();
        for (int i = 0; i < events.Count; i++)
        {
            if (fold.IsOver(events, i)) break;
            fold.Take(events, i);
        }
        return (fold._phases, fold._input ?? "", fold._output ?? "");
    }

    /// <summary>It left, and comes back by another interface (as an answer to itself, or hairpinned): one way is told.</summary>
    private bool IsOver(List<TraceEvent> events, int i) => events[i].Step is Step.Received && _phases.Count > 0 && events.Take(i).Any(e => e.Step is Step.Transmitted);

    private void Take(List<TraceEvent> events, int i)
    {
        var e = events[i];
        switch (e.Step)
        {
            case Step.Received r when e.Place.Interface is { } name:
                _input ??= BridgeOf(name) ?? name;
                if (FrameReading.TryReadFlow(_index.Bytes(r.Frame), _index.Trace.Packets.LinkType(r.Frame), out var flow) && _phases.Count == 0) _key = _original = flow;
                break;
            case Step.Transmitted when e.Place.Interface is { } name: _output = BridgeOf(name) ?? name; break;
            case Step.Filtered f: Rules(f.Detail, OutputAfter(events, i)); break;
            case Step.Translated t: Readdress(t.Detail); break;
            case Step.Routed r: Route(r.Detail); break;
            case Step.Switched s: Bridge(s); break;
        }
    }

    private string? BridgeOf(string name) => _plan.Rooms.Find(r => r.Feet.Exists(f => f.HostEnd == name)) is { Bridge: { } bridge } && _space.Key == _plan.HostKey ? bridge : null;

    /// <summary>The interface it will leave by, as far as what comes later tells: of a bridged frame the bridge itself.</summary>
    private string? OutputAfter(List<TraceEvent> events, int i)
    {
        if (_output is not null) return _output;
        foreach (var e in events.Skip(i))
            if (e.Step is Step.Transmitted && e.Place.Interface is { } name) return BridgeOf(name) ?? name;
        var routed = events.Select(e => e.Step).OfType<Step.Routed>().LastOrDefault();
        return routed is { Detail.Interface: { Length: > 0 } to } && to != "lo" ? to : events.Exists(e => e.Step is Step.Switched { ToHost: false }) ? _input : null;
    }

    private void Rules(FilterDetail f, string? output)
    {
        if (f.Table != "raw") Track(f.Hook);
        var met = Met(f, output);
        _phases.Add(FirewallPhase.Asked(f.Table, f.Hook) with { Met = met, Source = met.Count > 0 ? "" : $"{f.Chain} {f.RuleNumber}", Row = met.Count > 0 ? "" : f.RuleText, Origin = f.Origin });
    }

    private void Track(Hook hook)
    {
        if (_tracked || hook is not (Hook.Prerouting or Hook.Output)) return;
        _tracked = true;
        var known = _space.Conntrack.Exists(c => c.Original == _key || c.Reply == _key);
        bool reply = _space.Conntrack.Exists(c => c.Reply == _key);
        _state = reply || known && (_bits.Flags & 2) == 0 ? ConntrackStates.Established : ConntrackStates.New;
        string state = _state == ConntrackStates.New ? "NEW" : "ESTABLISHED";
        string row = known ? $"{(reply ? "it answers" : "it belongs to")} a flow that is known, so its state is {state}" : $"no entry for {End(_key.Source, _key.SourcePort)}, so its state is {state}";
        _phases.Add(FirewallPhase.Tracking with { Row = row, Decided = state });
    }

    /// <summary>The rules on the way to the verdict that the trace tells. The state of the conversation is what makes them agree; when nothing does, the tables have changed since, and only the verdict is shown.</summary>
    private List<MetRule> Met(FilterDetail f, string? output)
    {
        if (_key == default) return [];
        // Tables of nft have names of their own; the hook and the verdict tell which kind of them it was.
        TableKind[] tables = Enum.TryParse<TableKind>(f.Table, ignoreCase: true, out var known) ? [known] : [TableKind.Filter, TableKind.Nat, TableKind.Raw, TableKind.Mangle];
        var family = _key.Destination.IsV6 ? IpFamily.V6 : IpFamily.V4;
        if (!_rules.TryGetValue(family, out var rules)) _rules.Add(family, rules = new(_space.RulesOf(family)));
        foreach (var state in States.Prepend(_state == default ? ConntrackStates.New : _state))
            foreach (var (extra, table) in from x in new[] { ConntrackStates.None, ConntrackStates.Dnat, ConntrackStates.Snat } from t in tables select (x, t))
            {
                var all = new List<MetRule>();
                var verdict = rules.Judge(f.Hook, table, Packet(f.Hook, output, state | extra), all: all);
                if (verdict.Rule?.Chain == f.Chain && verdict.Rule.Table == f.Table && verdict.Rule.Number == f.RuleNumber) return all;
            }
        return [];
    }

    private HookPacket Packet(Hook hook, string? output, ConntrackStates state)
    {
        bool ports = _key.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;
        return new()
        {
            Protocol = _key.Protocol,
            Source = _key.Source,
            Destination = _key.Destination,
            SourcePort = ports ? _key.SourcePort.Number : (ushort)0,
            DestinationPort = ports ? _key.DestinationPort.Number : (ushort)0,
            IcmpType = _bits.Type,
            IcmpCode = _bits.Code,
            TcpFlags = _bits.Flags,
            InInterface = hook is Hook.Output or Hook.Postrouting ? null : _input,
            OutInterface = hook is Hook.Prerouting or Hook.Input ? null : output,
            State = state,
            OriginalDestination = _original.Destination,
            OriginalDestinationPort = ports ? _original.DestinationPort.Number : (ushort)0,
            Types = new OwnAddresses(_space),
        };
    }

    private void Readdress(TranslationDetail d)
    {
        bool destination = d.Before.Destination != d.After.Destination || d.Before.DestinationPort != d.After.DestinationPort;
        var pair = destination ? (End(d.Before.Destination, d.Before.DestinationPort), End(d.After.Destination, d.After.DestinationPort)) : (End(d.Before.Source, d.Before.SourcePort), End(d.After.Source, d.After.SourcePort));
        _key = d.After;
        bool asked = _phases.Count > 0 && _phases[^1].Name.StartsWith("nat ", StringComparison.Ordinal) && _phases[^1].Readdressed is null;
        if (asked) _phases[^1] = _phases[^1] with { Readdressed = pair };
        else _phases.Add(new("nat, as agreed", "Has this flow other addresses here?") { Source = "flow table", Row = $"{pair.Item1} becomes {pair.Item2}, as for all of this conversation", Decided = pair.Item2, Origin = Origin.Kernel, Readdressed = pair });
    }

    private void Route(RouteDetail r)
    {
        var row = _space.Routes.Routes.FirstOrDefault(x => x.ToString() == r.Route);
        _phases.Add(FirewallPhase.Routing with { Source = r.Route.StartsWith("local", StringComparison.Ordinal) ? "local table" : "main table", Row = r.Route, Decided = r.Interface ?? "", Origin = row?.Origin ?? Origin.Kernel });
    }

    private void Bridge(Step.Switched s)
    {
        string port = s.ToHost ? "the bridge itself" : s.Port?.Interface ?? "every port";
        string row = s.ToHost ? $"the frame is for {port}" : s.Port is null ? $"nobody knows where it lives, so {port} gets a copy" : $"its MAC address was learned behind {port}";
        _phases.Add(FirewallPhase.Bridging with { Row = row, Decided = port });
    }

    private string End(IpAddress address, Port port) => _key.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp ? FlowKey.End(address, port) : address.ToString();

    private static (byte, byte, byte) BitsOf(TraceIndex index, PacketEntry entry)
    {
        if (TcpSegment.TryRead(index, entry, out var s)) return (0, 0, (byte)s.Flags);
        if (entry.Frame < 0 || !LinkView.TryRead(index.Bytes(entry.Frame), index.Trace.Packets.LinkType(entry.Frame), out var link) || !IpView.TryRead(link.Payload, out var ip)) return default;
        return ip.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && IcmpView.TryRead(ip.Payload, out var icmp) ? ((byte)icmp.Type, (byte)icmp.Code, (byte)0) : default;
    }
}
