using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Firewalls;

/// <summary>Chooses the packet that the firewall has most to say about, and tells its way.</summary>
internal static class FirewallFold
{
    /// <summary>The story of a packet of a trace; null when no rule judged any.</summary>
    /// <param name="index">The trace.</param>
    /// <param name="plan">Who is who.</param>
    /// <param name="at">The packet on its way at that time, or null: the one that tells most.</param>
    public static FirewallStory? Of(TraceIndex index, MapPlan plan, SimTime? at)
    {
        var judged = Judged(index);
        if (Choose(index, judged, at) is not { } entry) return null;
        var now = index.TopologyAt(entry.LastRow);
        var before = index.TopologyAt(entry.FirstRow);
        string key = judged[entry.Packet].OrderByDescending(s => s.Value).ThenByDescending(s => s.Key == plan.HostKey).ThenBy(s => s.Key, StringComparer.Ordinal).First().Key;
        if (entry.Drop is not null && index.EventsOf(entry).LastOrDefault(e => e.Step is Step.Dropped)?.Place.Namespace is { } died && judged[entry.Packet].ContainsKey(died)) key = died;
        if (before.Find(key) is not { } space) return null;
        var (phases, input, output) = PacketFold.Of(index, plan, entry, space);
        return phases.Count == 0 ? null : Told(index, plan, entry, (now, space), (phases, input, output));
    }

    /// <summary>How many verdicts each namespace gave on each packet.</summary>
    private static Dictionary<int, SortedDictionary<string, int>> Judged(TraceIndex index)
    {
        var judged = new Dictionary<int, SortedDictionary<string, int>>();
        foreach (var (_, row) in index.Trace.Rows())
        {
            if (row.Kind != StepKind.Filtered || row.Packet < 0) continue;
            if (!judged.TryGetValue(row.Packet, out var spaces)) judged.Add(row.Packet, spaces = new(StringComparer.Ordinal));
            string space = index.Trace.Places[row.Place].Namespace;
            spaces[space] = spaces.GetValueOrDefault(space) + 1;
        }
        return judged;
    }

    /// <summary>What a rule ended first; then what was readdressed on the host; then what met most tables.</summary>
    private static PacketEntry? Choose(TraceIndex index, Dictionary<int, SortedDictionary<string, int>> judged, SimTime? at)
    {
        var all = index.Shown.Where(e => judged.ContainsKey(e.Packet)).ToList();
        if (at is { } time) return all.LastOrDefault(e => e.Time <= time) ?? all.FirstOrDefault();
        return all.Find(e => e.Drop is DropReason.Filtered or DropReason.Rejected)
            ?? all.Find(e => e.Summary.Flow is { Source.IsLoopback: false } && index.EventsOf(e).Any(v => v.Step is Step.Translated { Detail.Rule: not null }) && judged[e.Packet].ContainsKey("host"))
            ?? all.Where(e => e.Summary.Flow is { Source.IsLoopback: false }).MaxBy(e => judged[e.Packet].Values.Max()) ?? all.FirstOrDefault();
    }

    private static FirewallStory Told(TraceIndex index, MapPlan plan, PacketEntry entry, (Topology Now, NetworkNamespace Space) at, (List<FirewallPhase> Phases, string Input, string Output) way)
    {
        var names = new Names(at.Now, plan.NameOf);
        var died = index.EventsOf(entry).FirstOrDefault(e => e.Step is Step.Dropped && e.Place.Namespace == at.Space.Key);
        var drop = entry.Drop is not null && died?.Step is Step.Dropped d ? d.Reason : (DropReason?)null;
        var step = index.Steps.LastOrDefault(s => s.Row <= entry.FirstRow).Step;
        var path = PacketPath.Of(index, entry, Floors.Of(plan));
        string sentence = drop is null && Reason(way.Phases) is { } because ? because : Sentences.Of(entry, names, Whys.ArpSender(index, entry, names));
        return new()
        {
            Packet = entry.Summary.Text,
            Class = entry.Summary.Class,
            From = entry.Summary.Flow?.Source.ToString() ?? "",
            Space = at.Space.Key == plan.HostKey ? "host" : at.Space.Label,
            Input = way.Input,
            Output = drop is null ? way.Output : "",
            Onwards = drop is { } reason ? DropSentences.Short(reason) : Onwards(plan, entry, way.Output, path),
            Drop = drop,
            Phases = way.Phases,
            Chapter = step is null ? $"packet {entry.Order + 1}" : $"{Story.Chapter(step)}",
            Sentence = sentence,
            Why = Whys.Of(index, path, entry.LastRow, names),
            Time = entry.Time,
        };
    }

    /// <summary>Because of which option it gets where it goes.</summary>
    private static string? Reason(List<FirewallPhase> phases)
    {
        var rule = phases.Where(p => p.Readdressed is not null).SelectMany(p => p.Met).LastOrDefault(m => m.Held)?.Rule.Rule.Origin;
        return rule is { Option: ['-', 'p', ..] } && rule.Object.StartsWith("container ", StringComparison.Ordinal) ? $"{rule.Object[10..]} was started with {rule.Option}, and that is why the client gets in." : null;
    }

    private static string Onwards(MapPlan plan, PacketEntry entry, string output, PacketPath path)
    {
        if (output.Length == 0) return "it stays here";
        var end = path.Legs.LastOrDefault(l => l.Event.Step is Step.Received)?.Place;
        string to = end is null || end.Namespace == plan.HostKey ? "on its way" : plan.ByNamespace.TryGetValue(end.Namespace, out var card) ? $"to {card.Name}’s {end.Interface}" : $"to {end.Namespace}";
        return path.Legs.Select(l => l.Event.Step).OfType<Step.Translated>().LastOrDefault() is { Detail.After: var after } && entry.Summary.Class is PacketClass.Tcp or PacketClass.Udp ? $"{to}, port {after.DestinationPort}" : to;
    }
}
