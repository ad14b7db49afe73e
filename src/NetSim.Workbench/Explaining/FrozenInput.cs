using NetSim.Analysis.Explanation;
using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Explaining;

/// <summary>An input at its end state, ready to be asked who can reach whom.</summary>
public sealed class FrozenInput
{
    private FrozenInput(Topology topology, string engine, bool proven, IReadOnlyList<string> warnings, bool socketsKnown)
    {
        (Engine, EngineIsProven, Warnings) = (engine, proven, warnings);
        Explainer = new(topology, new WorldDns(), socketsKnown);
    }

    /// <summary>Answers questions.</summary>
    public Explainer Explainer { get; }

    /// <summary>"28.5.2"; empty when it is not known.</summary>
    public string Engine { get; }

    /// <summary>Is the engine's model proven against recordings of a real one?</summary>
    public bool EngineIsProven { get; }

    /// <summary>What is not modelled, or had to be guessed.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>A run at its end.</summary>
    public static FrozenInput Of(Simulated run) => Of(run.Result);

    /// <summary>Opens a scenario (and runs it) or a bundle.</summary>
    /// <param name="wish">The input, and what is said about it.</param>
    /// <param name="with">Lines that are run after it: "docker network connect back web".</param>
    /// <param name="cancel">Ends the run.</param>
    /// <exception cref="InputException">It can't be read, is a capture, or a line can't be run.</exception>
    public static FrozenInput Open(InputWish wish, IReadOnlyList<string> with, CancellationToken cancel)
    {
        string path = wish.Path;
        if (BundleOpening.IsBundle(path)) return Bundle(wish, with);
        if (InputOpening.IsCapture(path)) throw new InputException(path, "", "this is a capture, which shows what happened and not what would; name a scenario or a bundle");
        var version = ScenarioOpening.Engine(wish.Engine);
        var scenario = ScenarioOpening.Read(path, wish.Project);
        var result = ScenarioRun.Run(scenario with { Steps = [.. scenario.Steps, .. with.Select(Line)] }, new RunSettings { Engine = version, Seed = wish.Seed, Cancel = cancel });
        foreach (var s in result.Steps.TakeLast(with.Count).Where(s => s.ExitCode != 0))
            throw new InputException("--with", "", $"\"{s.Step.Command}\" fails: {(s.Error + s.Output).Trim().Split('\n')[0]}");
        return Of(result);
    }

    internal static FrozenInput Of(ScenarioResult result) => new(result.Topology, result.Engine.ToString(), result.Engine.IsProven, result.Warnings, socketsKnown: true);

    private static FrozenInput Bundle(InputWish wish, IReadOnlyList<string> with)
    {
        var bundle = BundleOpening.Read(wish.Path, wish.Engine);
        var topology = bundle.Topology();
        var warnings = bundle.Warnings.ToList();
        foreach (string line in with) BundleChange.Make(bundle.Engine.Engine, topology, line, warnings);
        return new(topology, bundle.Version, EngineVersion.TryParse(bundle.Version, out var v) && v.IsProven, warnings, socketsKnown: false);
    }

    private static ScenarioStep Line(string text)
    {
        string line = text.StartsWith("iptables", StringComparison.Ordinal) || text.StartsWith("ip6tables", StringComparison.Ordinal) || text.StartsWith("sysctl", StringComparison.Ordinal) ? "host " + text : text;
        var read = ScenarioReader.Read("--with.sh", line + "\n");
        return read.Steps is [not ScenarioStep.Unmodelled and var step] ? step : throw new InputException("--with", "", $"\"{text}\" is no line that NetSim runs; it begins with docker, host, outside or iptables");
    }
}
