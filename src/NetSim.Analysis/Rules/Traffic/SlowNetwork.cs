using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>The way itself is long: the handshake takes as long as the answer.</summary>
internal sealed class SlowNetwork : Diagnosis
{
    public override string Name => "slow-network";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var flows in FlowViews.Tcp(c).Select(s => s[0]).Where(f => f.HandshakeTime >= Least && !LooksLikeBacklog(f)).GroupBy(f => (f.Key.Destination, f.Key.DestinationPort)))
        {
            var worst = flows.MinBy(f => f.HandshakeTime)!;
            bool near = Private(worst.Key.Source) && Private(worst.Key.Destination);
            yield return new(Name, near ? Severity.Warning : Severity.Note, $"the way from {c.Ends.Told(worst.Key.Source)} to {c.Ends.Told(worst.Key.Destination, worst.Key.DestinationPort)} takes {Units.Time(worst.HandshakeTime)} there and back (handshake){(worst.LongestWait > 0 && worst.LongestWait < 3 * worst.HandshakeTime ? $", and answers take hardly longer ({Units.Time(worst.LongestWait)}): the network is slow, not the program" : ": the network is slow")}")
            {
                Evidence = [Evidence.Of(worst.Client.Syn), Evidence.Of(worst.Server.Syn)],
                Advice = near ? "find the link with the delay: ping hop by hop, tc qdisc show" : "fewer round trips help: keep connections open, ask for more at once",
                Subject = $"{worst.Key.Destination} {worst.Key.DestinationPort}",
            };
        }
    }

    private const long Least = 30_000_000;

    /// <summary>One end of two on a host: 30 ms and more between them is not normal.</summary>
    private static bool Private(Model.Addressing.IpAddress a) => a.IsV4 ? a.V4 >> 24 == 10 || a.V4 >> 20 == 0xAC1 || a.V4 >> 16 == 0xC0A8 : a.IsLinkLocal;

    private static bool LooksLikeBacklog(SeenFlow f) => f.Client.Syns > 1 || f.Server.Syns > 1;
}
