using NetSim.Model.Packets;
using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>Which conversations are one: NAT gives a conversation other addresses on its way, and its answers come from those.</summary>
internal sealed class FlowAliases
{
    private readonly Dictionary<FlowKey, FlowKey> _first = [];

    /// <summary>Reads all translations of a trace.</summary>
    public static FlowAliases Of(ITraceReader trace)
    {
        var aliases = new FlowAliases();
        var seen = new HashSet<int>();
        foreach (var (_, row) in trace.Rows())
        {
            if (row.Kind != StepKind.Translated || !seen.Add(row.A)) continue;
            var t = (TranslationDetail)trace.Detail(row.A);
            var (before, after) = (aliases.Of(t.Before), Phases.Canonical(t.After));
            if (before != after && aliases.Of(after) != before) aliases._first.TryAdd(after, before);
        }
        return aliases;
    }

    /// <summary>The same value for both directions, before and after NAT.</summary>
    public FlowKey Of(FlowKey flow)
    {
        var key = Phases.Canonical(flow);
        for (int i = 0; i < 4 && _first.TryGetValue(key, out var before); i++) key = before;
        return key;
    }
}
