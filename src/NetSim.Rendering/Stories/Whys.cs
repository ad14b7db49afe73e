using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Stories;

/// <summary>The line of why below the sentence: what judged or steered the packet last.</summary>
internal static class Whys
{
    /// <summary>One or two short sentences; empty when there is nothing to add.</summary>
    public static string Of(TraceIndex index, PacketPath path, long row, Names names)
    {
        var past = path.Legs.Where(l => l.Row <= row).ToList();
        if (past.Count == 0) return "";
        if (path.Entry.Summary.Flow is { Source.IsLoopback: true } or { Destination.IsLoopback: true })
            return path.Entry.Summary.Class == PacketClass.Dns && past[0].Place.Namespace is not "host"
                ? "Question and answer never leave the container: 127.0.0.11 listens inside its own namespace."
                : "It never leaves its namespace: the loopback interface hands it straight back.";
        if (past.LastOrDefault(l => l.Station is { Verdict: Verdict.Dropped or Verdict.Rejected }) is { } end) return Ended(past, end);
        if (past.Select(l => l.Event.Step).OfType<Step.Translated>().LastOrDefault() is { } nat) return Translated(nat.Detail);
        if (past.LastOrDefault(l => l.Event.Step is Step.Switched) is { Event.Step: Step.Switched way } leg) return Switched(index, path, (way, leg), names);
        if (past.Select(l => l.Event.Step).OfType<Step.Routed>().LastOrDefault() is { } route) return $"The routing table says: {route.Detail.Route}.";
        return "";
    }

    private static string Ended(IReadOnlyList<Leg> past, Leg end)
    {
        var rule = past.Select(l => l.Event.Step).OfType<Step.Filtered>().LastOrDefault(f => f.Detail.Verdict.StartsWith("DROP", StringComparison.Ordinal) || f.Detail.Verdict.StartsWith("REJECT", StringComparison.Ordinal))?.Detail
            ?? (end.Event.Step as Step.Dropped)?.Detail as FilterDetail;
        if (rule is null) return end.Event.Step is Step.Dropped d ? $"It ended in {end.Place.Namespace}: {DropSentences.Short(d.Reason)}." : "";
        string which = rule.RuleNumber == 0 ? $"the policy of {rule.Table} {rule.Chain}" : $"rule {rule.RuleNumber} of {rule.Table} {rule.Chain}";
        string why = rule.Origin.Object.Length > 0 ? $", made for {rule.Origin}" : "";
        return $"It met {which}{why}: {rule.RuleText}";
    }

    private static string Translated(TranslationDetail d)
    {
        bool destination = d.Before.Destination != d.After.Destination || d.Before.DestinationPort != d.After.DestinationPort;
        string before = destination ? $"{d.Before.Destination}:{d.Before.DestinationPort}" : $"{d.Before.Source}";
        string after = destination ? $"{d.After.Destination}:{d.After.DestinationPort}" : $"{d.After.Source}";
        string by = d.Rule is { Origin.Object.Length: > 0 } rule ? $" The rule is there for {rule.Origin}." : "";
        return destination ? $"The host readdresses it: {before} becomes {after}.{by}" : $"The host lends its own address: {before} becomes {after}.{by}";
    }

    private static string Switched(TraceIndex index, PacketPath path, (Step.Switched Way, Leg Leg) at, Names names)
    {
        var way = at.Way;
        if (way.ToHost) return "The frame is for the bridge’s own address, so it goes up into the host.";
        string who = path.Entry.Summary.Flow is { } f ? names.Of(f.Destination) : "the receiver";
        if (!way.Known) return path.Entry.Summary.Class == PacketClass.Arp ? "A broadcast: the bridge hands a copy to every port." : $"The bridge does not know yet where {who} lives, so every port gets a copy.";
        var topology = index.TopologyAt(at.Leg.Row);
        if (topology.Find(at.Leg.Place.Namespace)?.Find(at.Leg.Place.Interface ?? "") is { Kind: not InterfaceKind.Bridge } i && (i.Kind is InterfaceKind.Macvlan or InterfaceKind.Ipvlan || topology.ChildrenOf(i).Any())) return $"There is no bridge: {who} shares the interface, which knows the addresses of all on it and hands the frame over.";
        string tail = Ttl(index, path.Entry) is { } ttl ? $" Nothing routes it, so its TTL stays {ttl}." : "";
        return $"The bridge has learned behind which of its ports {who} lives and hands the frame over.{tail}";
    }

    private static int? Ttl(TraceIndex index, PacketEntry entry)
    {
        if (entry.Frame < 0 || !LinkView.TryRead(index.Bytes(entry.Frame), index.Trace.Packets.LinkType(entry.Frame), out var link)) return null;
        return Ipv4View.TryRead(link.Payload, out var ip) ? ip.TimeToLive : null;
    }

    /// <summary>Who sent an ARP packet, by the address it gives as its own.</summary>
    public static string? ArpSender(TraceIndex index, PacketEntry entry, Names names)
    {
        if (entry.Summary.Class != PacketClass.Arp || entry.Frame < 0) return null;
        if (!LinkView.TryRead(index.Bytes(entry.Frame), index.Trace.Packets.LinkType(entry.Frame), out var link) || !ArpView.TryRead(link.Payload, out var arp)) return null;
        string name = names.Of(arp.SenderProtocolAddress);
        return name.StartsWith("the ", StringComparison.Ordinal) ? "The" + name[3..] : name;
    }

    /// <summary>Is the namespace one of a container?</summary>
    public static bool IsContainer(Topology now, string space) => now.Find(space) is { Kind: NamespaceKind.Container };
}
