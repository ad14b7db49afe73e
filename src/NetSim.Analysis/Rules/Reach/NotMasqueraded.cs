using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Packets that left the host with a container's own address, to which nobody out there knows the way: seen, not predicted, for the world beyond is not modelled.</summary>
internal static class NotMasqueraded
{
    /// <summary>The finding in place of that a failed attempt would be told as; null when it is something else.</summary>
    public static Finding? Of(DiagnosisCase c, Attempt a, Finding plain)
    {
        if (a.Fate != AttemptFate.Silent || a.Last.Point.Place is not { Namespace: "host" } place || c.Model?.Topology is not { } t || t.Networks.Exists(n => n.Interface == place.Interface)) return null;
        if (c.Ends.Owner(a.Last.Key.Source) is not { } from || t.Containers.All(x => x.Name != from) || t.Find("host")?.Find(place.Interface ?? "") is not { Master: null, Addresses.Count: > 0 }) return null;
        if (t.Networks.Find(n => n.Driver == "bridge" && n.Subnets.Any(s => s.Contains(a.Last.Key.Source))) is not { } network) return null;
        var others = t.Endpoints.Where(e => e.Container == from && e.Network != network.Name).Select(e => e.Network).ToList();
        bool wrong = others.Count > 0;
        return plain with
        {
            Rule = wrong ? "wrong-gateway" : "not-masqueraded",
            Severity = Severity.Error,
            Sentence = $"packets of {from} to {c.Ends.Told(a.Key.Destination)} leave {place.Interface} with the container's own address {a.Last.Key.Source}, to which no answer finds back: network {network.Name} does not masquerade{(wrong ? $", and {from}'s default route leads by it though {from} is on {string.Join(" and ", others)} too" : "")}",
            Advice = wrong ? "the default gateway is that of the network whose name sorts first; name the one with the way out so, or give it priority (--network name=…,gw-priority=1, from 28)" : "make the network without enable_ip_masquerade=false, or give the routers outside a route to it",
        };
    }
}
