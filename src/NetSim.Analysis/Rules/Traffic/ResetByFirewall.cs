using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A reset that does not come from the other end itself: its time to live is another.</summary>
internal sealed class ResetByFirewall : Diagnosis
{
    public override string Name => "reset-by-firewall";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var f in FlowViews.Tcp(c).Select(s => s[0]))
            foreach (var (end, side) in FlowViews.Sides(f))
                if (side.Rst is { } rst && side.Packets > 1 && side.TimeToLive != 0 && Math.Abs(side.RstTimeToLive - side.TimeToLive) is > 0 and < 30 && f.IsEstablished && (side.Syns > 0 || side.DataSegments > 0))
                    yield return new(Name, Severity.Warning, $"the reset of {c.Ends.Told(f.Key.Source)} -> {c.Ends.Told(f.Key.Destination, f.Key.DestinationPort)} claims to be from {c.Ends.Told(end)}, but comes from elsewhere: its time to live is {side.RstTimeToLive}, that of {end}'s other packets {side.TimeToLive}; likely a firewall on the way")
                    {
                        Evidence = [Evidence.Of(rst), Evidence.Of(side.First)],
                        Advice = "look for REJECT --reject-with tcp-reset on the way (iptables-save | grep tcp-reset), or a middlebox that ends what it does not like",
                        Subject = f.Key.ToString(),
                    };
    }
}
