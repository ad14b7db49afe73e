using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Output;

/// <summary>What was asked of netsim run.</summary>
internal sealed record RunChoices(string Scenario, string? Engine, int Seed, bool Strict, bool Json, bool Quiet, bool Stepwise)
{
    /// <summary>What else is said of a Compose project.</summary>
    public ProjectWish Project { get; init; } = new();

    /// <summary>Is each change to be told?</summary>
    public bool ExplainSteps { get; init; }

    /// <summary>Folder of the recording, or null.</summary>
    public string? Record { get; init; }

    /// <summary>Docker lines that are tried on a bundle.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Capture file, or null.</summary>
    public string? Pcapng { get; init; }

    /// <summary>File of the trace, JSON lines or (by its name) NetSim's own, or null.</summary>
    public string? Trace { get; init; }

    /// <summary>The file that holds the trace while it is made, or null.</summary>
    public string? TraceFile => Trace?.EndsWith(RunExport.TraceFileExtension, StringComparison.OrdinalIgnoreCase) == true ? Trace : null;

    /// <summary>Still picture, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>Animation, or null.</summary>
    public string? Animation { get; init; }
}
