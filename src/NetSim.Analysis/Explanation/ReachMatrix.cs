using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>Can one end reach another?</summary>
/// <param name="From">Who asks.</param>
/// <param name="To">For whom: "db:6379", "db" for a ping.</param>
/// <param name="Protocol">"tcp", "udp", "icmp".</param>
/// <param name="Disposition">What becomes of it.</param>
public readonly record struct ReachCell(string From, string To, string Protocol, Disposition Disposition);

/// <summary>Who can reach whom, at every port that anything listens at: containers that run, the host, and the outside.</summary>
public static class ReachMatrix
{
    /// <summary>Asks for all pairs.</summary>
    public static IReadOnlyList<ReachCell> Of(Explainer explainer)
    {
        var t = explainer.Topology;
        var senders = t.Containers.Where(c => c.State == "running").Select(c => c.Name).ToList();
        if (t.Find("host") is not null) senders.Add("host");
        if (t.Find("outside") is not null) senders.Add("outside");
        var targets = Targets(t).Select(b => (b.To, b.Question, b.Question.Target, Protocol: b.Question.Protocol.ToString().ToLowerInvariant())).ToList();
        var rows = new List<ReachCell>[senders.Count];
        Parallel.For(0, senders.Count, explainer.Another, (i, _, own) =>
        {
            rows[i] = [.. targets.Where(b => b.To != senders[i]).Select(b => new ReachCell(senders[i], b.Target, b.Protocol, own.Judge(b.Question with { From = senders[i] })))];
            return own;
        }, _ => { });
        return [.. rows.SelectMany(r => r)];
    }

    /// <summary>The pairs whose fate changes; a pair that is new or gone counts when it is or was delivered.</summary>
    public static IReadOnlyList<(ReachCell Pair, Disposition? Before, Disposition? After)> Changes(IReadOnlyList<ReachCell> before, IReadOnlyList<ReachCell> after)
    {
        var old = before.ToDictionary(c => (c.From, c.To, c.Protocol), c => c.Disposition);
        var now = after.ToDictionary(c => (c.From, c.To, c.Protocol), c => c.Disposition);
        var list = new List<(ReachCell, Disposition?, Disposition?)>();
        foreach (var c in after)
            if (!old.TryGetValue((c.From, c.To, c.Protocol), out var was)) list.Add((c, null, c.Disposition));
            else if (was != c.Disposition) list.Add((c, was, c.Disposition));
        list.AddRange(before.Where(c => !now.ContainsKey((c.From, c.To, c.Protocol))).Select(c => (c, (Disposition?)c.Disposition, (Disposition?)null)));
        return list;
    }

    private static IEnumerable<(string To, Question Question)> Targets(Topology t)
    {
        foreach (var c in t.Containers.Where(c => c.State == "running" && t.Find(c.Namespace) is not null))
        {
            yield return (c.Name, new("", c.Name, null, AskedProtocol.Icmp));
            foreach (var (protocol, port) in Ports(t, c)) yield return (c.Name, new("", c.Name, port, protocol));
        }
        foreach (var p in t.Containers.SelectMany(c => c.Published).Where(p => p.Protocol is "tcp" or "udp").Select(p => (p.Protocol, p.HostPort)).Distinct().Order())
            yield return ("host", new("", "host", p.HostPort, p.Protocol == "udp" ? AskedProtocol.Udp : AskedProtocol.Tcp));
    }

    private static (AskedProtocol, Port)? Exposed(string port) =>
        port.Split('/') is [var number, var protocol] && protocol is "tcp" or "udp" && ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) ? (protocol == "udp" ? AskedProtocol.Udp : AskedProtocol.Tcp, new Port(n)) : null;

    /// <summary>Ports of a container: those that a socket listens at or that are published, and, where its sockets are not known, those that are exposed.</summary>
    private static IEnumerable<(AskedProtocol, Port)> Ports(Topology t, ContainerFacts c)
    {
        var listening = t[c.Namespace].Sockets.Where(s => s.Remote is null && !s.Address.IsLoopback && s.Protocol is IpProtocol.Tcp or IpProtocol.Udp && s.Program is not "dockerd").Select(s => (s.Protocol == IpProtocol.Udp ? AskedProtocol.Udp : AskedProtocol.Tcp, s.Port));
        var published = c.Published.Where(p => p.Protocol is "tcp" or "udp").Select(p => (p.Protocol == "udp" ? AskedProtocol.Udp : AskedProtocol.Tcp, p.ContainerPort));
        bool known = t[c.Namespace].Sockets.Count > 0 && !t[c.Namespace].Processes.Values.Any(p => p.Unmodelled);
        var exposed = known ? [] : c.Exposed.Select(Exposed).OfType<(AskedProtocol, Port)>();
        return listening.Concat(published).Concat(exposed).Distinct().OrderBy(p => p.Item1).ThenBy(p => p.Item2);
    }
}
