using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;

namespace NetSim.Workbench.Analysing;

/// <summary>Captures, analysed.</summary>
/// <param name="Captures">Each for itself, in the order given.</param>
/// <param name="Together">All of them as one, packets that several show told once; null for a single capture.</param>
/// <param name="Names">What addresses are called, where a topology was given.</param>
/// <param name="Warnings">Sentences for standard error.</param>
/// <param name="IsInterrupted">Did the user end it before the end?</param>
public sealed record Analysed(IReadOnlyList<AnalysedCapture> Captures, AnalysedCapture? Together, IReadOnlyDictionary<IpAddress, string> Names, IReadOnlyList<string> Warnings, bool IsInterrupted);

/// <summary>A capture, analysed.</summary>
/// <param name="Name">The file as the user named it.</param>
/// <param name="Format">"pcapng".</param>
/// <param name="Statistics">What its packets add up to.</param>
/// <param name="Interfaces">Where it was taken, as far as the file says.</param>
/// <param name="Error">Where the file is cut or damaged, or null.</param>
public sealed record AnalysedCapture(string Name, string Format, CaptureStatistics Statistics, IReadOnlyList<AnalysedInterface> Interfaces, string? Error);

/// <summary>An interface of a capture.</summary>
/// <param name="Name">"eth0"; empty when the file does not say.</param>
/// <param name="LinkType">"Ethernet (1)".</param>
/// <param name="Lost">Packets that the file says were lost.</param>
public sealed record AnalysedInterface(string Name, string LinkType, long Lost);
