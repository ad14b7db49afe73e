using NetSim.Docker.Engine;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Makes the changes that build a bundle's topology: the host, networks, containers, rules.</summary>
internal sealed class BundleBuild(BundleFolder folder)
{
    private readonly List<Change> _changes = [];

    /// <summary>What had to be guessed.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The changes in order.</summary>
    public IReadOnlyList<Change> Changes()
    {
        var networks = Json("network-inspect.json").Items.Select(BundleNetwork.Of).OrderBy(n => n.Created, StringComparer.Ordinal).ToList();
        var containers = Json("container-inspect.json").Items.Select(c => BundleContainer.Of(c, networks)).OrderBy(c => c.Started, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        _changes.Add(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        var host = new BundleHost(folder, Json("host.json"));
        if (host.IsKnown) _changes.AddRange(host.Links(containers));
        else
        {
            Warnings.Add($"{folder.Name("host.json")} is not there: the host's interfaces are taken from docker's networks, and names of veths are made up");
            foreach (var n in networks) _changes.AddRange(n.Links());
        }
        foreach (var n in networks) _changes.Add(new Change.NetworkSet(n.Facts));
        foreach (var c in containers) AddContainer(host, c, containers);
        if (host.IsKnown) _changes.AddRange(host.Tables());
        AddRules(networks, containers);
        return _changes;
    }

    private BundleJson Json(string file) => new(folder.Name(file), folder.Json(file));

    private void AddContainer(BundleHost host, BundleContainer c, IReadOnlyList<BundleContainer> all)
    {
        string space = c.NamespaceAmong(all);
        if (c.OwnNamespace)
        {
            _changes.Add(new Change.NamespaceMade(c.Name, NamespaceKind.Container, c.Name));
            _changes.AddRange(new BundleSandbox(Json($"containers/{c.Name}.json"), c, host).Changes());
        }
        _changes.Add(new Change.ContainerSet(new(c.Name, c.Id, c.Image, c.State, space, c.Published, c.Labels)));
    }

    private void AddRules(IReadOnlyList<BundleNetwork> networks, IReadOnlyList<BundleContainer> containers)
    {
        if (folder.Text("host-iptables.txt") is null)
        {
            var version = Version(networks, containers);
            Warnings.Add($"{folder.Name("host-iptables.txt")} is not there: the rules are those that Docker Engine {version} would write");
            _changes.AddRange(BundleRules.Compiled(version, networks, containers));
            return;
        }
        _changes.AddRange(BundleRules.Read(folder, "host-iptables.txt", Model.Netfilter.IpFamily.V4));
        _changes.AddRange(BundleRules.Read(folder, "host-ip6tables.txt", Model.Netfilter.IpFamily.V6));
    }

    /// <summary>The engine by the keys that its JSON has: EnableIPv4 since 28.0 (API 1.48), DNSNames since 25.0 (API 1.44).</summary>
    private static EngineVersion Version(IReadOnlyList<BundleNetwork> networks, IReadOnlyList<BundleContainer> containers) =>
        networks.Any(n => n.TellsIpv4) ? EngineVersion.Default : containers.Any(c => c.TellsNames) ? new(26, 1, 5) : new(20, 10, 24);
}
