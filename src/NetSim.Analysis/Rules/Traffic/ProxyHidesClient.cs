using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A published port is served by docker-proxy, so the server sees the gateway as its client.</summary>
internal sealed class ProxyHidesClient : Diagnosis
{
    public override string Name => "proxy-hides-client";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t) yield break;
        foreach (var f in FlowViews.Tcp(c).Select(s => s[^1]).Where(f => f.HasSynAck))
        {
            if (t.Containers.Find(x => x.Name == c.Ends.Owner(f.Key.Destination)) is not { } server || !server.Published.Any(p => p.ContainerPort == f.Key.DestinationPort)) continue;
            if (!t.Networks.Exists(n => n.Gateways.Contains(f.Key.Source)) || Outer(c, f, server) is not { } outer) continue;
            yield return new(Name, Severity.Note, $"{server.Name} sees {f.Key.Source} as the client, not {c.Ends.Told(outer.Key.Source)}: docker-proxy took the connection at port {outer.Key.DestinationPort} and opened one of its own")
            {
                Evidence = [Evidence.Of(outer.Client.Syn), Evidence.Of(f.Client.Syn)],
                Advice = "clients on other hosts are seen as they are (DNAT); from a container ask by its name on a common network; \"userland-proxy\": false does without the proxy",
                Subject = $"{server.Name} {f.Key.DestinationPort} {outer.Key.Source}",
            };
        }
    }

    /// <summary>The connection to the host's port that was open when the proxy opened this one.</summary>
    private static SeenFlow? Outer(DiagnosisCase c, SeenFlow inner, Model.Topology.ContainerFacts server)
    {
        var ports = server.Published.Where(p => p.ContainerPort == inner.Key.DestinationPort).Select(p => p.HostPort).ToHashSet();
        return FlowViews.Tcp(c).Select(s => s[0]).Where(o => ports.Contains(o.Key.DestinationPort) && !ReferenceEquals(o, inner) && o.Key.Destination != inner.Key.Destination && o.Client.Syn.Time <= inner.Client.Syn.Time && inner.Client.Syn.Time - o.Client.Syn.Time < 1_000_000_000 && o.Client.InitialSequence != inner.Client.InitialSequence).MaxBy(o => o.Client.Syn.Time);
    }
}
