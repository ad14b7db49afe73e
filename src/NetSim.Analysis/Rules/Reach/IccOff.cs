using NetSim.Analysis.Findings;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Containers of one network are kept apart (icc=false).</summary>
internal sealed class IccOff : ReachRule
{
    public override string Name => "icc-off";

    public override string? Because(ReachCase c) => c.Maker == "icc" ? $"{c.Answer.Rule!.Origin.Object} was made with icc=false, so its containers do not reach each other" : null;

    public override string? Advice(ReachCase c) => "make the network without enable_icc=false (icc in daemon.json for the default bridge), or publish the port and ask for it at the host";
}
