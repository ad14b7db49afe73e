using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>The host of a bundle: its interfaces, tables, and which of its veths belongs to which container.</summary>
internal sealed class BundleHost(BundleFolder folder, BundleJson json)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Is there a host.json?</summary>
    public bool IsKnown => json.Value is not null;

    /// <summary>Interfaces that are no ends of containers' veths; those are made with their containers.</summary>
    public IEnumerable<Change> Links(IReadOnlyList<BundleContainer> containers)
    {
        foreach (var c in containers.Where(c => c.OwnNamespace))
            foreach (var link in new BundleJson(folder.Name($"containers/{c.Name}.json"), folder.Json($"containers/{c.Name}.json"))["link"].Items)
                if (Veth(link) is { Length: > 0 } name) _taken.Add(name);
        foreach (var e in containers.Where(c => c.OwnNamespace).SelectMany(c => c.Endpoints))
            if (Learned(e) is { } name) _taken.Add(name);
        foreach (var link in json["link"].Items.Where(l => !_taken.Contains(l["ifname"].Text)).OrderBy(l => l["linkinfo"]["info_kind"].Text == "bridge" ? 0 : 1))
        {
            yield return new Change.InterfaceMade("host", Spec(link));
            yield return new Change.InterfaceChanged("host", link["ifname"].Text, Up: IsUp(link), Master: link["master"].Text is { Length: > 0 } master ? master : null);
        }
    }

    /// <summary>The host's end of a container's veth: the interface, and whether it is up; null when it is not known.</summary>
    public (InterfaceSpec Interface, bool Up)? End(BundleEndpoint endpoint, BundleJson inside)
    {
        string? name = Veth(inside) is { Length: > 0 } v ? v : Learned(endpoint);
        var link = json["link"].Items.FirstOrDefault(l => l["ifname"].Text == name);
        return name is null || link.Value is null ? null : (Spec(link) with { Kind = InterfaceKind.Veth }, IsUp(link));
    }

    /// <summary>Addresses, routes, neighbours and so on.</summary>
    public IEnumerable<Change> Tables()
    {
        foreach (var c in BundleTables.Addresses("host", json["addr"], [])) yield return c;
        foreach (var c in BundleTables.Routes("host", json["route"], v6: false)) yield return c;
        foreach (var c in BundleTables.Routes("host", json["route6"], v6: true)) yield return c;
        foreach (var c in BundleTables.Neighbours("host", json["neigh"])) yield return c;
        foreach (var c in BundleTables.Fdb("host", json["fdb"])) yield return c;
        foreach (var c in BundleTables.Sockets("host", json["listening"])) yield return c;
        foreach (var (key, value) in json["sysctl"].Fields.Where(f => f.Value.Value is not null)) yield return new Change.SysctlSet("host", key, value.Text);
    }

    /// <summary>Is it set up by the administrator?</summary>
    public static bool IsUp(BundleJson link) => link["flags"].Items.Any(f => f.Text == "UP");

    private static InterfaceSpec Spec(BundleJson link) => new()
    {
        Name = link["ifname"].Text,
        Index = link["ifindex"].Number,
        Kind = link["linkinfo"]["info_kind"].Text switch { "bridge" => InterfaceKind.Bridge, "macvlan" => InterfaceKind.Macvlan, "ipvlan" => InterfaceKind.Ipvlan, _ => link["link_type"].Text == "loopback" ? InterfaceKind.Loopback : InterfaceKind.Physical },
        Mac = link["address"].Mac,
        Mtu = link["mtu"].Number is > 0 and var mtu ? mtu : 1500,
    };

    /// <summary>The host's veth whose peer an inner interface is: both name each other's number.</summary>
    private string Veth(BundleJson inside)
    {
        int own = inside["ifindex"].Number, other = inside["link_index"].Number;
        if (own == 0 || other == 0) return "";
        return json["link"].Items.FirstOrDefault(l => l["ifindex"].Number == other && l["link_index"].Number == own && l["linkinfo"]["info_kind"].Text == "veth" && l["master"].Text.Length > 0)["ifname"].Text;
    }

    /// <summary>The port behind which the endpoint's bridge has learned its MAC address.</summary>
    private string? Learned(BundleEndpoint endpoint)
    {
        if (endpoint.Mac == MacAddress.Zero) return null;
        var entry = json["fdb"].Items.FirstOrDefault(f => f["master"].Text == endpoint.Network.Facts.Interface && f["ifname"].Text != endpoint.Network.Facts.Interface && f["mac"].Mac == endpoint.Mac);
        return entry.Value is null ? null : entry["ifname"].Text;
    }
}
