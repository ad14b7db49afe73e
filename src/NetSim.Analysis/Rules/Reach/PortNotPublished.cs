using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>From outside, a port of a container that is not published.</summary>
internal sealed class PortNotPublished : ReachRule
{
    public override string Name => "port-not-published";

    public override string? Because(ReachCase c) => c.Question.From == "outside" && c.Target is { } to && c.Question.To is not "host" && !c.IsTranslated && c.IsClosed && (c.Question.Port is not { } port || to.Published.All(p => p.ContainerPort != port))
        ? c.Question.Port is { } asked ? $"{to.Name} does not publish port {asked}" : $"from outside a container is reached by its published ports alone" : null;

    public override string? Advice(ReachCase c) => c.Question.Port is { } port ? $"run {c.Target!.Name} again with -p {port}:{port}, and ask for the host" : null;
}
