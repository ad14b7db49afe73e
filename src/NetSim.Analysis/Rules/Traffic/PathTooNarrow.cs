using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules.Tables;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A router says that packets are too big for the way on.</summary>
internal sealed class PathTooNarrow : Diagnosis
{
    public override string Name => "packet-too-big";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var told in c.Points.SelectMany(p => p.Errors).Where(e => e.IsTooBig).GroupBy(e => (e.From, e.About.Destination)))
        {
            var e = told.First();
            yield return new(Name, Severity.Note, $"{c.Ends.Told(e.From)} says that packets of {c.Ends.Told(e.About.Source)} to {c.Ends.Told(e.About.Destination)} are too big: {(e.Mtu > 0 ? $"{e.Mtu} bytes pass" : "it does not say what passes")}; the sender learns and sends smaller ones")
            {
                Evidence = [.. told.Take(2).Select(x => Evidence.Of(x.Mark)), .. MtuMismatch.Rows(c)],
                Advice = $"nothing needs to be done while ICMP passes; a network made with -o com.docker.network.driver.mtu={(e.Mtu > 0 ? e.Mtu : 1400)} needs no learning",
                Subject = $"{e.From} {e.About.Destination}",
            };
        }
    }
}
