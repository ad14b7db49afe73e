using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Tests.Agreement;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Bundles;

/// <summary>Every recorded case, opened as what is known of a real host: whole, and with docker's inspect output alone.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class RecordedBundleTests
{
    private static readonly string[] Needed = ["network-inspect.json", "container-inspect.json"];

    /// <summary>Inspect does not show that there is no docker-proxy; daemon.json says it.</summary>
    private const string NoProxy = "52-hairpin-promiscuous";

    /// <summary>Containers that race after a restart of the daemon, or were plugged into a second network later: inspect does not show in which order.</summary>
    private static readonly string[] Unordered = ["12-connect-disconnect", "13-multihome-order", "44-daemon-restart", "47-mac-address"];

    private static IEnumerable<object[]> Cases => Recorded.All.Select(r => new object[] { r.Engine, r.Case });

    [TestCaseSource(nameof(Cases))]
    public void All_that_Docker_made_of_a_host_is_recognised(string engine, string name)
    {
        var bundle = BundleOpening.Read(Recorded.Zip(engine, name));

        Assert.That(Foreign(bundle.Topology()).Concat(bundle.Missing.Select(m => m.ToString())).Where(f => !KnownForeign.Allows(name, f)), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void The_engine_is_told_by_its_inspect_output(string engine, string name)
    {
        using var parts = new PartsOf(engine, name, Needed);

        Assert.That(BundleOpening.Read(parts.Folder).Version, Is.EqualTo(engine));
    }

    [TestCaseSource(nameof(Cases))]
    public void Inspect_output_alone_gives_the_rules_of_the_host(string engine, string name)
    {
        using var parts = new PartsOf(engine, name, Needed);
        if (name == NoProxy) File.WriteAllText(Path.Combine(parts.Folder, "daemon.json"), """{ "userland-proxy": false }""");
        var rules = BundleOpening.Read(parts.Folder).Topology()["host"];

        var misses = new[] { ("iptables", IpFamily.V4), ("ip6tables", IpFamily.V6) }.SelectMany(f => Misses(engine, name, f.Item1, rules.RulesOf(f.Item2))).ToList();

        Assert.That(misses, Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void Inspect_output_alone_gives_the_addresses_and_routes_of_the_containers(string engine, string name)
    {
        using var parts = new PartsOf(engine, name, Needed);
        var topology = BundleOpening.Read(parts.Folder).Topology();

        var wrong = new Recording(Recorded.Folder(engine, name)).Inside.Where(c => topology.Find(c.Name) is not null)
            .SelectMany(c => Real(c.State).ToHashSet(StringComparer.Ordinal) is var real && Found(topology[c.Name]) is var found && real.SetEquals(found) ? [] : new[] { $"{c.Name}: {string.Join(", ", real)}; NetSim: {string.Join(", ", found)}" }).ToList();

        Assert.That(wrong, Is.Empty);
    }

    private static IEnumerable<string> Real(System.Text.Json.Nodes.JsonObject state) =>
        state.Rows("addr").SelectMany(i => i.Rows("addr_info")).Where(a => a.Str("scope") == "global").Select(a => $"{a.Str("local")}/{a.Str("prefixlen")}")
            .Concat(state.Rows("route").Select(r => $"{r.Str("dst")} via {r.Str("gateway")}"));

    private static List<string> Found(NetworkNamespace space) =>
        [.. space.Interfaces.Where(i => i.Kind != InterfaceKind.Loopback).SelectMany(i => i.Addresses).Where(a => !a.Address.IsLinkLocal).Select(a => a.ToString()),
            .. space.Routes.Routes.Where(r => r.Destination.Address.IsV4).Select(r => $"{(r.Destination.PrefixLength == 0 ? "default" : r.Destination)} via {r.Gateway}")];

    private static IEnumerable<string> Misses(string engine, string name, string file, Ruleset found)
    {
        var real = RulesetText.Parse(File.ReadAllText(Path.Combine(Recorded.Folder(engine, name), $"host-{file}.txt")));
        foreach (var table in real.Tables)
            foreach (var chain in table.Chains)
            {
                var a = chain.Rules.ConvertAll(r => r.ToString());
                var b = found.Find(table.Name)?.Chain(chain.Name)?.Rules.ConvertAll(r => r.ToString()) ?? [];
                if (Unordered.Contains(name))
                {
                    a.Sort(StringComparer.Ordinal);
                    b.Sort(StringComparer.Ordinal);
                }
                var (keptA, keptB) = Alignment.Of(a, b);
                foreach (string r in a.Where((_, i) => !keptA[i])) yield return $"{file} {table.Name} {chain.Name}: the host: {r}";
                foreach (string r in b.Where((_, i) => !keptB[i])) yield return $"{file} {table.Name} {chain.Name}: only in NetSim: {r}";
            }
    }

    private static IEnumerable<string> Foreign(Topology topology)
    {
        foreach (var space in topology.Namespaces)
        {
            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
                foreach (var table in space.RulesOf(family).Tables)
                    foreach (var rule in table.Chains.SelectMany(c => c.Rules).Where(r => r.Origin == Origin.NotDockers)) yield return $"rule in {space.Key}: {rule}";
            foreach (var route in space.Routes.Routes.Where(r => r.Origin == Origin.NotDockers)) yield return $"route in {space.Key}: {route.Destination} via {route.Gateway} dev {route.Interface}";
        }
    }
}
