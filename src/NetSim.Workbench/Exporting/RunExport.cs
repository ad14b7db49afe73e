using NetSim.Workbench.Opening;
using NetSim.Workbench.Recording;

namespace NetSim.Workbench.Exporting;

/// <summary>Writes what was asked for of a run: each file whole or not at all.</summary>
public static class RunExport
{
    /// <summary>What the name of a trace in NetSim's own form ends in; by any other name it is JSON lines.</summary>
    public const string TraceFileExtension = Tracing.TraceFile.Extension;

    /// <summary>All packets of all interfaces, as pcapng.</summary>
    /// <exception cref="Model.Input.MachineException">The file can't be written there.</exception>
    public static void Pcapng(Simulated run, string path) => WholeFile.Write(path, s => TracePcapng.Write(run.Trace, run.Trace.ZeroUnixNanoseconds, s));

    /// <summary>All events, as JSON lines.</summary>
    /// <exception cref="Model.Input.MachineException">The file can't be written there.</exception>
    public static void Trace(Simulated run, string path) => WholeFile.Write(path, s => TraceJson.Write(run.Trace, s));

    /// <summary>The same of anything that was opened.</summary>
    /// <exception cref="Model.Input.MachineException">The file can't be written there.</exception>
    public static void Trace(Opened what, string path) => WholeFile.Write(path, s => TraceJson.Write(what.Trace, s));

    /// <summary>What the engine looks like at the end, as a folder.</summary>
    /// <exception cref="Model.Input.MachineException">The folder can't be written.</exception>
    public static void Recording(Simulated run, string folder) => RecordingFolder.Write(run.Result, folder);
}
