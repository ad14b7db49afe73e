using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Rendering.Firewalls;

/// <summary>What a row of the firewall view did to the packet; each has a mark.</summary>
internal enum RowMark
{
    /// <summary>Met, not about it.</summary>
    Skipped,
    /// <summary>Led to another chain.</summary>
    Jump,
    /// <summary>Led back.</summary>
    Return,
    /// <summary>Let it pass.</summary>
    Accepted,
    /// <summary>Gave it another address.</summary>
    Readdressed,
    /// <summary>Ended it.</summary>
    Dropped,
    /// <summary>Ended it and said so.</summary>
    Rejected,
    /// <summary>Looked something up, or noted something.</summary>
    LookedUp,
}

/// <summary>A row of the firewall view.</summary>
/// <param name="Mark">What it did.</param>
/// <param name="Depth">How deep its chain is.</param>
/// <param name="Label">"DOCKER 3".</param>
/// <param name="Text">The rule's own words.</param>
/// <param name="Terms">The parts of the text that decided: where each begins and how long it is.</param>
/// <param name="MadeBy">The docker option behind it.</param>
/// <param name="IsFold">Does it stand for several rules that are not about the packet?</param>
internal sealed record RuleRow(RowMark Mark, int Depth, string Label, string Text, IReadOnlyList<(int At, int Length)> Terms, string MadeBy, bool IsFold = false)
{
    /// <summary>Did it decide what becomes of the packet?</summary>
    public bool IsFinal => Mark is RowMark.Accepted or RowMark.Readdressed or RowMark.Dropped or RowMark.Rejected;

    /// <summary>Runs of rules that are not about the packet are folded from so many on.</summary>
    private const int Fold = 7;

    /// <summary>The rows of a phase.</summary>
    public static List<RuleRow> Of(FirewallPhase phase, IpFamily family)
    {
        if (phase.Met.Count == 0)
            return phase.Row.Length == 0 ? [] : [new(RowMark.LookedUp, 0, phase.Source, phase.Row, TermsIn(phase.Row, [phase.Decided]), phase.Origin is { } o ? MakerOf(o) : "")];
        var rows = new List<RuleRow>();
        for (int i = 0; i < phase.Met.Count; i++)
        {
            // That the policy lets pass what no rule was about goes without saying.
            if (phase.Met[i].Rule is { Number: 0, Rule.Target: Target.Accept } && i > 0) continue;
            int run = 0;
            while (i + run < phase.Met.Count && !phase.Met[i + run].Held && phase.Met[i + run].Rule.Chain == phase.Met[i].Rule.Chain && phase.Met[i + run].Depth == phase.Met[i].Depth) run++;
            if (run < Fold)
            {
                rows.Add(Of(phase.Met[i], family));
                continue;
            }
            rows.Add(Of(phase.Met[i], family));
            rows.Add(Of(phase.Met[i + 1], family));
            rows.Add(new(RowMark.Skipped, phase.Met[i].Depth, $"{phase.Met[i].Rule.Chain} {phase.Met[i + 2].Rule.Number}–{phase.Met[i + run - 2].Rule.Number}", $"{run - 3} more rules that are not about it", [], "", IsFold: true));
            rows.Add(Of(phase.Met[i + run - 1], family));
            i += run - 1;
        }
        return rows;
    }

    private static RuleRow Of(MetRule met, IpFamily family)
    {
        var rule = met.Rule;
        if (rule.Number == 0) return new(MarkOf(met), met.Depth, rule.Chain, $"no rule objects: the policy is {(rule.Rule.Target is Target.Drop ? "DROP" : "ACCEPT")}", [], MakerOf(rule.Rule.Origin) is var by && rule.Rule.Origin == Origin.NotDockers ? "" : by);
        string text = rule.Rule.Words ?? RuleText.Write(rule.Rule, family);
        IEnumerable<Match> deciding = met.Failing is { } failing ? [failing] : Deciding(rule.Rule);
        return new(MarkOf(met), met.Depth, $"{rule.Chain} {rule.Number}", text, TermsIn(text, deciding.Select(m => Term(m, family))), MakerOf(rule.Rule.Origin));
    }

    /// <summary>What a rule that was met did.</summary>
    public static RowMark MarkOf(MetRule met) => !met.Held ? RowMark.Skipped : met.Rule.Rule.Target switch
    {
        Target.Jump or Target.Goto => RowMark.Jump,
        Target.Return => RowMark.Return,
        Target.Accept => RowMark.Accepted,
        Target.Drop => RowMark.Dropped,
        Target.Reject => RowMark.Rejected,
        Target.Dnat or Target.Snat or Target.Masquerade or Target.Redirect => RowMark.Readdressed,
        _ => RowMark.LookedUp,
    };

    /// <summary>What of a rule that held is telling: ports and addresses before interfaces.</summary>
    private static IEnumerable<Match> Deciding(Rule rule)
    {
        var telling = rule.Matches.Where(m => m is Match.Destination or Match.DestinationPorts or Match.ConntrackState or Match.AddressType or Match.Multiport or Match.InSet or Match.Source { Negated: false } or Match.OriginalDestination or Match.Mark or Match.IcmpType).ToList();
        return telling.Count > 0 ? telling : rule.Matches.Where(m => m is Match.OutInterface { Negated: false } or Match.InInterface { Negated: false }).Take(2);
    }

    /// <summary>A condition as it stands in the rule's text, without "-m NAME".</summary>
    private static string Term(Match match, IpFamily family)
    {
        string text = RuleText.Write(new Rule { Matches = [match] }, family);
        if (!text.StartsWith("-m ", StringComparison.Ordinal)) return text;
        int second = text.IndexOf(' ', 3);
        return second < 0 ? text : text[(second + 1)..];
    }

    private static List<(int, int)> TermsIn(string text, IEnumerable<string> terms) =>
        [.. terms.Where(t => t.Length > 0).Select(t => (At: text.IndexOf(t, StringComparison.Ordinal), t.Length)).Where(t => t.At >= 0).Distinct().Order()];

    /// <summary>"docker run -p 4567 webapp", "docker network create app", "dockerd", "not Docker’s".</summary>
    private static string MakerOf(Origin origin)
    {
        string by = origin.Object;
        if (by.StartsWith("container ", StringComparison.Ordinal)) return origin.Option.Length > 0 ? $"docker run {origin.Option} {by[10..]}" : $"container {by[10..]}";
        if (by == "network bridge" && origin.Option.Length == 0) return "dockerd";
        if (by.StartsWith("network ", StringComparison.Ordinal)) return origin.Option.Length > 0 ? $"network {by[8..]}, {origin.Option}" : $"docker network create {by[8..]}";
        return by switch { "daemon" => origin.Option.Length > 0 ? $"dockerd, {origin.Option}" : "dockerd", "kernel" => "the kernel", "" => "not Docker’s", _ => origin.ToString() };
    }
}
