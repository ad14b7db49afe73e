using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>The network is quick and the server slow: the handshake is short against the wait for the answer.</summary>
internal sealed class SlowAnswers : Diagnosis
{
    public override string Name => "slow-server";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var flows in FlowViews.Tcp(c).Select(s => s[0]).Where(IsSlow).GroupBy(f => (f.Key.Destination, f.Key.DestinationPort)))
        {
            var worst = flows.MaxBy(f => f.LongestWait)!;
            yield return new(Name, Severity.Warning, $"{c.Ends.Told(worst.Key.Destination, worst.Key.DestinationPort)} let {c.Ends.Told(worst.Key.Source)} wait {Units.Time(worst.LongestWait)} for an answer, while the handshake took {Units.Time(worst.HandshakeTime)}: the network is quick, the program is slow")
            {
                Evidence = [Evidence.Of(worst.Client.Syn), Evidence.Of(worst.WaitFrom), Evidence.Of(worst.WaitTo)],
                Advice = "look into the program and what it waits for itself (its database, its DNS, its disk); nothing of the network mends it",
                Subject = $"{worst.Key.Destination} {worst.Key.DestinationPort}",
            };
        }
    }

    private const long Long = 1_000_000_000;

    private static bool IsSlow(SeenFlow f) => f.HandshakeTime >= 0 && f.LongestWait >= Long && f.LongestWait > 10 * f.HandshakeTime && f.LongestWait < 60 * Long && !f.LostWhileWaiting && f.Client.ZeroWindows + f.Server.ZeroWindows == 0;
}
