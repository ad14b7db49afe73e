using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>The kernel drops a packet whose answer would go another way (rp_filter).</summary>
internal sealed class ReversePathFilter : ReachRule
{
    public override string Name => "rp-filter";

    public override string? Because(ReachCase c) => c.Reason.IndexOf("rp_filter", StringComparison.Ordinal) is >= 0 and var at ? c.Reason[at..] : null;

    public override IReadOnlyList<string> Commands(ReachCase c) => c.Answer.DecidedIn == "host" ? [.. Keys(c).Select(k => $"sysctl -w {k}=2")] : [];

    public override string? Advice(ReachCase c) => "let the way back go by the same interface, or loosen rp_filter to 2";

    public override IEnumerable<Evidence> Rows(ReachCase c) => Keys(c).Select(k => new Evidence(Table: $"{c.Answer.DecidedIn} sysctl", Row: $"{k} = 1"));

    private static IEnumerable<string> Keys(ReachCase c) => c.Topology.Find(c.Answer.DecidedIn ?? "") is not { } space ? [] : space.Sysctls.Where(s => s.Value.Trim() == "1" && IsAbout(s.Key, c.Reason)).Select(s => s.Key);

    private static bool IsAbout(string key, string reason)
    {
        if (!key.StartsWith("net.ipv4.conf.", StringComparison.Ordinal) || !key.EndsWith(".rp_filter", StringComparison.Ordinal)) return false;
        string device = key["net.ipv4.conf.".Length..^".rp_filter".Length];
        return device == "all" || reason.Contains($"rp_filter of {device} ", StringComparison.Ordinal);
    }
}
