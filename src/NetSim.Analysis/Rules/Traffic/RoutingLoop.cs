using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>Packets go in a circle until their time to live is used up.</summary>
internal sealed class RoutingLoop : Diagnosis
{
    public override string Name => "routing-loop";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var told in c.Points.SelectMany(p => p.Errors).Where(e => (e.IsV6 ? e.Type == 3 : e.Type == 11) && e.Code == 0 && e.About.Protocol == IpProtocol.Tcp).GroupBy(e => (e.About.Source, e.About.Destination)).Where(g => g.Select(e => e.From).Distinct().Count() == 1 && g.Count() > 1))
            yield return new(Name, Severity.Warning, $"packets of {c.Ends.Told(told.Key.Source)} to {c.Ends.Told(told.Key.Destination)} die of age at {c.Ends.Told(told.First().From)}: likely they go in a circle") { Evidence = [.. told.Take(3).Select(e => Evidence.Of(e.Mark))], Subject = $"{told.Key}", Advice = "follow them: traceroute; two routers whose routes point at each other make a circle" };
    }
}
