using System.Text.Json.Nodes;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Routes of the host and of each container, one fact a route.</summary>
internal static class RouteFacts
{
    private static readonly string[] Words = ["gateway", "prefsrc", "protocol", "scope", "metric"];

    public static void Add(Recording recording, Names names, Facts facts)
    {
        Of("host", recording.Host, names, facts);
        foreach (var (name, state) in recording.Inside) Of("container " + name, state, names, facts);
    }

    private static void Of(string who, JsonObject state, Names names, Facts facts)
    {
        foreach (string table in new[] { "route", "route6" })
            foreach (var r in state.Rows(table))
            {
                string what = $"{(table == "route6" ? "-6 " : "")}{names.Text(r.Str("dst"))} dev {names.Link(r.Str("dev"))}";
                var words = Words.Where(w => r.Str(w).Length > 0).Select(w => $"{w} {names.Text(r.Str(w))}");
                facts.Add("routes", who, what, words.Concat(r.Strings("flags").Order(StringComparer.Ordinal)));
            }
    }
}
