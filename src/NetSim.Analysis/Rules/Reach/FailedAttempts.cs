using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Conversations that somebody began and that failed: by which fault, where the model tells it; else how, and where they were seen last.</summary>
internal sealed class FailedAttempts : Diagnosis
{
    private const int MostEvidence = 4;

    /// <summary>More failed places of one client than these are a search for open ports.</summary>
    private const int MostPlaces = 6;

    public override string Name => "failed-attempts";

    public override IReadOnlyList<string> Names => ["tcp-unanswered", "tcp-refused", "udp-refused", "rejected", "icmp-unreachable", "answer-lost", "ping-unanswered", "stale-arp", "conntrack-stale", "not-masqueraded", "wrong-gateway", "many-failures", "unreachable"];

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        var failed = c.Attempts.Where(a => a.Fate is AttemptFate.Silent or AttemptFate.Refused or AttemptFate.Unreachable or AttemptFate.AnswerLost && a.Key.DestinationPort.Number != 53);
        var answered = c.Attempts.Where(a => a.Fate == AttemptFate.Answered).ToLookup(a => (a.Protocol, c.Ends.Owner(a.Key.Source) ?? a.Key.Source.ToString(), a.Key.Destination, a.Key.DestinationPort));
        var served = c.Attempts.Where(a => a.Fate == AttemptFate.Answered).ToLookup(a => (a.Protocol, a.Key.Destination, a.Key.DestinationPort));
        foreach (var client in failed.GroupBy(a => (a.Protocol, Client: c.Ends.Sender(a.Key.Source) ?? a.Key.Source.ToString())))
        {
            var places = client.GroupBy(a => (a.Key.Destination, a.Key.DestinationPort, a.Fate)).ToList();
            if (places.Count > MostPlaces && c.Model is null)
            {
                yield return Search(client.Key.Client, places);
                continue;
            }
            foreach (var place in places)
            {
                var worst = place.First();
                bool later = answered[(worst.Protocol, c.Ends.Owner(worst.Key.Source) ?? worst.Key.Source.ToString(), worst.Key.Destination, worst.Key.DestinationPort)].Any(a => a.First.Mark.Time > place.Last().First.Mark.Time);
                bool others = served[(worst.Protocol, worst.Key.Destination, worst.Key.DestinationPort)].Any();
                if (Of(c, [.. place], client.Key.Client, later, others) is { } finding) yield return finding;
            }
        }
    }

    private static Finding Search<T>(string client, List<IGrouping<T, Attempt>> places) => new("many-failures", Severity.Note, $"{client} tried {places.Count} places that did not answer or refused; such as a search for open ports does")
    {
        Evidence = [.. places.Take(MostEvidence).Select(p => Evidence.Of(p.First().First.Mark))],
        Subject = client,
    };

    private static Finding? Of(DiagnosisCase c, IReadOnlyList<Attempt> attempts, string client, bool later, bool others)
    {
        var a = attempts[0];
        if (c.IsIntended(client, a.Target)) return null;
        var answer = Predict(c, a);
        bool udp = a.Protocol == IpProtocol.Udp;
        if (answer is not null && answer.Disposition is not (Disposition.Delivered or Disposition.Unknown))
        {
            if (answer.Reason == "broadcasts are not answered") return null;
            var named = ReachNaming.Of(answer, c.Model!.Topology, Seen(attempts));
            if (named.Rule == "stale-address" && a.Fate == AttemptFate.Silent) named = named with { Rule = "stale-arp", Advice = "ask by name, which is gone at once; the ARP cache forgets by itself within a minute (ip neigh flush all)", Sentence = $"{client} still sends to {c.Ends.Told(a.Key.Destination)} by a MAC address from its ARP cache that nobody has any more; nobody answers" };
            named = named with { Sentence = $"{named.Sentence}{Count(attempts)}", Predicted = $"{Word(answer)} by the model, and so it was seen: {Last(a)}" };
            return later ? named with { Severity = Severity.Note } : named;
        }
        if (udp && a.Fate == AttemptFate.Silent || answer is null && c.Model is not null && c.Ends.Sender(a.Key.Source) is null && c.Ends.Owner(a.Key.Destination) is null) return null;
        var finding = AttemptWords.Tell(c, attempts, client, Seen(attempts));
        if (udp && answer?.Disposition == Disposition.Delivered && a.Error is { IsPort: true } error && c.Ends.Owner(error.From) == "host" && c.Ends.Owner(a.Key.Destination) == "host")
            finding = finding with
            {
                Rule = "conntrack-stale",
                Severity = Severity.Error,
                Sentence = $"datagrams of {client} to the published port {a.Key.DestinationPort} came to the host itself, which says that nobody listens: likely connection tracking still knew the conversation from before the port was published",
                Commands = [$"conntrack -D -p udp --orig-port-dst {a.Key.DestinationPort}"],
                Advice = "it forgets by itself after 30 s without datagrams",
            };
        if (NotMasqueraded.Of(c, a, finding) is { } bare) finding = bare;
        if (later) finding = finding with { Severity = c.IsSimulated || a.Fate == AttemptFate.Refused ? Severity.Note : Severity.Warning, Sentence = finding.Sentence + "; later it was answered" };
        else if (others && a.Fate is AttemptFate.Silent) finding = finding with { Severity = Severity.Warning, Sentence = finding.Sentence + "; others were answered there" };
        if (later && a.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && later) finding = finding with { Severity = Severity.Note };
        if (answer?.Disposition == Disposition.Unknown) return finding with { Predicted = $"not known by the model: {answer.Reason}" };
        return answer is null ? finding : finding with { Predicted = $"{Word(answer)} by the model{(c.IsSimulated ? "'s end state" : "")}; {Parted(c, a, answer)}" };
    }

    private static string Word(Explanation.Explanation e) => e.Disposition.ToString().ToLowerInvariant();

    private static string Count(IReadOnlyList<Attempt> attempts) => attempts.Count == 1 ? "" : $" ({attempts.Count} times)";

    private static string Last(Attempt a) => a.Sightings.Count > 1 ? $"last at {a.Last.Point.Name}" : $"at {a.First.Point.Name}";

    /// <summary>Where what was seen first parted from what was predicted: the next place of the prediction after the last sighting.</summary>
    private static string Parted(DiagnosisCase c, Attempt a, Explanation.Explanation answer)
    {
        if (a.Fate is AttemptFate.Refused or AttemptFate.Unreachable) return "but it was turned down";
        var last = a.Last.Point.Place;
        int at = last is null ? -1 : answer.Hops.ToList().FindLastIndex(h => h.Namespace == last.Namespace && (h.Interface ?? "") == last.Interface);
        string next = at >= 0 && at + 1 < answer.Hops.Count ? $", and it did not come to {answer.Hops[at + 1].Namespace}{(answer.Hops[at + 1].Interface is { } i ? " " + i : "")}" : "";
        return a.Fate == AttemptFate.AnswerLost ? $"but the answer was lost after {c.Ends.Told(a.Last.Key.Destination)} gave it" : $"but it was last seen at {a.Last.Point.Name}{next}";
    }

    private static Explanation.Explanation? Predict(DiagnosisCase c, Attempt a)
    {
        if (c.Model is not { } model || c.Ends.Sender(a.Key.Source) is not { } from) return null;
        var protocol = a.Protocol switch { IpProtocol.Tcp => AskedProtocol.Tcp, IpProtocol.Udp => AskedProtocol.Udp, _ => AskedProtocol.Icmp };
        try
        {
            return model.Explain(new(from, a.Key.Destination.ToString(), protocol == AskedProtocol.Icmp ? null : a.Key.DestinationPort, protocol));
        }
        catch (Model.Input.InputException)
        {
            return null; // a sender that is gone
        }
    }

    private static IEnumerable<Evidence> Seen(IReadOnlyList<Attempt> attempts)
    {
        var marks = attempts.Take(2).SelectMany(a => (PacketMark?[])[a.First.Mark, a.Sightings.Count > 1 ? a.Last.Mark : null, a.Refusal]).OfType<PacketMark>();
        return marks.Take(MostEvidence).Select(Evidence.Of);
    }
}
