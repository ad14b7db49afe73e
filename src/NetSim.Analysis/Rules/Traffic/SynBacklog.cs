using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A server takes no more: SYNs arrive and are not answered while its other connections live.</summary>
internal sealed class SynBacklog : Diagnosis
{
    public override string Name => "syn-backlog";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        var tcp = c.Attempts.Where(a => a.Protocol == IpProtocol.Tcp).ToList();
        foreach (var place in tcp.GroupBy(a => (a.Last.Key.Destination, a.Last.Key.DestinationPort)))
        {
            var waiting = place.Where(a => a.Times > 1 && a.Fate is AttemptFate.Silent or AttemptFate.Answered && a.Times > 1).ToList();
            var alive = place.Where(a => a.Fate == AttemptFate.Answered && a.Times == 1).ToList();
            // Where the others were seen last, it has to have come too: else it was lost on the way.
            waiting.RemoveAll(w => !alive.Exists(a => a.Last.Point.Number == w.Last.Point.Number));
            if (waiting.Count == 0 || alive.Count < 2 || !waiting.Exists(w => alive.Exists(a => a.First.Mark.Time <= w.First.Mark.Time)) || HasLoss(c, place.Key.Destination)) continue;
            yield return new(Name, waiting.Exists(w => w.Fate == AttemptFate.Silent) ? Severity.Error : Severity.Warning, $"{c.Ends.Told(place.Key.Destination, place.Key.DestinationPort)} answered {alive.Count} connections and left {waiting.Count} SYNs unanswered that arrived meanwhile: its queue of connections that wait for accept() is full")
            {
                Evidence = [.. waiting.Take(3).Select(w => Evidence.Of(w.Last.Mark)), .. alive.Take(1).Select(w => Evidence.Of(w.Last.Mark))],
                Advice = "let the program accept faster (more workers), or make its queue longer: the backlog of listen(), bounded by net.core.somaxconn",
                Subject = $"{place.Key}",
            };
        }
    }

    private static bool HasLoss(DiagnosisCase c, Model.Addressing.IpAddress address) => FlowViews.Tcp(c).Any(s => s[0].Key.Destination == address && s[0].Client.SentAgain + s[0].Server.SentAgain > 2);
}
