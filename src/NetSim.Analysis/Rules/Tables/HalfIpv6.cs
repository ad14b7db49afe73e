using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>A container has an IPv6 address and no way for it.</summary>
internal sealed class HalfIpv6 : Diagnosis
{
    public override string Name => "ipv6-half-on";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t || t.Find("host") is not { } host) yield break;
        foreach (var e in t.Endpoints.Where(e => e.Addresses.Any(a => a.Address is { IsV6: true, IsLinkLocal: false }) && t.Find(e.Namespace) is not null))
        {
            var space = t[e.Namespace];
            bool route = space.Routes.Routes.Any(r => r.Destination is { IsAll: true, Address.IsV6: true });
            bool forwards = host.Sysctls.GetValueOrDefault("net.ipv6.conf.all.forwarding")?.Trim() == "1";
            bool internals = t.Networks.Find(n => n.Name == e.Network)?.Internal == true;
            if (route && forwards || internals || route && !host.Sysctls.ContainsKey("net.ipv6.conf.all.forwarding")) continue;
            yield return new(Name, Severity.Warning, $"{e.Container} has the IPv6 address {e.Addresses.First(a => a.Address.IsV6).Address} on {e.Network}, and {(route ? "the host passes no IPv6 on" : "no default route for it")}: programs that try IPv6 first wait in vain")
            {
                Evidence = [new(Table: $"endpoint {e.Container}", Row: string.Join(", ", e.Addresses)), route ? new(Table: "host sysctl", Row: "net.ipv6.conf.all.forwarding is not 1") : new(Table: $"{e.Container} routes", Row: "no default route of IPv6")],
                Commands = route ? ["sysctl -w net.ipv6.conf.all.forwarding=1"] : [],
                Subject = e.Container,
            };
        }
    }
}
