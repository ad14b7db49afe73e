using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Any input, opened: a trace and how to call it.</summary>
/// <param name="Trace">Topology and packets.</param>
/// <param name="Title">The scenario's title, or the file's name.</param>
/// <param name="Engine">"28.5.2"; empty when it is not known.</param>
/// <param name="Warnings">Sentences for standard error.</param>
public sealed record Opened(Trace Trace, string Title, string Engine, IReadOnlyList<string> Warnings);
