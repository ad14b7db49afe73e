using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A port is used again while the old connection is not forgotten yet: the SYN is answered by an ACK or not at all.</summary>
internal sealed class PortsUsedAgain : Diagnosis
{
    public override string Name => "time-wait";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var p in c.Points)
            foreach (var again in p.Flows.Where(f => f.Key.Protocol == IpProtocol.Tcp && f.HasSyn).GroupBy(f => f.Key).Where(g => g.Count() > 1))
            {
                var list = again.OrderBy(f => f.Client.Syn.Time).ToList();
                for (int i = 1; i < list.Count; i++)
                    if (list[i].Client.Syn.Time - list[i - 1].LastTime < Minute && !list[i].HasSynAck && list[i - 1].HasSynAck)
                        yield return new(Name, Severity.Warning, $"{c.Ends.Told(again.Key.Source)} used port {again.Key.SourcePort} again towards {c.Ends.Told(again.Key.Destination, again.Key.DestinationPort)} after {Units.Time(list[i].Client.Syn.Time - list[i - 1].LastTime)}, while the old connection was not forgotten (TIME_WAIT), and was not let in")
                        {
                            Evidence = [Evidence.Of(list[i - 1].Last()), Evidence.Of(list[i].Client.Syn)],
                            Advice = "keep connections open instead of opening one for each question, or widen net.ipv4.ip_local_port_range",
                            Subject = again.Key.ToString(),
                        };
            }
    }

    private const long Minute = 60_000_000_000;
}
