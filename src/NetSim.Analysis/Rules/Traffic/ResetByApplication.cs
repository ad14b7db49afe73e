using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A program ended a conversation by a reset.</summary>
internal sealed class ResetByApplication : Diagnosis
{
    public override string Name => "reset-by-application";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var flows in FlowViews.Tcp(c).Select(s => s[0]).Where(f => f.IsEstablished && f.Server.Rst is not null && f.Server.RstTimeToLive == f.Server.TimeToLive && ResetByTimeout.QuietBefore(f) < ResetByTimeout.Long).GroupBy(f => (f.Key.Destination, f.Key.DestinationPort)))
        {
            var f = flows.FirstOrDefault(Unanswered) ?? flows.First();
            bool felt = Unanswered(f);
            yield return new(Name, felt ? Severity.Warning : Severity.Note, $"{c.Ends.Told(f.Key.Destination, f.Key.DestinationPort)} reset {flows.Count()} open {(flows.Count() == 1 ? "connection" : "connections")} of {c.Ends.Told(f.Key.Source)}{(felt ? " without an answer to what was asked" : "")}: its program crashed, was killed, or closed with data unread")
            {
                Evidence = [.. flows.Take(3).Select(x => Evidence.Of(x.Server.Rst!.Value))],
                Advice = "look at what the program says at that time: docker logs; docker inspect -f '{{.State}}'",
                Subject = $"{f.Key.Destination} {f.Key.DestinationPort}",
            };
        }
    }

    /// <summary>Was data sent that the server did not answer?</summary>
    private static bool Unanswered(SeenFlow f) => f.Client.Rst is null && f.Client.DataSegments is > 0 and <= Few && (f.Client.Fin is null && f.Server.Fin is null && f.Asked >= 0 || f.Server.DataSegments == 0 && f.HasSyn);

    /// <summary>More is no question, but a stream that is broken off on purpose.</summary>
    private const int Few = 20;
}
