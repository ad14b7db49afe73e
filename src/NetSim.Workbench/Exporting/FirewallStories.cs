using NetSim.Analysis.Explanation;
using NetSim.Model.Input;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Rendering;
using NetSim.Wire.Inspection;
using NetSim.Workbench.Explaining;

namespace NetSim.Workbench.Exporting;

/// <summary>What would become of a packet, as a story for the firewall view: from the same explanation that netsim explain tells.</summary>
public static class FirewallStories
{
    /// <summary>Asks an input at its end state.</summary>
    /// <param name="wish">A scenario or a bundle.</param>
    /// <param name="question">Who asks for whom; null: the pair that tells most is chosen.</param>
    /// <param name="cancel">Ends a scenario's run.</param>
    /// <returns>Null when nobody is there to ask.</returns>
    /// <exception cref="InputException">It can't be read, is a capture, or an end is not known.</exception>
    public static FirewallStory? Ask(InputWish wish, Question? question, CancellationToken cancel)
    {
        var explainer = FrozenInput.Open(wish, [], cancel).Explainer;
        return (question ?? Telling(explainer.Topology)) is { } asked ? Of(explainer.Explain(asked)) : null;
    }

    /// <summary>Two that share no network first, since the firewall keeps them apart; then a published port; then any two.</summary>
    private static Question? Telling(Topology t)
    {
        var running = t.Containers.Where(c => c.State == "running" && t.Find(c.Namespace) is not null).ToList();
        var on = t.Endpoints.ToLookup(e => e.Container, e => e.Network);
        foreach (var a in running)
            if (running.Find(b => b != a && on[a.Name].Any() && on[b.Name].Any() && !on[a.Name].Intersect(on[b.Name]).Any()) is { } stranger && AddressOf(t, stranger.Name) is { } address)
                return Port(t, stranger) is { } listening ? new(a.Name, address, listening, AskedProtocol.Tcp) : new(a.Name, address, null, AskedProtocol.Icmp);
        if (running.SelectMany(c => c.Published).FirstOrDefault(p => p.Protocol == "tcp" && p.HostAddress.IsV4) is { } door) return new("outside", "host", door.HostPort, AskedProtocol.Tcp);
        return running.Count == 0 ? null : running.Count == 1 ? new(running[0].Name, "outside", null, AskedProtocol.Icmp) : AddressOf(t, running[1].Name) is { } other ? new(running[0].Name, other, null, AskedProtocol.Icmp) : null;
    }

    private static string? AddressOf(Topology t, string container) => t.Endpoints.Find(e => e.Container == container)?.Addresses.Select(a => a.Address.ToString()).FirstOrDefault();

    private static Model.Addressing.Port? Port(Topology t, ContainerFacts c)
    {
        var listening = t[c.Namespace].Sockets.Where(s => s.Remote is null && s.Protocol == Model.Packets.IpProtocol.Tcp && !s.Address.IsLoopback).Select(s => s.Port).Order().ToList();
        return listening.Count > 0 ? listening[0] : c.Published.FirstOrDefault(p => p.Protocol == "tcp")?.ContainerPort;
    }

    /// <summary>An answer as a story: the namespace that decided, or that had most to say.</summary>
    public static FirewallStory Of(Explanation answer)
    {
        var q = answer.Question;
        var hops = Forward(answer).ToList();
        string space = answer.DecidedIn is { } decided && answer.Disposition != Disposition.Delivered && hops.Exists(h => h.Namespace == decided && h.Steps.Any(s => s.Met.Count > 0)) ? decided
            : hops.OrderByDescending(h => h.Steps.Sum(s => s.Met.Count)).ThenBy(h => h.Namespace, StringComparer.Ordinal).FirstOrDefault()?.Namespace ?? "host";
        var mine = hops.Where(h => h.Namespace == space).ToList();
        var phases = Phases(mine.SelectMany(h => h.Steps));
        bool dies = answer.Disposition is Disposition.Dropped or Disposition.Unreachable or Disposition.Refused && answer.DecidedIn == space;
        string output = phases.FindLast(p => p.Name == "routing")?.Decided ?? mine.FirstOrDefault()?.Interface ?? "";
        return new()
        {
            Packet = q.Protocol switch { AskedProtocol.Tcp => $"SYN {q.Port}", AskedProtocol.Udp => $"to port {q.Port}", AskedProtocol.Dns => q.To, _ => "echo request" },
            Class = q.Protocol switch { AskedProtocol.Tcp => PacketClass.Tcp, AskedProtocol.Udp => PacketClass.Udp, AskedProtocol.Dns => PacketClass.Dns, _ => PacketClass.Icmp },
            From = q.From,
            Space = space,
            Input = mine.FirstOrDefault()?.Interface ?? "",
            Output = dies || output == "lo" ? "" : output,
            Onwards = dies ? answer.Reason ?? "it ends here" : answer.Taker is { } taker && taker != space ? $"to {taker}" : "it stays here",
            Drop = !dies ? null : answer.Disposition == Disposition.Dropped ? Model.Tracing.DropReason.Filtered : answer.Disposition == Disposition.Refused ? Model.Tracing.DropReason.NoSocket : Model.Tracing.DropReason.Rejected,
            Phases = phases,
            Chapter = $"{q.From} → {q.Target} {q.Protocol.ToString().ToLowerInvariant()}",
            Sentence = answer.Disposition == Disposition.Delivered ? $"{q.From} reaches {q.Target}." : $"{q.From} does not reach {q.Target}.",
            Why = answer.Reason is { Length: > 0 } reason ? $"{char.ToUpperInvariant(reason[0])}{reason[1..]}." : phases.Find(p => p.Readdressed is not null) is { Readdressed: { } pair } ? $"On its way {pair.Old} becomes {pair.New}." : "No rule objects.",
        };
    }

    /// <summary>The way there, without the way of the answer.</summary>
    private static IEnumerable<ExplainedHop> Forward(Explanation answer)
    {
        foreach (var hop in answer.Hops)
        {
            yield return hop;
            if (hop.Steps.Any(s => s.Kind is "deliver" or "drop")) yield break;
        }
    }

    private static List<FirewallPhase> Phases(IEnumerable<ExplainedStep> steps)
    {
        var phases = new List<FirewallPhase>();
        bool tracked = false;
        foreach (var s in steps)
        {
            if (s.Kind is "deliver" or "drop" or "reply") break;
            if (s is { Kind: "filter", Rule: { } rule })
            {
                if (!tracked && rule.Table != "raw" && rule.Hook is Hook.Prerouting or Hook.Output) phases.Add(FirewallPhase.Tracking with { Row = "a conversation that begins now, so its state is NEW", Decided = "NEW" });
                tracked |= rule.Table != "raw";
                phases.Add(FirewallPhase.Asked(rule.Table, rule.Hook) with { Met = s.Met, Origin = rule.Origin });
            }
            else if (s is { Kind: "nat", Readdressed: { } pair } && phases.Count > 0 && phases[^1] is { Readdressed: null } last && last.Name.StartsWith("nat", StringComparison.Ordinal)) phases[^1] = last with { Readdressed = pair };
            else if (s.Kind is "route" or "forward") phases.Add(FirewallPhase.Routing with { Source = s.Text.StartsWith("local", StringComparison.Ordinal) ? "local table" : "main table", Row = s.Text, Decided = DeviceIn(s.Text), Origin = s.Origin });
            else if (s.Kind == "bridge") phases.Add(FirewallPhase.Bridging with { Row = s.Text });
            else if (s.Kind == "neighbour") phases.Add(new("neighbour", "What is its hardware address?") { Source = "ARP", Row = s.Text });
        }
        return phases;
    }

    private static string DeviceIn(string route)
    {
        string[] words = route.Split(' ');
        int at = Array.IndexOf(words, "dev");
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : "";
    }
}
