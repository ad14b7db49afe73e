using NetSim.Docker.Engine;
using NetSim.Docker.Restoring;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Makes the changes that build a bundle's topology: what is known of the host, each with its origin, and in the place of what is not, what its engine would make.</summary>
internal sealed class BundleBuild
{
    private readonly BundleFolder _folder;
    private readonly List<Change> _changes = [];
    private readonly IReadOnlyList<BundleNetwork> _networks;
    private readonly IReadOnlyList<BundleContainer> _containers;
    private readonly BundleHost _host;
    private readonly HashSet<string> _inside;

    /// <summary>Reads the bundle.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="engine">The version that a person said, or null.</param>
    public BundleBuild(BundleFolder folder, string? engine)
    {
        _folder = folder;
        (Version, string? guessed) = BundleEngine.Of(folder, engine);
        if (guessed is not null) Warnings.Add(guessed);
        var networks = Json("network-inspect.json").Items.Select(n => (Row: n, Read: InspectReading.Network(n))).ToList();
        var containers = Json("container-inspect.json").Items.Select(c => (Row: c, Read: InspectReading.Container(c))).ToList();
        _networks = networks.Select(n => BundleNetwork.Of(n.Row)).OrderBy(n => n.Created, StringComparer.Ordinal).ToList();
        var byName = _networks.GroupBy(n => n.Facts.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _containers = containers.Select(c => BundleContainer.Of(c.Row, byName)).OrderBy(c => c.Started, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        _host = new BundleHost(folder, Json("host.json"));
        _inside = _containers.Where(c => c.OwnNamespace && folder.Text($"containers/{c.Name}.json") is not null).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        Engine = Restore(new(Version, BundleEngine.Settings(folder), networks.ConvertAll(n => n.Read), containers.ConvertAll(c => c.Read)));
        Warnings.AddRange(Engine.Warnings);
    }

    /// <summary>Which engine it is, said or guessed.</summary>
    public EngineVersion Version { get; }

    /// <summary>The engine, and what it would make of a bare host.</summary>
    public RestoredEngine Engine { get; }

    /// <summary>What had to be guessed, or is left out.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What the engine would have made and the host does not have.</summary>
    public IReadOnlyList<MissingPart> Missing { get; private set; } = [];

    /// <summary>The changes in order.</summary>
    public IReadOnlyList<Change> Changes()
    {
        var origins = new BundleOrigins(Engine.Changes);
        _changes.Add(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        if (_host.IsKnown) AddKnown();
        else AddCompiled();
        foreach (var (file, family) in new[] { ("host-iptables.txt", IpFamily.V4), ("host-ip6tables.txt", IpFamily.V6) }) AddRules(file, family);
        if (_folder.Text(BundleRules.Nft) is { } nft) _changes.AddRange(BundleRules.ReadNft(_folder.Name(BundleRules.Nft), nft, "host"));
        var marked = _changes.ConvertAll(c => c.Origin == Origin.Kernel || c is Change.RuleAdded { Rule.Origin.Object.Length: 0 } ? origins.Mark(c) : c);
        Missing = origins.Missing((space, family, nft) => space == "host" && _folder.Text(nft ? BundleRules.Nft : family == IpFamily.V4 ? "host-iptables.txt" : "host-ip6tables.txt") is not null,
            space => space == "host" ? _host.IsKnown : _inside.Contains(space)).ToList();
        return marked;
    }

    /// <summary>Younger than other networks, "bridge" tells that the daemon started again; whether the machine did too shows in the order of the rules.</summary>
    private RestoredEngine Restore(EngineState state)
    {
        var again = EngineRestore.Make(state, Bare(), new Random(1));
        if (_folder.Text("host-iptables.txt") is not { } text || again.Changes.Count == 0) return again;
        var booted = EngineRestore.Make(state with { Rebooted = true }, Bare(), new Random(1));
        return BundleRules.InPlace(booted.Changes, text) > BundleRules.InPlace(again.Changes, text) ? booted : again;
    }

    /// <summary>The host without Docker: its loopback, and what macvlan and ipvlan networks stand on.</summary>
    private HostView Bare()
    {
        var parents = _networks.Where(n => n.Facts is { Driver: "macvlan" or "ipvlan", Interface.Length: > 0 }).SelectMany(n => new[] { n.Facts.Interface!.Split('.')[0], n.Facts.Interface! }).Distinct(StringComparer.Ordinal);
        IEnumerable<(string, int, bool, IReadOnlyList<InterfaceAddress>)> all = [("lo", 1, true, [new InterfaceAddress(IpAddress.LoopbackV4, 8)]), .. parents.Select((p, i) => (p, i + 2, true, (IReadOnlyList<InterfaceAddress>)[]))];
        return new() { ResolvConf = _folder.Text("host-resolv.conf") ?? "", Interfaces = all.ToList() };
    }

    private BundleJson Json(string file) => new(_folder.Name(file), _folder.Json(file));

    private void AddKnown()
    {
        _changes.AddRange(_host.Links(_containers));
        foreach (var n in _networks) _changes.Add(new Change.NetworkSet(n.Facts));
        foreach (var c in _containers) AddContainer(c);
        _changes.AddRange(_host.Tables());
    }

    /// <summary>Without host.json all is as the engine makes it, but for containers whose inside is known.</summary>
    private void AddCompiled()
    {
        Warnings.Add($"{_folder.Name("host.json")} is not there: the host's interfaces are those that the engine makes, and names of veths are made up");
        _changes.Add(new Change.InterfaceMade("host", new() { Name = "lo", Index = 1, Kind = InterfaceKind.Loopback, Mtu = 65536 }));
        _changes.Add(new Change.InterfaceChanged("host", "lo", Up: true));
        _changes.AddRange(BundleKernel.Follow(Engine.Changes.Where(c => !IsRule(c) && !IsInside(c))));
        foreach (var c in _containers.Where(c => _inside.Contains(c.Name))) AddContainer(c);
    }

    private static bool IsRule(Change c) => c is Change.RuleAdded { Namespace: "host" } or Change.RuleRemoved { Namespace: "host" } or Change.ChainSet { Namespace: "host" } or Change.VerdictMapSet { Namespace: "host" };

    private bool IsInside(Change c) => c is not (Change.ProcessStarted or Change.ContainerSet) && c.Origin.Object.StartsWith("container ", StringComparison.Ordinal) && _inside.Contains(c.Origin.Object["container ".Length..])
        || c is Change.InNamespace i && _inside.Contains(i.Namespace);

    private void AddContainer(BundleContainer c)
    {
        string space = c.NamespaceAmong(_containers);
        if (c.OwnNamespace)
        {
            _changes.Add(new Change.NamespaceMade(c.Name, NamespaceKind.Container, c.Name));
            _changes.AddRange(new BundleSandbox(Json($"containers/{c.Name}.json"), c, _host).Changes());
            if (!_inside.Contains(c.Name)) _changes.AddRange(Engine.Changes.Where(x => x is Change.FileWritten f && f.Owner == c.Name));
        }
        _changes.Add(new Change.ContainerSet(new(c.Name, c.Id, c.Image, c.State, space, c.Published, c.Labels)));
    }

    private void AddRules(string file, IpFamily family)
    {
        if (_folder.Text(file) is not null)
        {
            _changes.AddRange(BundleRules.Read(_folder, file, family));
            // A bundle without nft's tables, of an engine that would have some, does not know them.
            if (_folder.Text(BundleRules.Nft) is null) AddEngines(family, ofNft: true);
            return;
        }
        if (family == IpFamily.V4) Warnings.Add($"{_folder.Name(file)} is not there: the rules are those that Docker Engine {Version} would write");
        AddEngines(family, ofNft: false);
        if (_folder.Text(BundleRules.Nft) is null) AddEngines(family, ofNft: true);
    }

    private void AddEngines(IpFamily family, bool ofNft) => _changes.AddRange(Engine.Changes.Where(c => IsRule(c) && Table(c) is (var of, var table) && of == family && table.Contains(' ', StringComparison.Ordinal) == ofNft));

    private static (IpFamily, string) Table(Change c) => c switch
    {
        Change.RuleAdded r => (r.Family, r.Table),
        Change.RuleRemoved r => (r.Family, r.Table),
        Change.ChainSet r => (r.Family, r.Table),
        Change.VerdictMapSet r => (r.Family, r.Table),
        _ => (IpFamily.V4, ""),
    };
}
