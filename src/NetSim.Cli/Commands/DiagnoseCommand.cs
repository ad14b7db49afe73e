using System.CommandLine;
using NetSim.Analysis.Statistics;
using NetSim.Cli.Output;
using NetSim.Workbench.Diagnosing;

namespace NetSim.Cli.Commands;

/// <summary>netsim diagnose: what is wrong, what proves it, and what mends it.</summary>
internal static class DiagnoseCommand
{
    private const string Help = "Finds faults of container networks in captures (of one point or of several), in a bundle or a scenario, together or alone: a sentence for each, the packets, rules and rows that prove it, "
        + "what was predicted, and what mends it. scenarios/faults/README.md explains every fault.\n\nExample: netsim diagnose web.pcap db.pcap --topology bundle/ --fail-on warning";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var inputs = new Argument<string[]>("INPUT") { Description = "captures (pcap or pcapng; - is standard input), a bundle (with its pcap/*), a scenario or a Compose file", Arity = ArgumentArity.OneOrMore };
        inputs.Validators.Add(UsageError.NoOptionAsValue);
        var topology = new Option<string?>("--topology") { Description = "the host on which the captures were taken", HelpName = "BUNDLE|SCENARIO" };
        var fail = new Option<string?>("--fail-on") { Description = "exit code 1 when there is a finding as bad as this, or worse", HelpName = "warning|error" };
        fail.AcceptOnlyFromAmong("warning", "error");
        var (engine, seed, format, quiet) = (SharedOptions.Engine(), SharedOptions.Seed(), SharedOptions.Format(), SharedOptions.Quiet());
        var command = new Command("diagnose", Help) { inputs, topology, fail, engine, seed, format, quiet };
        var project = new ProjectOptions();
        foreach (var o in project.All) command.Options.Add(o);
        command.SetAction(r =>
        {
            var wish = new DiagnosisWish { Paths = r.GetValue(inputs)!, Topology = r.GetValue(topology), Engine = r.GetValue(engine), Seed = r.GetValue(seed), Project = project.Read(r) };
            var diagnosed = DiagnosisRun.Of(wish, door.Interrupted);
            if (!r.GetValue(quiet)) door.Warn(diagnosed.Warnings);
            if (r.GetValue(format) == "json") DiagnosisJson.Write(door, diagnosed);
            else new DiagnosisText(door).Write(diagnosed);
            var limit = r.GetValue(fail) switch { "warning" => Severity.Warning, "error" => Severity.Error, _ => (Severity?)null };
            return limit is { } l && diagnosed.Findings.Any(f => f.Finding.Severity >= l) ? ExitCode.No : ExitCode.Yes;
        });
        return command;
    }
}
