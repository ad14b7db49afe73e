using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>What netfilter needs of the stack that it filters.</summary>
internal interface IFilterHost
{
    /// <summary>Knows what an address is to the namespace.</summary>
    IAddressTypes Types { get; }

    /// <summary>How connection tracking is set.</summary>
    ConntrackSettings Tracking { get; }

    /// <summary>The address of a device that masquerading takes towards a destination.</summary>
    IpAddress AddressOn(Device device, IpAddress destination);

    /// <summary>Answers a packet that a rule rejected. The frame stays the caller's.</summary>
    void Reject(Frame frame, string? with);
}

/// <summary>netfilter of a namespace: the tables at each hook in the kernel's order, connection tracking and NAT between them.
/// Source: linux v6.6 include/uapi/linux/netfilter_ipv4.h nf_ip_hook_priorities.</summary>
internal sealed class PacketFilter
{
    private readonly Kernel _kernel;
    private readonly Ruleset _rules;
    private readonly IFilterHost _host;
    private readonly Conntrack _conntrack;
    private readonly Nat _nat;
    private readonly int _place;
    private readonly FrameFacts _facts;
    private readonly string _name;
    private CompiledRuleset _compiled;
    private int _version; // of the rules that are compiled
    private bool _active;

    public PacketFilter(Kernel kernel, (string Key, int Place) space, Ruleset rules, IFilterHost host)
    {
        (_kernel, _rules, _host, _place) = (kernel, rules, host, space.Place);
        _conntrack = new(kernel, space.Key, () => host.Tracking);
        _facts = new(kernel);
        _name = space.Key;
        _nat = new(kernel, _conntrack, space.Place);
        _compiled = new(rules);
        _version = rules.Version;
        _active = !rules.IsEmpty;
        Warn();
    }

    /// <summary>Is there anything to ask? A namespace without tables has no connection tracking either.</summary>
    public bool IsActive
    {
        get
        {
            if (_rules.Version != _version) Compile();
            return _active;
        }
    }

    /// <summary>Asks all tables of a hook. False: the packet ended (traced, answered if rejected, its frame given back).</summary>
    public bool Pass(Hook hook, Frame frame, Device? input, Device? output) => hook switch
    {
        Hook.Prerouting => Ask(hook, TableKind.Raw, frame, input, output) && Track(frame) && Ask(hook, TableKind.Mangle, frame, input, output) && Translate(hook, frame, input, output)
            && Ask(hook, TableKind.Filter, frame, input, output),
        Hook.Input => Ask(hook, TableKind.Mangle, frame, input, output) && Ask(hook, TableKind.Filter, frame, input, output) && Translate(hook, frame, input, output) && Confirm(frame),
        Hook.Forward => Ask(hook, TableKind.Mangle, frame, input, output) && Ask(hook, TableKind.Filter, frame, input, output),
        Hook.Output => Ask(hook, TableKind.Raw, frame, input, output) && Track(frame) && Ask(hook, TableKind.Mangle, frame, input, output)
            && Translate(hook, frame, input, output) && Ask(hook, TableKind.Filter, frame, input, output),
        _ => Ask(hook, TableKind.Mangle, frame, input, output) && Translate(hook, frame, input, output) && Confirm(frame),
    };

    /// <summary>Forgets all conversations of an address that is no more.</summary>
    public void Forget(IpAddress address) => _conntrack.Forget(address);

    private void Compile()
    {
        _compiled = new(_rules, _compiled);
        _version = _rules.Version;
        _active = !_rules.IsEmpty;
        Warn();
    }

    private void Warn()
    {
        foreach (var r in _compiled.Fresh)
            if (r.LeadsNowhere) _kernel.Warn($"the target of \"{r.Rule}\" in chain {r.Chain} of table {r.Table} of {_name} is no chain, and not modelled; the rule does nothing");
            else if (r.Rule.NotModelled is { } text)
                _kernel.Warn($"\"{text}\" in chain {r.Chain} of table {r.Table} of {_name} is not modelled; the rule {(r.Rule.Target is Target.Unknown ? "does nothing" : "never holds")}: {r.Rule}");
    }

    private bool Track(Frame frame)
    {
        _conntrack.Note(frame);
        if (frame.TrackState != (byte)TrackState.New || frame.Track is not ConntrackEntry { Confirmed: false } || !_conntrack.IsFull) return true;
        _kernel.Drop(_place, frame, DropReason.TableFull);
        return false;
    }

    private bool Confirm(Frame frame)
    {
        if (_conntrack.Confirm(frame)) return true;
        _kernel.Drop(_place, frame, DropReason.NotWanted); // another packet of the same conversation was first
        return false;
    }

    private bool Ask(Hook hook, TableKind table, Frame frame, Device? input, Device? output)
    {
        if (!_compiled.HasRules(hook, table)) return true;
        var verdict = _compiled.Judge(hook, table, Describe(frame, input, output));
        frame.Mark = verdict.Mark;
        int detail = Record(hook, frame, verdict);
        if (verdict.Kind is not (VerdictKind.Drop or VerdictKind.Reject)) return true;
        bool reject = verdict.Kind == VerdictKind.Reject;
        _kernel.Recorder.Dropped(_place, frame, reject ? DropReason.Rejected : DropReason.Filtered, detail);
        if (reject) _host.Reject(frame, verdict.RejectWith);
        _kernel.Frames.Release(frame);
        return false;
    }

    /// <summary>NAT at a hook: the table is asked once for each conversation, what it said is done to each packet.</summary>
    private bool Translate(Hook hook, Frame frame, Device? input, Device? output)
    {
        if (frame.Track is not ConntrackEntry entry) return true;
        bool destination = hook is Hook.Prerouting or Hook.Output;
        FilterDetail? rule = null;
        if ((frame.TrackState & (byte)(TrackState.New | TrackState.Reply)) == (byte)TrackState.New && !(destination ? entry.DestinationAsked : entry.SourceAsked))
        {
            if (destination) entry.DestinationAsked = true;
            else entry.SourceAsked = true;
            if (!Bind(hook, entry, frame, (input, output), ref rule)) return false;
        }
        _nat.Apply(frame, destination, rule);
        return true;
    }

    private bool Bind(Hook hook, ConntrackEntry entry, Frame frame, (Device? Input, Device? Output) way, ref FilterDetail? rule)
    {
        bool destination = hook is Hook.Prerouting or Hook.Output;
        if (!_compiled.HasRules(hook, TableKind.Nat))
        {
            if (!destination) _nat.Bind(entry, destination: false, default);
            return true;
        }
        var verdict = _compiled.Judge(hook, TableKind.Nat, Describe(frame, way.Input, way.Output));
        int detail = Record(hook, frame, verdict);
        rule = verdict.Rule?.Detail(hook);
        switch (verdict.Kind)
        {
            case VerdictKind.Dnat when destination: _nat.Bind(entry, true, NatPool.Of(verdict)); break;
            case VerdictKind.Redirect when destination: _nat.Bind(entry, true, NatPool.Of(verdict) with { First = Redirected(way.Input, frame) }); break;
            case VerdictKind.Snat when !destination: _nat.Bind(entry, false, NatPool.Of(verdict)); break;
            case VerdictKind.Masquerade when !destination:
                _nat.Bind(entry, false, NatPool.Of(verdict) with { First = _host.AddressOn(way.Output!, _kernel.Addresses.Of(entry.Reply.Source, entry.Reply.IsV6)) });
                break;
            case VerdictKind.Drop:
                _kernel.Drop(_place, frame, DropReason.Filtered, detail);
                return false;
            default:
                if (!destination) _nat.Bind(entry, false, default);
                break;
        }
        return true;
    }

    private IpAddress? Redirected(Device? input, Frame frame) => !IpView.TryRead(frame.Ip, out var packet) ? null
        : input is not null ? _host.AddressOn(input, packet.Source) : packet.IsV6 ? IpAddress.FromV6(0, 1) : IpAddress.LoopbackV4;

    private int Record(Hook hook, Frame frame, in Verdict verdict)
    {
        if (!_kernel.Recorder.On || verdict.Rule is not { } rule) return -1;
        ref int slot = ref rule.TraceSlot(hook);
        if (slot < 0) slot = _kernel.Recorder.Detail(rule.Detail(hook));
        _kernel.Recorder.Step(_place, frame, StepKind.Filtered, slot);
        return slot;
    }

    private HookPacket Describe(Frame frame, Device? input, Device? output)
    {
        IpView.TryRead(frame.Ip, out var packet);
        bool later = packet.IsLaterFragment;
        var payload = later ? default : packet.Payload;
        bool ports = packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp && payload.Length >= 4;
        bool icmp = packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && payload.Length >= 2;
        var entry = frame.Track as ConntrackEntry;
        return new HookPacket
        {
            Protocol = packet.Protocol,
            Source = packet.Source,
            Destination = packet.Destination,
            SourcePort = ports ? (ushort)(payload[0] << 8 | payload[1]) : (ushort)0,
            DestinationPort = ports ? (ushort)(payload[2] << 8 | payload[3]) : (ushort)0,
            LaterFragment = later,
            IcmpType = icmp ? payload[0] : (byte)0,
            IcmpCode = icmp ? payload[1] : (byte)0,
            TcpFlags = packet.Protocol == IpProtocol.Tcp && payload.Length >= 14 ? payload[13] : (byte)0,
            InInterface = input?.Name,
            OutInterface = output?.Name,
            State = States(frame, entry),
            OriginalDestination = entry is null ? default : _kernel.Addresses.Of(entry.Original.Destination, entry.Original.IsV6),
            OriginalDestinationPort = entry?.Original.DestinationPort ?? 0,
            Mark = frame.Mark,
            Types = _host.Types,
            Facts = _facts.Of(frame, input, output),
            Time = _kernel.Loop.Now,
        };
    }

    private static ConntrackStates States(Frame frame, ConntrackEntry? entry)
    {
        var state = (TrackState)(frame.TrackState & ~(int)TrackState.Reply);
        var said = state switch
        {
            TrackState.New => ConntrackStates.New,
            TrackState.Established => ConntrackStates.Established,
            TrackState.Related => ConntrackStates.Related,
            TrackState.Invalid => ConntrackStates.Invalid,
            _ => ConntrackStates.Untracked,
        };
        if (entry is { DestinationTranslated: true }) said |= ConntrackStates.Dnat;
        if (entry is { SourceTranslated: true }) said |= ConntrackStates.Snat;
        return said;
    }
}
