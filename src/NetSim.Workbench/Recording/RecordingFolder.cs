using System.Globalization;
using System.Text.Json.Nodes;
using NetSim.Model.Input;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;

namespace NetSim.Workbench.Recording;

/// <summary>A folder that tells what an engine looked like after a scenario, in the layout that recordings of real engines have.</summary>
internal static class RecordingFolder
{
    /// <summary>Writes a run; files of an earlier recording in the folder are replaced.</summary>
    /// <exception cref="MachineException">The folder can't be written.</exception>
    public static void Write(ScenarioResult run, string folder)
    {
        try
        {
            Clear(folder);
            Directory.CreateDirectory(folder);
            StateFiles.Dump(folder, "steps.json", Steps(run));
            foreach (var books in run.Books)
                StateFiles.Write(Topology(run, books), books, books.Label.Length == 0 ? folder : Path.Combine(folder, "snap-" + books.Label));
            CaptureFiles.Write(run, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{folder} can't be written: {e.Message}", "");
        }
    }

    private static Model.Topology.Topology Topology(ScenarioResult run, BooksAt books) =>
        books.Label.Length == 0 ? run.Topology : Model.Topology.Topology.At(run.Trace, books.Time);

    /// <summary>Only what a recording is made of goes; anything else in the folder is not ours.</summary>
    internal static void Clear(string folder)
    {
        foreach (string sub in new[] { "pcap", "containers" })
            if (Directory.Exists(Path.Combine(folder, sub)))
                foreach (string f in Directory.GetFiles(Path.Combine(folder, sub), sub == "pcap" ? "*.pcap" : "*.json")) File.Delete(f);
    }

    private static JsonArray Steps(ScenarioResult run)
    {
        var steps = new JsonArray();
        foreach (var s in run.Steps)
        {
            if (s.Step is ScenarioStep.Sleep or ScenarioStep.Snapshot or ScenarioStep.DaemonRestart) continue;
            var o = new JsonObject { ["line"] = s.Step.Line, ["command"] = s.Step.Command };
            if (s.Step is ScenarioStep.Fault fault) o["how"] = fault.Plan is FaultPlan.Relay ? "relay" : "fault";
            else Result(o, s, run.Trace);
            steps.Add((JsonNode)o);
        }
        return steps;
    }

    private static void Result(JsonObject o, StepResult s, Trace trace)
    {
        o["rc"] = s.ExitCode;
        o["stdout"] = s.Output;
        o["stderr"] = s.Error;
        o["t0"] = Seconds(trace, s.Began);
        o["t1"] = Seconds(trace, s.Ended);
    }

    private static JsonNode Seconds(Trace trace, SimTime time) =>
        JsonNode.Parse(((decimal)(trace.ZeroUnixNanoseconds + time.Nanoseconds) / 1_000_000_000).ToString("0.000000", CultureInfo.InvariantCulture))!;
}
