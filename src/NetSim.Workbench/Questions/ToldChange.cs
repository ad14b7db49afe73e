using NetSim.Model.Tracing;

namespace NetSim.Workbench.Questions;

/// <summary>One thing that a command made or undid, told in a sentence.</summary>
/// <param name="Number">Counts from 1 in each step of the story.</param>
/// <param name="Kind">"lease", "namespace", "veth", "port", "address", "route", "file", "name", "dns", "rule", "chain", "proxy", "process", "network", "container", "interface", "sysctl".</param>
/// <param name="Text">The sentence.</param>
/// <param name="Undone">Was it taken away?</param>
/// <param name="Origin">Which object and option brought it, by which rule of the model.</param>
public sealed record ToldChange(int Number, string Kind, string Text, bool Undone, Origin Origin)
{
    /// <summary>What asked for it: "-p 8080:80"; empty when it always comes with the object.</summary>
    public string Why => Origin.Option;
}
