using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Questions;

/// <summary>Tells what a command made and undid, change by change, as numbered sentences: what dockerd asked of Linux, without what the kernel learns from packets.</summary>
internal sealed class ChangeStory
{
    private readonly List<ToldChange> _told = [];
    private readonly IReadOnlyList<Change> _changes;
    private readonly Dictionary<string, VethStory> _veths = new(StringComparer.Ordinal);

    private ChangeStory(IReadOnlyList<Change> changes) => _changes = changes;

    /// <summary>The sentences of a span of changes of a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="first">Number of the first change.</param>
    /// <param name="end">Number after the last.</param>
    public static IReadOnlyList<ToldChange> Of(Trace trace, int first, int end)
    {
        var story = new ChangeStory(Enumerable.Range(first, end - first).Select(trace.Change).ToList());
        story.Tell();
        return story._told;
    }

    private void Tell()
    {
        foreach (var c in _changes) VethStory.Follow(c, _veths);
        for (int i = 0; i < _changes.Count; i++)
        {
            var c = _changes[i];
            if (Sentence(c, i) is { } s) _told.Add(new(_told.Count + 1, s.Kind, s.Text, s.Undone, c.Origin));
        }
    }

    private (string Kind, string Text, bool Undone)? Sentence(Change c, int at) => Link(c) ?? Table(c) ?? Firewall(c) ?? File(c, at) ?? Books(c, at);

    private (string, string, bool)? Link(Change c) => c switch
    {
        Change.NamespaceMade n => ("namespace", $"{n.Namespace}: a network stack of its own, with lo 127.0.0.1/8", false),
        Change.NamespaceRemoved n => ("namespace", $"{n.Namespace} with all that is in it", true),
        Change.VethMade v when _veths.TryGetValue(v.Interface.Name, out var veth) => ("veth", veth.Text, false),
        Change.InterfaceMade { Interface.Kind: InterfaceKind.Bridge } i => ("bridge", $"{i.Interface.Name} on the {i.Namespace}, MAC {i.Interface.Mac}, MTU {i.Interface.Mtu}", false),
        Change.InterfaceMade { Interface.Kind: not InterfaceKind.Loopback } i => ("interface", $"{i.Interface.Name} of {i.Namespace}{(i.Interface.Parent is { } parent ? $" on {parent}" : "")}, MAC {i.Interface.Mac}", false),
        Change.InterfaceRemoved i => ("interface", $"{i.Name} of {i.Namespace}, with the other end of its cable", true),
        Change.InterfaceChanged { Master: { Length: > 0 } bridge } i => ("port", $"{i.Name} is plugged into {bridge}{(i.Hairpin == true ? ", with hairpin" : "")}", false),
        _ => null,
    };

    private static (string, string, bool)? Table(Change c) => c switch
    {
        Change.AddressAdded a when a.Interface != "lo" && c.Origin != Origin.Kernel => ("address", $"{a.Address} on {a.Interface} of {a.Namespace}", false),
        Change.AddressRemoved a when c.Origin != Origin.Kernel => ("address", $"{a.Address} of {a.Interface} of {a.Namespace}", true),
        Change.RouteAdded r when c.Origin != Origin.Kernel => ("route", $"{r.Namespace}: {Words(r.Route)}", false),
        Change.RouteRemoved r when c.Origin != Origin.Kernel => ("route", $"{r.Namespace}: {Words(r.Route)}", true),
        Change.SysctlSet s when s.Key.StartsWith("netsim.announce.", StringComparison.Ordinal) => ("announce", $"{s.Key["netsim.announce.".Length..]} of {s.Namespace} tells its neighbours its address {s.Value.Split(' ')[0]} times", false),
        Change.SysctlSet s => ("sysctl", $"{s.Namespace}: {s.Key} = {s.Value}", false),
        _ => null,
    };

    private static string Words(Model.Routing.Route r) =>
        $"{(r.Destination.PrefixLength == 0 ? "default" : r.Destination.ToString())}{(r.Gateway is { } g ? $" via {g}" : "")} dev {r.Interface}";

    private static (string, string, bool)? Firewall(Change c) => c switch
    {
        Change.ChainSet { Policy: { } policy } s => ("chain", $"{Where(s.Namespace, s.Family, s.Table)} {s.Chain}: policy {policy}", false),
        Change.ChainSet s => ("chain", $"{Where(s.Namespace, s.Family, s.Table)} {s.Chain}", false),
        Change.ChainRemoved s => ("chain", $"{Where(s.Namespace, s.Family, s.Table)} {s.Chain}", true),
        Change.VerdictMapSet { Key: { } key, Chain: { } chain } m => ("rule", $"{Where(m.Namespace, m.Family, m.Table)} @{m.Map}: \"{key}\" : jump {chain}", false),
        Change.VerdictMapSet { Key: { } key } m => ("rule", $"{Where(m.Namespace, m.Family, m.Table)} @{m.Map}: \"{key}\"", true),
        Change.RuleAdded r => ("rule", $"{Where(r.Namespace, r.Family, r.Table)} {r.Chain}: {r.Rule}", false),
        Change.RuleRemoved r => ("rule", $"{Where(r.Namespace, r.Family, r.Table)} {r.Chain}: {r.Rule}", true),
        _ => null,
    };

    /// <summary>"iptables nat", "ip6tables of web filter", "nft ip docker-bridges".</summary>
    private static string Where(string space, IpFamily family, string table) =>
        $"{(table.Contains(' ', StringComparison.Ordinal) ? "nft" : family == IpFamily.V4 ? "iptables" : "ip6tables")}{(space == "host" ? "" : $" of {space}")} {table}";

    private (string, string, bool)? File(Change c, int at)
    {
        if (c is not Change.FileWritten f) return null;
        if (_changes.Skip(at + 1).Any(l => l is Change.FileWritten later && later.Owner == f.Owner && later.Path == f.Path)) return null;
        return f.Text is null ? ("file", $"{f.Path} of {f.Owner}", true) : ("file", $"{f.Path} of {f.Owner}: {Gist(f.Path, f.Text)}", false);
    }

    /// <summary>What a file says that matters here: its name servers and options, its own lines, its word.</summary>
    private static string Gist(string path, string text)
    {
        var lines = text.Split('\n').Select(l => l.Trim().Replace('\t', ' ')).Where(l => l.Length > 0 && l[0] != '#').ToList();
        if (path == "/etc/hosts") lines.RemoveAll(l => l.StartsWith("127.0.0.1 ", StringComparison.Ordinal) || l.StartsWith("::1 ", StringComparison.Ordinal) || l.StartsWith("ff0", StringComparison.Ordinal) || l.StartsWith("fe00:", StringComparison.Ordinal));
        return lines.Count == 0 ? "nothing of its own" : string.Join(", ", lines);
    }

    private (string, string, bool)? Books(Change c, int at) => c switch
    {
        Change.NetworkSet n => ("network", $"{n.Network.Name} ({n.Network.Driver}), {string.Join(" and ", n.Network.Subnets)}{(n.Network.Internal ? ", internal" : "")}", false),
        Change.NetworkRemoved n => ("network", n.Name, true),
        Change.ContainerSet { OldName: { } old } s => ("container", $"{old} is called {s.Container.Name}", false),
        Change.ContainerSet s => ("container", $"{s.Container.Name} is {s.Container.State}", s.Container.State is "exited" or "dead"),
        Change.ContainerRemoved r => ("container", r.Name, true),
        Change.LeaseMade l => ("lease", $"{l.Address} of network {l.Network} for {l.Holder}{(c.Origin.Option.Length > 0 ? "" : ", the next that is free")}", false),
        Change.LeaseReleased l => ("lease", $"{l.Address} of network {l.Network}, which {l.Holder} had", true),
        Change.NamePublished n => Names(n.Name, at, undone: false),
        Change.NameWithdrawn n => Names(n.Name, at, undone: true),
        Change.ResolverSet r => ("dns", $"the container DNS of {r.Namespace} answers at 127.0.0.11 for {string.Join(" and ", r.Resolver.Networks)}{(r.Resolver.Upstreams.Count > 0 ? $", and asks {string.Join(", ", r.Resolver.Upstreams.Select(u => u.Address))}" : "")}", false),
        Change.ProcessStarted { Process: { Arguments: ["docker-proxy", "-proto", var proto, "-host-ip", var ip, "-host-port", var port, "-container-ip", var to, "-container-port", var inside, ..] } } =>
            ("proxy", $"docker-proxy listens on {(ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip)}:{port}/{proto} for {to}:{inside}", false),
        Change.ProcessStarted p => ("process", $"{string.Join(' ', p.Process.Arguments)} starts in {p.Process.Namespace}", false),
        Change.ProcessSignalled p => ("process", $"{(p.Id.StartsWith("proxy:", StringComparison.Ordinal) ? "docker-proxy" : p.Id)} gets SIG{p.Signal}", true),
        _ => null,
    };

    /// <summary>All names of a container on a network in one sentence, told with the first of them.</summary>
    private (string, string, bool)? Names(PublishedName name, int at, bool undone)
    {
        var all = _changes.Select((c, i) => (Name: c switch { Change.NamePublished p when !undone => p.Name, Change.NameWithdrawn w when undone => w.Name, _ => null }, At: i))
            .Where(n => n.Name is { } x && x.Network == name.Network && x.Container == name.Container).ToList();
        if (all[0].At != at) return null;
        return ("name", $"{string.Join(", ", all.Select(n => n.Name!.Name).Distinct())} on {name.Network}", undone);
    }
}
