using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Addressing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;

namespace NetSim.Workbench.Diagnosing;

/// <summary>What the steps of a run tell: pairs that a step tried and did not reach, and what the engine refused.</summary>
internal static class WantedSteps
{
    /// <summary>Pairs that failing steps name, unless a later step of the same command succeeded.</summary>
    public static IEnumerable<WantedPair> Pairs(ScenarioResult run)
    {
        foreach (var step in run.Steps.Where(s => s.ExitCode != 0))
            if (Question(step.Step) is { } question && !run.Steps.Any(o => o.Number > step.Number && o.ExitCode == 0 && o.Step.Command == step.Step.Command))
                yield return new(question, $"step {step.Number} tried it", new(Table: "steps", Row: $"{step.Number}: {step.Step.Command} (exit {step.ExitCode})"));
    }

    /// <summary>What was refused.</summary>
    public static IEnumerable<ToldError> Errors(ScenarioResult run) =>
        run.Steps.Where(s => s.ExitCode != 0 && s.Step is not ScenarioStep.Docker { MayFail: true }).Select(s => new ToldError(s.Step.Command, s.Error + s.Output, new(Table: "steps", Row: $"{s.Number}: {(s.Error + s.Output).Trim().Split('\n')[0]}")));

    /// <summary>Pairs that the expectations say are to fail.</summary>
    public static IEnumerable<(string From, string To)> Intended(ScenarioResult run)
    {
        foreach (var e in run.Scenario.Expectations.Where(e => e.Outcome is ExpectedOutcome.Dropped or ExpectedOutcome.Refused or ExpectedOutcome.Unresolved))
        {
            yield return (e.From, e.To);
            foreach (var c in run.Topology.Containers.Where(c => c.Labels.GetValueOrDefault("com.docker.compose.service") == e.From)) yield return (c.Name, e.To);
        }
    }

    private static Question? Question(ScenarioStep step) => step switch
    {
        ScenarioStep.Docker d when d.Arguments.Count > 1 && d.Arguments[0] == "exec" => Exec([.. d.Arguments.Skip(1)]),
        ScenarioStep.Program p => Ask(p.Namespace, p.Arguments),
        _ => null,
    };

    private static Question? Exec(List<string> words)
    {
        int at = 0;
        while (at < words.Count && words[at].StartsWith('-')) at += words[at] is "-e" or "-u" or "-w" or "--env" or "--user" or "--workdir" ? 2 : 1;
        return at + 1 < words.Count ? Ask(words[at], words[(at + 1)..]) : null;
    }

    private static Question? Ask(string from, IReadOnlyList<string> words)
    {
        if (words.Count < 2) return null;
        var plain = words.Skip(1).Where(w => !w.StartsWith('-')).ToList();
        bool udp = words.Contains("-u") || words.Contains("-zu") || words.Contains("-uz");
        switch (words[0])
        {
            case "curl" or "wget" when plain.FirstOrDefault(w => w.Contains("://", StringComparison.Ordinal)) is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri):
                return new(from, uri.Host.Trim('[', ']'), new((ushort)uri.Port), AskedProtocol.Tcp);
            case "ping" or "ping6": return new(from, plain[^1], null, AskedProtocol.Icmp);
            case "nc" or "ncat" when plain.Count >= 2 && ushort.TryParse(plain[^1], out ushort port): return new(from, plain[^2], new(port), udp ? AskedProtocol.Udp : AskedProtocol.Tcp);
            case "redis-cli" when After(words, "-h") is { } host: return new(from, host, new(ushort.TryParse(After(words, "-p"), out ushort p) ? p : (ushort)6379), AskedProtocol.Tcp);
            case "getent" or "nslookup" when plain.Count > 0: return IpAddress.TryParse(plain[^1], out _) ? null : new(from, plain[^1], null, AskedProtocol.Dns);
            default: return null;
        }
    }

    private static string? After(IReadOnlyList<string> words, string option)
    {
        for (int i = 0; i + 1 < words.Count; i++)
            if (words[i] == option) return words[i + 1];
        return null;
    }
}
