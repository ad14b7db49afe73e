using System.Globalization;
using NetSim.Analysis.Explanation;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Explaining;

/// <summary>An input in which somebody has just tried what a contract is about, for a picture of it.</summary>
public static class ProbedInput
{
    /// <summary>Runs a scenario and then the attempt; a bundle is shown as it is.</summary>
    /// <returns>What to draw, and the instant of the attempt in seconds of its trace (null: none).</returns>
    public static (Opened Opened, double? At) Open(InputWish wish, JudgedContract broken, CancellationToken cancel)
    {
        if (BundleOpening.IsBundle(wish.Path)) return (InputOpening.Open(wish.Path, wish.Engine, wish.Seed, cancel), null);
        var scenario = ScenarioOpening.Read(wish.Path, wish.Project);
        var question = broken.Explanation.Question;
        var probe = new ScenarioStep.Program(0, $"{question.From} → {question.Target}", broken.Contract.Text, question.From, Words(question));
        var result = ScenarioRun.Run(scenario with { Steps = [.. scenario.Steps, probe], Title = $"{broken.Contract.Text}: {broken.Explanation.Disposition.ToString().ToLowerInvariant()}" },
            new RunSettings { Engine = ScenarioOpening.Engine(wish.Engine), Seed = wish.Seed, Cancel = cancel });
        return (new(result.Trace, result.Scenario.Title, result.Engine.ToString(), result.Warnings), Instant(result));
    }

    /// <summary>When a packet of the attempt died; when none did, its last sighting.</summary>
    private static double? Instant(ScenarioResult result)
    {
        long began = result.Steps[^1].Began.Nanoseconds, zero = result.Trace.Count > 0 ? result.Trace.Row(0).Time : 0;
        var rows = result.Trace.Rows().Select(r => r.Row).Where(r => r.Time >= began && r.Packet >= 0).ToList();
        int died = rows.FindIndex(r => r.Kind == StepKind.Dropped && (DropReason)r.A is not (DropReason.OtherHost or DropReason.SamePort or DropReason.NotWanted));
        return rows.Count == 0 ? null : ((died >= 0 ? rows[died] : rows[^1]).Time - zero) / 1e9;
    }

    private static IReadOnlyList<string> Words(Question q)
    {
        string port = q.Port is { } p ? p.Number.ToString(CultureInfo.InvariantCulture) : "";
        return q.Protocol switch
        {
            AskedProtocol.Tcp => ["nc", "-z", "-w", "2", q.To, port],
            AskedProtocol.Udp => ["nc", "-u", "-z", "-w", "2", q.To, port],
            AskedProtocol.Dns => ["dig", "+search", "+tries=1", q.To],
            _ => ["ping", "-c", "1", "-W", "2", q.To],
        };
    }
}
