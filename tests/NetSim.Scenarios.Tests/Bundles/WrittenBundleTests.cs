using System.Text.Json.Nodes;
using NetSim.Model.Topology;
using NetSim.Scenarios.Tests.Doors;
using NetSim.Workbench.Opening;
using NetSim.Workbench.Recording;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Bundles;

/// <summary>What was read of a host is written back.</summary>
public sealed class WrittenBundleTests
{
    private static readonly string[] Engines = ["20.10.24", "26.1.5", "28.5.2"];
    private static readonly string[] Names = ["01-seed", "13-multihome-order", "22-isolation", "25-publish", "35-ipv6-network", "47-mac-address"];

    private static IEnumerable<object[]> Cases => Engines.SelectMany(e => Names.Select(n => new object[] { e, n }));

    [TestCaseSource(nameof(Cases))]
    public void Inspect_output_is_written_as_it_was_read(string engine, string name)
    {
        using var written = new Written(Recorded.Folder(engine, name));

        Assert.That(new[] { "network-inspect.json", "container-inspect.json" }.SelectMany(f => Differences(Path.Combine(Recorded.Folder(engine, name), f), Path.Combine(written.Folder, f))), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void Rules_addresses_and_routes_are_the_same_when_they_are_read_again(string engine, string name)
    {
        using var written = new Written(Recorded.Folder(engine, name));

        Assert.That(Tables(BundleOpening.Read(written.Folder)), Is.EqualTo(Tables(BundleOpening.Read(Recorded.Folder(engine, name), engine))));
    }

    [Test]
    public async Task A_docker_line_is_run_on_a_bundle_before_it_is_written()
    {
        string folder = Directory.CreateTempSubdirectory("bundle").FullName;

        var said = await Spoken.By("run", Recorded.Folder("28.5.2", "22-isolation"), "--with", "docker network connect netb a1", "--record", folder);
        var endpoints = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "container-inspect.json")))!.AsArray().Single(c => c!["Name"]!.ToString() == "/a1")!["NetworkSettings"]!["Networks"]!.AsObject().Select(n => n.Key).ToList();
        Directory.Delete(folder, recursive: true);

        Assert.That((said.ExitCode, endpoints), Is.EqualTo((0, new List<string> { "neta", "netb" })));
    }

    [Test]
    public async Task What_a_bundle_lacks_is_told_in_one_line()
    {
        using var parts = new PartsOf("28.5.2", "22-isolation", "network-inspect.json", "container-inspect.json", "host-iptables.txt");
        string rules = Path.Combine(parts.Folder, "host-iptables.txt");
        File.WriteAllLines(rules, File.ReadAllLines(rules).Where(l => !l.Contains("MASQUERADE", StringComparison.Ordinal)));

        var said = await Spoken.By("run", parts.Folder);

        Assert.That(said.Complaints.Count(l => l.Contains(" lacks 3 rules that Docker Engine 28.5.2 would have made; the first: rule of network ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    /// <summary>Fields that both have and that differ; what NetSim does not write at all is not modelled.</summary>
    private static IEnumerable<string> Differences(string read, string written)
    {
        var theirs = JsonNode.Parse(File.ReadAllText(read))!.AsArray().OfType<JsonObject>().ToDictionary(o => $"{o["Id"]}", StringComparer.Ordinal);
        return JsonNode.Parse(File.ReadAllText(written))!.AsArray().OfType<JsonObject>().SelectMany(o => Differences($"{o["Name"]}", theirs[$"{o["Id"]}"], o));
    }

    private static IEnumerable<string> Differences(string at, JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonObject x, JsonObject y) => y.SelectMany(p => x.ContainsKey(p.Key) ? Differences($"{at}.{p.Key}", x[p.Key], p.Value) : [$"{at}.{p.Key} was not read"]),
        _ => JsonNode.DeepEquals(a, b) ? [] : [$"{at}: {a?.ToJsonString()} was read, {b?.ToJsonString()} is written"],
    };

    private static List<string> Tables(OpenedBundle bundle) => [.. bundle.Topology().Namespaces.SelectMany(Tables).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Tables(NetworkNamespace space) =>
        space.Interfaces.SelectMany(i => i.Addresses.Select(a => $"{space.Key} {i.Name} {a}"))
            .Concat(space.Routes.Routes.Select(r => $"{space.Key} {r.Destination} via {r.Gateway} dev {r.Interface}"))
            .Concat(new[] { space.Rules, space.Rules6 }.SelectMany(s => s.Tables).SelectMany(t => t.Chains.SelectMany(c => c.Rules.Select(r => $"{space.Key} {t.Name} {c.Name} {r} ({r.Origin})"))));

    private sealed class Written : IDisposable
    {
        public Written(string bundle)
        {
            Folder = Directory.CreateTempSubdirectory("bundle").FullName;
            BundleRun.Of(bundle, null, []).Record(Folder);
        }

        public string Folder { get; }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
