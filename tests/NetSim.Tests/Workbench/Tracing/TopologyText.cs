using System.Text;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;

namespace NetSim.Tests.Workbench.Tracing;

/// <summary>All of a topology in words, so that two can be compared.</summary>
internal static class TopologyText
{
    public static string Of(Topology t)
    {
        var text = new StringBuilder();
        foreach (var s in t.Namespaces) Space(text, s);
        foreach (var l in t.Links) text.AppendLine($"link {l.Kind} {l.Source} {l.Target}");
        foreach (var ((owner, path), content) in t.Files) text.AppendLine($"file {owner} {path} {content.GetHashCode(StringComparison.Ordinal)}");
        foreach (var n in t.Networks) text.AppendLine($"network {n with { Subnets = [], Gateways = [] }} {string.Join(' ', n.Subnets)} {string.Join(' ', n.Gateways)}");
        foreach (var c in t.Containers) text.AppendLine($"container {c.Name} {c.Id} {c.Image} {c.State} {c.Namespace} {string.Join(' ', c.Published)} {string.Join(' ', c.Labels)}");
        foreach (var e in t.Endpoints) text.AppendLine($"endpoint {e with { Addresses = [] }} {string.Join(' ', e.Addresses)}");
        foreach (var l in t.Leases) text.AppendLine($"lease {l}");
        foreach (var n in t.Names.Names) text.AppendLine($"name {n}");
        return text.ToString();
    }

    private static void Space(StringBuilder text, NetworkNamespace s)
    {
        text.AppendLine($"namespace {s.Key} {s.Kind} {s.Label}");
        foreach (var i in s.Interfaces) Interface(text, i);
        foreach (var r in s.Routes.Routes) text.AppendLine($"  route {r} {r.Type} {r.Origin}");
        foreach (var (name, table) in s.Tables.Where(t => t.Value.Routes.Count > 0)) text.AppendLine($"  table {name} {string.Join(';', table.Routes)}");
        foreach (var r in s.RoutingRules) text.AppendLine($"  rule {r}");
        foreach (var (key, value) in s.Sysctls) text.AppendLine($"  {key}={value}");
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            text.AppendLine(RulesetText.Write(s.RulesOf(family), family));
            foreach (var t in s.RulesOf(family).NftTables) text.AppendLine(NftText.Write(t));
            foreach (var r in s.RulesOf(family).Tables.Concat(s.RulesOf(family).NftTables).SelectMany(x => x.Chains).SelectMany(c => c.Rules)) text.AppendLine($"  {r.Origin}");
            foreach (var (set, members) in s.RulesOf(family).Sets) text.AppendLine($"  set {set} {string.Join(' ', members)}");
        }
        foreach (var (address, n) in s.Neighbours) text.AppendLine($"  neighbour {address} {n}");
        foreach (var c in s.Conntrack) text.AppendLine($"  conntrack {c}");
        foreach (var k in s.Sockets) text.AppendLine($"  socket {k}");
        foreach (var p in s.Processes.Values) text.AppendLine($"  process {p.Id} {string.Join(' ', p.Arguments)} {p.Container} {p.Image} {string.Join(' ', p.Environment)}");
        if (s.Resolver is { } r2) text.AppendLine($"  resolver {r2.UdpPort} {r2.TcpPort} {string.Join(' ', r2.Networks)} {string.Join(' ', r2.Upstreams)} {string.Join(' ', r2.Links)} {r2.Failure} {r2.Stopped}");
    }

    private static void Interface(StringBuilder text, Interface i)
    {
        text.AppendLine($"  {i.Name} {i.Index} {i.Kind} {i.Mac} {i.Mtu} up={i.Up} hairpin={i.Hairpin} isolated={i.Isolated} {string.Join(' ', i.Addresses)} peer={i.Peer} master={i.Master} parent={i.Parent} {i.Mode} {i.ModeFlag} {i.VlanId}");
        text.AppendLine($"    ports {string.Join(' ', i.Ports)} faults {string.Join(' ', i.Faults)} fdb {string.Join(' ', i.Fdb)}");
    }
}
