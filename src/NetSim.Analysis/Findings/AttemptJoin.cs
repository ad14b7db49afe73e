using NetSim.Analysis.Sightings;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Findings;

/// <summary>Finds the same attempt at several points: a SYN keeps its sequence number through NAT, a ping its number.</summary>
internal static class AttemptJoin
{
    private const long Together = 1_000_000_000;

    /// <summary>So long is waited for an answer before silence means something.</summary>
    private const long Patience = 900_000_000;

    public static IReadOnlyList<Attempt> Of(TrafficBook traffic)
    {
        long end = traffic.Points.SelectMany(p => p.Flows.Select(f => f.LastTime).Concat(p.Echoes.Values.Select(e => e.Last.Time))).DefaultIfEmpty(0).Max();
        var all = Tcp(traffic, end).Concat(Pings(traffic, end)).Concat(Datagrams(traffic, end));
        return [.. all.OrderBy(a => a.First.Mark.Time).ThenBy(a => a.First.Point.Number).ThenBy(a => a.First.Mark.Number)];
    }

    private static IEnumerable<Attempt> Tcp(TrafficBook traffic, long end)
    {
        var syns = traffic.Points.SelectMany(p => p.Flows).Where(f => f.Key.Protocol == IpProtocol.Tcp && f.HasSyn);
        foreach (var same in syns.GroupBy(f => f.Client.InitialSequence))
            foreach (var flows in Split(same.OrderBy(f => f.Client.Syn.Time).ThenBy(f => f.Point.Number), f => f.Client.Syn.Time))
                yield return Tcp(flows, end);
    }

    private static Attempt Tcp(List<SeenFlow> flows, long end)
    {
        var first = flows[0];
        var error = flows.SelectMany(f => f.Errors).FirstOrDefault(e => !e.IsTooBig);
        var refusal = flows.Select(f => f.HasSynAck ? null : f.Server.Rst).FirstOrDefault(r => r is not null);
        bool oneWay = first.Client.Packets > first.Client.Syns && first.Server.Packets == 0 && first.Client.Rst is null;
        var fate = first.HasSynAck ? AttemptFate.Answered
            : first.Server.Rst is not null ? AttemptFate.Refused
            : first.Errors.Any(e => e.IsPort) ? AttemptFate.Refused
            : first.Errors.Any(e => !e.IsTooBig) ? AttemptFate.Unreachable
            : oneWay || first.Server.Packets > 0 ? AttemptFate.Unknown
            : flows.Exists(f => f.HasSynAck) ? AttemptFate.AnswerLost
            : first.Client.Syns < 2 && end - first.Client.LastSyn.Time < Patience ? AttemptFate.Unknown
            : AttemptFate.Silent;
        return new(IpProtocol.Tcp, [.. flows.Select(f => new AttemptSighting(f.Point, f.Client.Syn, f.Key))], fate) { Refusal = refusal ?? error?.Mark, Error = error, Times = first.Client.Syns };
    }

    private static IEnumerable<Attempt> Pings(TrafficBook traffic, long end)
    {
        foreach (var same in traffic.Points.SelectMany(p => p.Echoes.Values).GroupBy(e => (e.Id, e.Destination)))
            foreach (var echoes in Split(same.OrderBy(e => e.First.Time).ThenBy(e => e.Point.Number), e => e.First.Time))
            {
                var first = echoes[0];
                var error = echoes.SelectMany(e => e.Errors).FirstOrDefault(e => !e.IsTooBig);
                var fate = first.Replies > 0 ? AttemptFate.Answered
                    : first.Errors.Any(e => !e.IsTooBig) ? AttemptFate.Unreachable
                    : first.Errors.Count > 0 ? AttemptFate.Unknown
                    : echoes.Exists(e => e.Replies > 0) ? AttemptFate.AnswerLost
                    : end - first.Last.Time < Patience && first.Requests < 2 ? AttemptFate.Unknown : AttemptFate.Silent;
                var protocol = first.Source.IsV6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp;
                yield return new(protocol, [.. echoes.Select(e => new AttemptSighting(e.Point, e.First, new(protocol, e.Source, default, e.Destination, default)))], fate) { Error = error, Refusal = error?.Mark, Times = first.Requests };
            }
    }

    /// <summary>UDP has no handshake: alone what ICMP says of it, and what was answered, is told; silence may be meant.</summary>
    private static IEnumerable<Attempt> Datagrams(TrafficBook traffic, long end)
    {
        var flows = traffic.Points.SelectMany(p => p.Flows).Where(f => f.Key.Protocol == IpProtocol.Udp && f.Client.Packets > 0);
        foreach (var same in flows.GroupBy(f => (f.Key.SourcePort, f.Key.Destination, f.Key.DestinationPort)))
            foreach (var seen in Split(same.OrderBy(f => f.Client.First.Time).ThenBy(f => f.Point.Number), f => f.Client.First.Time))
            {
                var first = seen[0];
                var error = first.Errors.FirstOrDefault(e => !e.IsTooBig);
                var fate = first.Server.Packets > 0 ? AttemptFate.Answered : error is null ? end - first.Client.Last.Time < Patience ? AttemptFate.Unknown : AttemptFate.Silent : error.IsPort ? AttemptFate.Refused : AttemptFate.Unreachable;
                yield return new(IpProtocol.Udp, [.. seen.Select(f => new AttemptSighting(f.Point, f.Client.First, f.Key))], fate) { Error = error, Refusal = error?.Mark, Times = (int)Math.Min(first.Client.Packets, int.MaxValue) };
            }
    }

    /// <summary>Sightings of one attempt lie close together, each at a point of its own.</summary>
    private static IEnumerable<List<T>> Split<T>(IEnumerable<T> ordered, Func<T, long> time)
    {
        List<T> group = [];
        foreach (var item in ordered)
        {
            if (group.Count > 0 && time(item) - time(group[0]) > Together)
            {
                yield return group;
                group = [];
            }
            group.Add(item);
        }
        if (group.Count > 0) yield return group;
    }
}
