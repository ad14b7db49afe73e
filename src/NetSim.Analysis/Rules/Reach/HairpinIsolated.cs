using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A published port that another Docker network asks for at the host's address: translated first, then kept apart.</summary>
internal sealed class HairpinIsolated : ReachRule
{
    public override string Name => "hairpin-isolated";

    public override string? Because(ReachCase c) => c.Sender is { } from && c.IsTranslated && c.IsClosed
        ? $"the published port is translated to the container before the firewall looks, and {c.Question.From} is on another network (without docker-proxy nobody stands between them)" : null;

    public override string? Advice(ReachCase c) => "ask for the container by its name on a network that both are on, or turn userland-proxy on again";
}
