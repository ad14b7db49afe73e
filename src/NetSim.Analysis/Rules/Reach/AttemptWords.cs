using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Tells a failed attempt from packets alone.</summary>
internal static class AttemptWords
{
    public static Finding Tell(DiagnosisCase c, IReadOnlyList<Attempt> attempts, string client, IEnumerable<Evidence> seen)
    {
        var a = attempts[0];
        bool ports = a.Protocol is IpProtocol.Tcp or IpProtocol.Udp;
        string to = ports ? c.Ends.Told(a.Key.Destination, a.Key.DestinationPort) : c.Ends.Told(a.Key.Destination);
        string times = attempts.Count == 1 ? "" : $" ({attempts.Count} times)";
        var (rule, severity, sentence, advice) = a.Fate switch
        {
            AttemptFate.Refused when a.Protocol == IpProtocol.Udp => ("udp-refused", Severity.Warning, $"nobody listens at {to} for datagrams of {client}: {a.Error!.From} says port unreachable", (string?)null),
            AttemptFate.Refused => ("tcp-refused", Severity.Error, $"{to} refuses {client}{times}: nobody listens there{c.Unsure}", "look what listens there: ss -ltn"),
            AttemptFate.Unreachable when a.Error!.IsForbidden => ("rejected", Severity.Error, $"{a.Error.From} rejects what {client} sends to {to}{times}: a firewall forbids it{c.Unsure}", "look for a REJECT rule there: iptables-save | grep REJECT"),
            AttemptFate.Unreachable => ("icmp-unreachable", Severity.Error, $"{a.Error!.From} says that {to} is unreachable for {client}{times}", "look at the route and the ARP table there: ip route; ip neigh"),
            AttemptFate.AnswerLost => ("answer-lost", Severity.Error, $"{to} answers {client}, and the answer does not come back{times}: the way back is another, or something on it drops{c.Unsure}", "compare the routes at both ends: ip route get"),
            _ => ports ? ("tcp-unanswered", Severity.Error, $"{client} gets no answer from {to}{Tries(a)}{times}; {Where(a)}{c.Unsure}", "capture at the next place on the way, and look at the counters of the firewall: iptables -vnL") :
                ("ping-unanswered", Severity.Warning, $"{client} gets no answer to pings from {to}{times}; {Where(a)}{c.Unsure}", null),
        };
        return new(rule, severity, sentence) { Evidence = [.. seen], Advice = advice, Subject = $"{client} {a.Target} {a.Protocol}" };
    }

    private static string Tries(Attempt a) => a.Times > 1 ? $", though it sent SYN {a.Times} times" : "";

    private static string Where(Attempt a)
    {
        var points = a.Sightings.Select(s => s.Point).DistinctBy(p => p.Number).ToList();
        return points.Count > 1 ? $"it was last seen at {points[^1].Name}" : $"it was seen at {points[0].Name}{(points[0].Place is null ? "" : " alone")}";
    }
}
