using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>What `ip addr|route|link|neigh add|del|set|replace` changes.</summary>
internal sealed class IpChanges(ProcessContext process, string subject, IReadOnlyList<string> words, bool? v6)
{
    private const int Failed = 2;
    private readonly string _space = process.Spec.Namespace;

    private bool Removes => words[0] is "del" or "delete" or "flush";

    /// <summary>Makes the change, or says in iproute2's words why not.</summary>
    public int Run() => !process.Spec.NetAdmin ? process.Fail(Failed, "RTNETLINK answers: Operation not permitted") : subject switch
    {
        "addr" or "a" or "address" => Address(),
        "route" or "r" or "ro" => Route(),
        "link" or "l" or "li" => Link(),
        "neigh" or "n" or "neighbor" or "neighbour" => Neighbour(),
        "rule" or "ru" => IpRules.Change(process, words, v6 == true),
        _ => NotModelled(),
    };

    private int NotModelled()
    {
        process.Warn($"ip {subject} {string.Join(' ', words)} is not modelled");
        return 0;
    }

    private string? After(string word)
    {
        int at = words.ToList().IndexOf(word);
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
    }

    private Change By(Change change) => change with { Origin = Origin.NotDockers };

    private int Address()
    {
        string device = After("dev") ?? "";
        if (process.Inspect().Find(device) is not { } i) return process.Fail(1, $"Cannot find device \"{device}\"");
        if (words[0] == "flush")
        {
            foreach (var a in i.Addresses.Where(a => v6 is null || a.Address.IsV6 == v6).ToList()) process.Change(By(new Change.AddressRemoved(_space, device, a)));
            return 0;
        }
        string text = words.Count > 1 ? words[1] : "";
        if (!text.Contains('/', StringComparison.Ordinal) && IpAddress.TryParse(text, out var single)) text = $"{text}/{single.BitLength}";
        if (!InterfaceAddress.TryParse(text, out var address)) return process.Fail(1, $"Error: any valid prefix is expected rather than \"{text}\".");
        bool there = i.Addresses.Contains(address);
        if (Removes && !there) return process.Fail(Failed, "Error: ipv4: Address not found.");
        if (!Removes && there) return process.Fail(Failed, address.Address.IsV6 ? "RTNETLINK answers: File exists" : "Error: ipv4: Address already assigned.");
        process.Change(By(Removes ? new Change.AddressRemoved(_space, device, address) : new Change.AddressAdded(_space, device, address, words.Contains("nodad"))));
        return 0;
    }

    private int Route()
    {
        if (Destination() is not { } to) return process.Fail(1, $"Error: any valid prefix is expected rather than \"{words[^1]}\".");
        IpAddress? gateway = IpAddress.TryParse(After("via"), out var g) ? g : null;
        var space = process.Inspect();
        var type = words.Contains("blackhole") ? RouteType.Blackhole : words.Contains("unreachable") ? RouteType.Unreachable : words.Contains("prohibit") ? RouteType.Prohibit : RouteType.Unicast;
        string device = After("dev") ?? (gateway is { } via ? space.Routes.Lookup(via)?.Interface : null) ?? "";
        string table = After("table") is { } t and not ("main" or "254") ? t : "";
        if (Removes) return Remove(space.Table(table), to, gateway, After("dev"));
        if (type == RouteType.Unicast && device.Length == 0) return process.Fail(Failed, gateway is null ? "RTNETLINK answers: No such device" : "Error: Nexthop has invalid gateway.");
        if (gateway is { IsV4: true } hop && !words.Contains("onlink") && space.Routes.Lookup(hop, n => After("dev") is null || n == device) is not { Gateway: null }) return process.Fail(Failed, "Error: Nexthop has invalid gateway.");
        if (device.Length > 0 && space.Find(device) is not { } i) return process.Fail(1, $"Cannot find device \"{device}\"");
        if (device.Length > 0 && space.Find(device) is { Up: false }) return process.Fail(Failed, "RTNETLINK answers: Network is down");
        int metric = int.TryParse(After("metric"), NumberStyles.None, CultureInfo.InvariantCulture, out int m) ? m : to.Address.IsV6 ? 1024 : 0;
        var same = space.Table(table).Routes.Where(r => r.Destination == to && r.Metric == metric).ToList();
        if (words[0] == "add" && same.Count > 0 && same.Exists(r => r.Type == type)) return process.Fail(Failed, "RTNETLINK answers: File exists");
        if (words[0] == "replace")
            foreach (var old in same) process.Change(By(new Change.RouteRemoved(_space, old)));
        IpAddress? source = IpAddress.TryParse(After("src"), out var s) ? s : null;
        string scope = gateway is null && type == RouteType.Unicast && !to.Address.IsV6 ? "link" : "";
        process.Change(By(new Change.RouteAdded(_space, new()
        {
            Destination = to,
            Gateway = gateway,
            Interface = device,
            Metric = metric,
            Type = type,
            PreferredSource = source,
            Scope = scope,
            Table = table,
        })));
        return 0;
    }

    private Subnet? Destination()
    {
        string? word = words.Skip(1).FirstOrDefault(w => w is not ("blackhole" or "unreachable" or "prohibit" or "unicast"));
        bool six = v6 == true || IpAddress.TryParse(After("via"), out var via) && via.IsV6;
        if (word == "default") return six ? Subnet.AllV6 : Subnet.AllV4;
        if (IpAddress.TryParse(word, out var host)) return new Subnet(host, host.BitLength);
        return Subnet.TryParse(word, out var subnet) ? subnet : null;
    }

    private int Remove(RoutingTable table, Subnet to, IpAddress? gateway, string? device)
    {
        var route = table.Routes.FirstOrDefault(r => r.Destination == to && (gateway is null || r.Gateway == gateway) && (device is null || r.Interface == device));
        if (route is null) return process.Fail(Failed, "RTNETLINK answers: No such process");
        process.Change(By(new Change.RouteRemoved(_space, route)));
        return 0;
    }

    private int Neighbour()
    {
        var space = process.Inspect();
        string? device = After("dev");
        if (device is not null && space.Find(device) is null) return process.Fail(1, $"Cannot find device \"{device}\"");
        if (words[0] == "flush")
        {
            foreach (var (at, entry) in space.Neighbours.ToList())
                if ((device is null || entry.Interface == device) && (v6 is null || at.IsV6 == v6) && entry.State != "PERMANENT") process.Network.SetNeighbour(entry.Interface, at, null);
            return 0;
        }
        if (words.Count < 2 || !IpAddress.TryParse(words[1] == "to" && words.Count > 2 ? words[2] : words[1], out var address)) return process.Fail(255, "Device and destination are required arguments.");
        if (device is null) return process.Fail(255, "Device and destination are required arguments.");
        bool there = space.Neighbours.TryGetValue(address, out var known) && known.State != "";
        if (Removes)
        {
            if (!there) return process.Fail(Failed, "RTNETLINK answers: No such file or directory");
            process.Network.SetNeighbour(device, address, null);
            return 0;
        }
        if (words[0] == "add" && there) return process.Fail(Failed, "RTNETLINK answers: File exists");
        if (!MacAddress.TryParse(After("lladdr"), out var mac)) return process.Fail(Failed, "RTNETLINK answers: Invalid argument");
        process.Network.SetNeighbour(device, address, mac);
        return 0;
    }

    private int Link()
    {
        var space = process.Inspect();
        if (words[0] == "add") return AddLink(space);
        string device = After("dev") ?? words.Skip(1).FirstOrDefault() ?? "";
        if (space.Find(device) is null) return process.Fail(1, $"Cannot find device \"{device}\"");
        if (Removes)
        {
            process.Change(By(new Change.InterfaceRemoved(_space, device)));
            return 0;
        }
        bool? up = words.Contains("up") ? true : words.Contains("down") ? false : null;
        int? mtu = int.TryParse(After("mtu"), NumberStyles.None, CultureInfo.InvariantCulture, out int m) ? m : null;
        MacAddress? mac = MacAddress.TryParse(After("address"), out var a) ? a : null;
        string? master = words.Contains("nomaster") ? "" : After("master");
        if (master is { Length: > 0 } && space.Find(master) is null) return process.Fail(1, $"Error: argument \"{master}\" is wrong: Device does not exist");
        process.Change(By(new Change.InterfaceChanged(_space, device, up, mtu, mac, master)));
        return 0;
    }

    private int AddLink(NetworkNamespace space)
    {
        string name = After("name") is { } n && words.ToList().IndexOf("name") < Math.Max(1, words.ToList().IndexOf("type")) ? n : words.Skip(1).FirstOrDefault(w => w is not ("name" or "link")) ?? "";
        if (space.Find(name) is not null) return process.Fail(Failed, "RTNETLINK answers: File exists");
        int next = space.Interfaces.Select(i => i.Index).DefaultIfEmpty(0).Max() + 1;
        switch (After("type"))
        {
            case "veth":
                var peerWords = words.Skip(words.ToList().IndexOf("peer") + 1).ToList();
                string peer = words.Contains("peer") && peerWords.Count > 1 && peerWords[0] == "name" ? peerWords[1] : $"veth{next}";
                process.Change(By(new Change.VethMade(_space, Spec(name, next + 1, InterfaceKind.Veth), _space, Spec(peer, next, InterfaceKind.Veth))));
                return 0;
            case "bridge": process.Change(By(new Change.InterfaceMade(_space, Spec(name, next, InterfaceKind.Bridge)))); return 0;
            case "dummy": process.Change(By(new Change.InterfaceMade(_space, Spec(name, next, InterfaceKind.Dummy)))); return 0;
            case "vlan" or "macvlan" or "ipvlan": return AddStacked(space, name, next);
            default: return NotModelled();
        }
    }

    /// <summary>"ip link add link eth0 name eth0.10 type vlan id 10", "… type macvlan mode bridge", "… type ipvlan mode l3".</summary>
    private int AddStacked(NetworkNamespace space, string name, int next)
    {
        if (After("link") is not { } parent) return process.Fail(Failed, "RTNETLINK answers: No such device");
        if (space.Find(parent) is null) return process.Fail(1, $"Cannot find device \"{parent}\"");
        string type = After("type")!, mode = After("mode") ?? (type == "macvlan" ? "vepa" : type == "ipvlan" ? "l3" : "");
        int id = 0;
        if (type == "vlan" && !(int.TryParse(After("id"), NumberStyles.None, CultureInfo.InvariantCulture, out id) && id is > 0 and < 4095))
            return process.Fail(1, "vlan: vlan id is required");
        var spec = Spec(name, next, type switch { "vlan" => InterfaceKind.Vlan, "macvlan" => InterfaceKind.Macvlan, _ => InterfaceKind.Ipvlan });
        string flag = type != "ipvlan" ? "" : words.Contains("private") ? "private" : words.Contains("vepa") ? "vepa" : "bridge";
        process.Change(By(new Change.InterfaceMade(_space, spec with { Mac = type == "macvlan" ? spec.Mac : default, Mtu = 0, Parent = parent, Mode = mode, ModeFlag = flag, VlanId = id })));
        return 0;
    }

    private InterfaceSpec Spec(string name, int index, InterfaceKind kind)
    {
        ulong random = (ulong)process.Clock.Chance.NextInt64(1L << 48);
        return new() { Name = name, Index = index, Kind = kind, Mac = new(random & ~0x0100_0000_0000UL | 0x0200_0000_0000UL) };
    }
}
