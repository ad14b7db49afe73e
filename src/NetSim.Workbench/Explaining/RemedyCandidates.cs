using NetSim.Analysis.Explanation;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Explaining;

/// <summary>Commands that might mend a failure, the smallest first.</summary>
internal static class RemedyCandidates
{
    /// <summary>The candidates for an answer.</summary>
    public static IEnumerable<(IReadOnlyList<string> Commands, string Advice)> For(Explanation answer, Topology topology)
    {
        var (from, to) = (Container(topology, answer.Question.From), Target(answer, topology));
        if (from is { State: "exited" or "created" }) yield return ([$"docker start {from.Name}"], $"starts {from.Name}");
        if (to is { State: "exited" or "created" }) yield return ([$"docker start {to.Name}"], $"starts {to.Name}");
        if (answer.Rule is { } foreign && foreign.Origin == Origin.NotDockers)
            foreach (var c in Foreign(foreign)) yield return c;
        if (answer.DecidedIn == "host" && answer.Reason?.Contains("ip_forward", StringComparison.Ordinal) == true) yield return (["sysctl -w net.ipv4.ip_forward=1"], "lets the host pass packets on again");
        if (from is not null && to is not null && answer.Disposition is not Disposition.Refused)
            foreach (var c in Joined(topology, from, to)) yield return c;
        if (answer.Rule is { Table: "filter" } rule && from is not null && to is not null && Addresses(topology, from, to) is { } pair)
            yield return ([$"iptables -I DOCKER-USER -s {pair.From} -d {pair.To} -j ACCEPT", $"iptables -I DOCKER-USER -s {pair.To} -d {pair.From} -j ACCEPT"], $"accepts these two before {rule.Chain} is asked");
        if (from is not null && answer.Question.To == "outside" && topology.Networks.Exists(n => n is { Name: "bridge", Internal: false })) yield return ([$"docker network connect bridge {from.Name}"], $"gives {from.Name} a network with a way out");
    }

    /// <summary>Advice where no command mends it.</summary>
    public static string? AdviceFor(Explanation answer, Topology topology)
    {
        var to = Target(answer, topology);
        if (answer.Disposition == Disposition.Refused && answer.Reason?.Contains(" only)", StringComparison.Ordinal) == true) return "let the program listen at 0.0.0.0 (or ::) instead of one address";
        if (answer.Disposition == Disposition.Refused) return $"start a program that listens at port {answer.Question.Port}, or ask for the port that one listens at";
        if (to is not null && answer.Question.From is "outside" && answer.Question.Port is { } port) return $"publish the port: run {to.Name} again with -p {port}:{port}, and ask for the host";
        return null;
    }

    /// <summary>A rule that somebody else wrote.</summary>
    private static IEnumerable<(IReadOnlyList<string>, string)> Foreign(FilterDetail rule)
    {
        string table = rule.Table == "filter" ? "" : $"-t {rule.Table} ";
        if (rule.RuleNumber > 0 && !rule.Table.Contains(' ', StringComparison.Ordinal)) yield return ([$"iptables {table}-D {rule.Chain} {rule.RuleText}"], "takes away a rule that Docker did not make");
        else yield return ([$"iptables {table}-P {rule.Chain} ACCEPT"], $"gives {rule.Chain} the policy ACCEPT");
    }

    /// <summary>A network that both are on.</summary>
    private static IEnumerable<(IReadOnlyList<string>, string)> Joined(Topology t, ContainerFacts from, ContainerFacts to)
    {
        var mine = t.Endpoints.Where(e => e.Container == from.Name).Select(e => e.Network).ToHashSet(StringComparer.Ordinal);
        var theirs = t.Endpoints.Where(e => e.Container == to.Name).Select(e => e.Network).ToList();
        foreach (string n in theirs.Where(n => n is not ("bridge" or "host" or "none") && !mine.Contains(n))) yield return ([$"docker network connect {n} {from.Name}"], $"puts {from.Name} on network {n} too, where {to.Name} is");
        foreach (string n in mine.Order(StringComparer.Ordinal).Where(n => n is not ("bridge" or "host" or "none") && !theirs.Contains(n))) yield return ([$"docker network connect {n} {to.Name}"], $"puts {to.Name} on network {n} too, where {from.Name} is");
        string name = Enumerable.Range(0, 100).Select(i => i == 0 ? "shared" : $"shared{i}").First(n => !t.Networks.Exists(x => x.Name == n));
        yield return ([$"docker network create {name}", $"docker network connect {name} {from.Name}", $"docker network connect {name} {to.Name}"], $"makes a network with names for {from.Name} and {to.Name}");
    }

    private static (string From, string To)? Addresses(Topology t, ContainerFacts from, ContainerFacts to)
    {
        foreach (var a in t.Endpoints.Where(e => e.Container == from.Name))
            foreach (var b in t.Endpoints.Where(e => e.Container == to.Name && e.Network == a.Network))
                if (a.Addresses.Count > 0 && b.Addresses.Count > 0) return ($"{a.Addresses[0].Address}", $"{b.Addresses[0].Address}");
        return null;
    }

    private static ContainerFacts? Container(Topology t, string name) => t.Containers.Find(c => c.Name == name);

    /// <summary>The container that is meant, by its name or one of its addresses.</summary>
    private static ContainerFacts? Target(Explanation answer, Topology t)
    {
        if (Container(t, answer.Question.To) is { } named) return named;
        var holder = t.Endpoints.Find(e => e.Addresses.Any(a => a.Address.ToString() == answer.Question.To));
        return holder is not null ? Container(t, holder.Container) : t.Containers.Find(c => c.Namespace == answer.Taker && answer.Taker is { Length: > 0 } and not "host");
    }
}
