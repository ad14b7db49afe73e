using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>Asks the tables at each hook in the kernel's order, with connection tracking and NAT between them, for a conversation that begins now.
/// Source: linux v6.6 include/uapi/linux/netfilter_ipv4.h nf_ip_hook_priorities.</summary>
internal sealed class NetfilterWalk(Story? story)
{
    private readonly List<(FrozenStack Stack, TrackEntry Entry)> _tracked = [];
    private long _instant;

    /// <summary>A conversation begins: nothing is tracked yet.</summary>
    /// <param name="instant">When, in nanoseconds: for rules that count.</param>
    public void Begin(long instant)
    {
        _instant = instant;
        _tracked.Clear();
    }

    /// <summary>The interfaces of a packet at a hook.</summary>
    internal readonly record struct Way(Interface? Input, Interface? Output);

    /// <summary>Asks all tables of a hook.</summary>
    /// <returns>Null: it goes on. Else how it ended.</returns>
    public WalkEnd? Pass(Hook hook, FrozenStack stack, WalkedPacket packet, Interface? input, Interface? output)
    {
        if (stack.Rules(packet.Family) is not { } rules) return null;
        var way = new Way(input, output);
        switch (hook)
        {
            case Hook.Prerouting or Hook.Output:
                if (Ask(hook, TableKind.Raw, stack, rules, packet, way) is { } raw) return raw;
                Track(stack, packet);
                if (Ask(hook, TableKind.Mangle, stack, rules, packet, way) is { } mangle) return mangle;
                if (Translate(hook, stack, rules, packet, way) is { } nat) return nat;
                return Ask(hook, TableKind.Filter, stack, rules, packet, way);
            case Hook.Postrouting:
                return Ask(hook, TableKind.Mangle, stack, rules, packet, way) ?? Translate(hook, stack, rules, packet, way);
            default:
                return Ask(hook, TableKind.Mangle, stack, rules, packet, way) ?? Ask(hook, TableKind.Filter, stack, rules, packet, way)
                    ?? (hook == Hook.Input ? Translate(hook, stack, rules, packet, way) : null);
        }
    }

    private WalkEnd? Ask(Hook hook, TableKind table, FrozenStack stack, CompiledRuleset rules, WalkedPacket packet, Way way)
    {
        if (!rules.HasRules(hook, table)) return null;
        List<MetRule>? met = story is null ? null : [];
        var verdict = rules.Judge(hook, table, Describe(stack, packet, way), all: met);
        packet.Mark = verdict.Mark;
        if (verdict.Rule is not { } rule) return null;
        story?.Add(new("filter", $"{rule.Table} {hook.ToString().ToUpperInvariant()}: {Word(rule)}", rule.Detail(hook), rule.Rule.Origin) { Met = met! });
        if (verdict.Kind is not (VerdictKind.Drop or VerdictKind.Reject)) return null;
        return new(verdict.Kind == VerdictKind.Drop ? WalkEndKind.Dropped : WalkEndKind.Rejected, stack, way.Input?.Name, Reason(stack, rule, hook), rule) { Hook = hook, SendsError = true };
    }

    /// <summary>"DOCKER rule 3 accepts it" or "no rule objects (policy ACCEPT of FORWARD)".</summary>
    private static string Word(CompiledRule rule) => rule.Number == 0 ? $"{rule} " : $"{rule.Chain} rule {rule.Number}: {rule.Rule}";

    private static string Reason(FrozenStack stack, CompiledRule rule, Hook hook) => rule.Number == 0
        ? $"the policy of {rule.Table} {rule.Chain} on {stack.Name} ends it"
        : $"{rule.Table} {rule.Chain} rule {rule.Number} on {stack.Name} ends it{(rule.Chain.Equals(hook.ToString(), StringComparison.OrdinalIgnoreCase) ? "" : $" (from {hook.ToString().ToUpperInvariant()})")}: {rule.Rule} ({rule.Rule.Origin})";

    /// <summary>Finds or makes the entry of a conversation.</summary>
    private void Track(FrozenStack stack, WalkedPacket packet)
    {
        (packet.Track, packet.IsReply) = (null, false);
        foreach (var (there, entry) in _tracked)
        {
            if (!ReferenceEquals(there, stack)) continue;
            if (entry.Original == packet.Key) packet.Track = entry;
            else if (entry.Reply == packet.Key) (packet.Track, packet.IsReply) = (entry, true);
            else continue;
            return;
        }
        if (!packet.IsError) _tracked.Add((stack, packet.Track = new TrackEntry { Original = packet.Key, Reply = packet.Key.Reversed }));
    }

    private WalkEnd? Translate(Hook hook, FrozenStack stack, CompiledRuleset rules, WalkedPacket packet, Way way)
    {
        if (packet.Track is not { } entry) return null;
        bool destination = hook is Hook.Prerouting or Hook.Output;
        if (!packet.IsReply && !(destination ? entry.DestinationAsked : entry.SourceAsked))
        {
            if (destination) entry.DestinationAsked = true;
            else entry.SourceAsked = true;
            if (rules.HasRules(hook, TableKind.Nat) && Bind(hook, stack, rules, packet, way) is { } end) return end;
        }
        var before = packet.Key;
        packet.Key = (destination, packet.IsReply) switch
        {
            (true, false) => before with { Destination = entry.Reply.Source, DestinationPort = Echo(before) ? before.DestinationPort : entry.Reply.SourcePort },
            (true, true) => before with { Destination = entry.Original.Source, DestinationPort = Echo(before) ? before.DestinationPort : entry.Original.SourcePort },
            (false, false) => before with { Source = entry.Reply.Destination, SourcePort = Echo(before) ? before.SourcePort : entry.Reply.DestinationPort },
            _ => before with { Source = entry.Original.Destination, SourcePort = Echo(before) ? before.SourcePort : entry.Original.DestinationPort },
        };
        if (packet.Key == before) return null;
        var (old, now) = (End(before, destination), End(packet.Key, destination));
        story?.Add(new("nat", $"{(destination ? "destination" : "source")} {old} becomes {now}{(packet.IsReply ? ", as for all of this conversation" : "")}") { Readdressed = (old, now) });
        return null;
    }

    private WalkEnd? Bind(Hook hook, FrozenStack stack, CompiledRuleset rules, WalkedPacket packet, Way way)
    {
        var entry = packet.Track!;
        List<MetRule>? met = story is null ? null : [];
        var verdict = rules.Judge(hook, TableKind.Nat, Describe(stack, packet, way), all: met);
        if (verdict.Rule is { } rule) story?.Add(new("filter", $"{rule.Table} {hook.ToString().ToUpperInvariant()}: {Word(rule)}", rule.Detail(hook), rule.Rule.Origin) { Met = met! });
        bool destination = hook is Hook.Prerouting or Hook.Output;
        switch (verdict.Kind)
        {
            case VerdictKind.Dnat when destination: Aim(entry, verdict.Address, verdict.Port); break;
            case VerdictKind.Redirect when destination: Aim(entry, Own(packet, way.Input), verdict.Port); break;
            case VerdictKind.Snat when !destination && verdict.Address is { } a: entry.Reply = entry.Reply with { Destination = a }; break;
            case VerdictKind.Masquerade when !destination && way.Output is { } o && FrozenStack.AddressOn(o, packet.Key.Destination) is { } own: entry.Reply = entry.Reply with { Destination = own }; break;
            case VerdictKind.Drop: return new(WalkEndKind.Dropped, stack, way.Input?.Name, Reason(stack, verdict.Rule!, hook), verdict.Rule) { Hook = hook };
        }
        return null;
    }

    private static void Aim(TrackEntry entry, IpAddress? address, ushort? port) =>
        entry.Reply = entry.Reply with { Source = address ?? entry.Reply.Source, SourcePort = port is { } p && !Echo(entry.Reply) ? new Port(p) : entry.Reply.SourcePort };

    private static IpAddress? Own(WalkedPacket packet, Interface? input) =>
        input is not null ? FrozenStack.AddressOn(input, packet.Key.Source) : packet.Key.Destination.IsV6 ? IpAddress.FromV6(0, 1) : IpAddress.LoopbackV4;

    private static bool Echo(FlowKey key) => key.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;

    private static string End(FlowKey key, bool destination) => Echo(key) ? (destination ? key.Destination : key.Source).ToString()
        : destination ? FlowKey.End(key.Destination, key.DestinationPort) : FlowKey.End(key.Source, key.SourcePort);

    private HookPacket Describe(FrozenStack stack, WalkedPacket packet, Way way)
    {
        var (key, entry) = (packet.Key, packet.Track);
        bool ports = !packet.IsError && !Echo(key);
        var state = packet.IsError ? entry is null ? ConntrackStates.Invalid : ConntrackStates.Related
            : entry is null ? ConntrackStates.Untracked : packet.IsReply || packet.TcpFlags is not (0 or WalkedPacket.Syn) ? ConntrackStates.Established : ConntrackStates.New;
        if (entry is { Dnat: true }) state |= ConntrackStates.Dnat;
        if (entry is { Snat: true }) state |= ConntrackStates.Snat;
        return new HookPacket
        {
            Protocol = packet.Protocol,
            Source = packet.Source,
            Destination = key.Destination,
            SourcePort = ports ? key.SourcePort.Number : (ushort)0,
            DestinationPort = ports ? key.DestinationPort.Number : (ushort)0,
            IcmpType = packet.IcmpType,
            IcmpCode = packet.IcmpCode,
            TcpFlags = packet.TcpFlags,
            InInterface = way.Input?.Name,
            OutInterface = way.Output?.Name,
            State = state,
            OriginalDestination = entry?.Original.Destination ?? default,
            OriginalDestinationPort = entry?.Original.DestinationPort.Number ?? 0,
            Mark = packet.Mark,
            Types = stack,
            Time = _instant,
        };
    }
}
