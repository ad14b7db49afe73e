using NetSim.Analysis.Findings;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Diagnosing;

/// <summary>What is asked of a diagnosis.</summary>
public sealed record DiagnosisWish
{
    /// <summary>Captures, a bundle (with its pcap/*, where there are some), a scenario; at least one, and of bundle and scenario at most one.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>A bundle or scenario on which the captures were taken, or null.</summary>
    public string? Topology { get; init; }

    /// <summary>The engine's version as a person wrote it, or null.</summary>
    public string? Engine { get; init; }

    /// <summary>For how many findings a remedy is looked for by trying it on the model; each try runs it again.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Makes a scenario's chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is said of a Compose project, or null.</summary>
    public ProjectWish? Project { get; init; }
}

/// <summary>A finding and what mends it.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Remedy">Tried on the model where there is one; null when nothing is known to help.</param>
public sealed record DiagnosedFinding(Finding Finding, Remedy? Remedy);

/// <summary>The outcome of a diagnosis.</summary>
/// <param name="Title">What was looked at.</param>
/// <param name="HasModel">Was there a bundle or a scenario?</param>
/// <param name="Packets">Packets that were looked at.</param>
/// <param name="Points">Points where they were seen.</param>
/// <param name="IsSimulated">Are they those of a scenario's run? Then their numbers are those of `netsim run --pcapng`.</param>
/// <param name="Findings">The worst first.</param>
/// <param name="Warnings">Sentences for standard error.</param>
public sealed record Diagnosed(string Title, bool HasModel, long Packets, int Points, bool IsSimulated, IReadOnlyList<DiagnosedFinding> Findings, IReadOnlyList<string> Warnings);
