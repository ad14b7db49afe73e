using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>What `ip` prints about a namespace.</summary>
internal static class IpText
{
    private static readonly Subnet LinkLocal = Subnet.Parse("fe80::/10");

    /// <summary>The device a command is about: the word after "dev", or the only word.</summary>
    public static string? Device(IReadOnlyList<string> words)
    {
        int at = words.ToList().IndexOf("dev");
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : words.Count == 1 && words[0] is not ("up" or "default") && !words[0].Contains('/', StringComparison.Ordinal) && !IpAddress.TryParse(words[0], out _) ? words[0] : null;
    }

    /// <summary>ip addr.</summary>
    public static string Addresses(NetworkNamespace space, IReadOnlyList<string> words, bool? v6, bool busybox = false)
    {
        var text = new StringBuilder();
        foreach (var i in Wanted(space, words))
        {
            var addresses = i.Addresses.Where(a => v6 is null || a.Address.IsV6 == v6).OrderBy(a => a.Address.IsV6).ToList();
            if (v6 is not null && addresses.Count == 0) continue;
            text.Append(Head(i, mode: false, busybox)).Append('\n');
            if (v6 is null) text.Append(Link(i, busybox)).Append('\n');
            foreach (var a in addresses) text.Append(Address(i, a)).Append("       valid_lft forever preferred_lft forever\n");
        }
        return text.ToString();
    }

    /// <summary>ip link.</summary>
    public static string Links(NetworkNamespace space, IReadOnlyList<string> words, bool busybox = false) =>
        string.Concat(Wanted(space, words).Select(i => $"{Head(i, mode: true, busybox)}\n{Link(i, busybox)}\n"));

    /// <summary>ip -br addr.</summary>
    public static string BriefAddresses(NetworkNamespace space, IReadOnlyList<string> words, bool? v6)
    {
        var text = new StringBuilder();
        foreach (var i in Wanted(space, words))
        {
            var addresses = i.Addresses.Where(a => v6 is null || a.Address.IsV6 == v6).OrderBy(a => a.Address.IsV6).ToList();
            if (v6 is null || addresses.Count > 0) text.Append(CultureInfo.InvariantCulture, $"{Name(i),-16} {State(i),-14} {string.Concat(addresses.Select(a => $"{a} "))}\n");
        }
        return text.ToString();
    }

    /// <summary>ip -br link.</summary>
    public static string BriefLinks(NetworkNamespace space, IReadOnlyList<string> words) =>
        string.Concat(Wanted(space, words).Select(i => $"{Name(i),-16} {State(i),-14} {i.Mac} {Flags(i, false)} \n"));

    /// <summary>ip route, ip -6 route.</summary>
    public static string Routes(NetworkNamespace space, bool v6, IReadOnlyList<string> words)
    {
        string? device = words.Contains("dev") ? Device(words) : null, table = After(words, "table");
        if (table is "local" or "255") return v6 ? "" : IpRules.Local(space);
        var text = new StringBuilder();
        foreach (var r in Table(space, table).Where(r => r.Destination.Address.IsV6 == v6 && (device is null || r.Interface == device) && IsWanted(r, words)))
        {
            bool linkDown = space.Find(r.Interface) is { } i && i.Up && !i.Carrier;
            text.Append(r).Append(linkDown ? " linkdown" : "").Append(v6 ? " pref medium" : " ").Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<Route> Table(NetworkNamespace space, string? name) => name == "all" ? space.Routes.Routes.Concat(space.Tables.Values.SelectMany(t => t.Routes)) : space.Table(name ?? "").Routes;

    /// <summary>"default", an exact prefix, "match ADDRESS", "root SUBNET", "via GATEWAY", "proto NAME", "scope NAME".</summary>
    private static bool IsWanted(Route r, IReadOnlyList<string> words)
    {
        string first = words.Count > 0 ? words[0] : "";
        if (first == "default" && !r.Destination.IsAll) return false;
        if (After(words, "match") is { } m && !(IpAddress.TryParse(m.Split('/')[0], out var inside) && r.Destination.Contains(inside))) return false;
        if (After(words, "root") is { } root && !(Subnet.TryParse(root, out var top) && top.Contains(r.Destination.Address) && r.Destination.PrefixLength >= top.PrefixLength)) return false;
        if (After(words, "via") is { } via && r.Gateway?.ToString() != via) return false;
        if (After(words, "proto") is { } proto && (r.Protocol.Length > 0 ? r.Protocol : "boot") != proto) return false;
        if (After(words, "scope") is { } scope && (r.Scope.Length > 0 ? r.Scope : "global") != scope) return false;
        string exact = After(words, "exact") ?? (first.Contains('/', StringComparison.Ordinal) || IpAddress.TryParse(first, out _) ? first : "");
        return exact.Length == 0 || (Subnet.TryParse(exact, out var s) ? r.Destination == s : IpAddress.TryParse(exact, out var host) && r.Destination == new Subnet(host, host.BitLength));
    }

    private static string? After(IReadOnlyList<string> words, string word) => words.ToList().IndexOf(word) is var at && at >= 0 && at + 1 < words.Count ? words[at + 1] : null;

    /// <summary>ip -o: a record a line, its lines joined by backslashes; addresses without their links.</summary>
    public static string OneLine(NetworkNamespace space, IReadOnlyList<string> words, bool? v6)
    {
        var text = new StringBuilder();
        foreach (var i in Wanted(space, words))
            foreach (var a in i.Addresses.Where(a => v6 is null || a.Address.IsV6 == v6).OrderBy(a => a.Address.IsV6))
                text.Append(CultureInfo.InvariantCulture, $"{i.Index}: {i.Name}{Address(i, a).TrimEnd('\n')}\\       valid_lft forever preferred_lft forever\n");
        return text.ToString();
    }

    /// <summary>ip -o link.</summary>
    public static string OneLineLinks(NetworkNamespace space, IReadOnlyList<string> words) => string.Concat(Wanted(space, words).Select(i => $"{Head(i, mode: true, false)}\\{Link(i, false)}\n"));

    /// <summary>ip neigh.</summary>
    public static string Neighbours(NetworkNamespace space, bool? v6, IReadOnlyList<string> words)
    {
        string? device = words.Contains("dev") ? Device(words) : null;
        var text = new StringBuilder();
        foreach (var (address, (through, mac, state)) in space.Neighbours)
        {
            if (v6 is not null && address.IsV6 != v6 || device is not null && through != device) continue;
            if (words.Count > 0 && IpAddress.TryParse(words[0] == "to" && words.Count > 1 ? words[1] : words[0], out var only) && only != address) continue;
            if (words.Contains("nud") && words[words.ToList().IndexOf("nud") + 1].ToUpperInvariant() != state) continue;
            bool router = address.IsV6 && space.Routes.Routes.Any(r => r.Gateway == address);
            text.Append(CultureInfo.InvariantCulture, $"{address}{(device is null ? $" dev {through}" : "")}{(mac is { } m ? $" lladdr {m}" : "")}{(router ? " router" : "")} {state} \n");
        }
        return text.ToString();
    }

    private static IEnumerable<Interface> Wanted(NetworkNamespace space, IReadOnlyList<string> words) =>
        space.Interfaces.Where(i => (Device(words) is not { } device || i.Name == device) && (!words.Contains("up") || i.Up)
            && (After(words, "type") is not { } type || Kind(i) == type) && (After(words, "master") is not { } master || i.Master?.Name == master));

    private static string Kind(Interface i) => i.Kind switch { InterfaceKind.Physical or InterfaceKind.Loopback => "", var k => k.ToString().ToLowerInvariant() };

    /// <summary>"eth0@if6".</summary>
    public static string Name(Interface i)
    {
        var other = i.Peer ?? i.Parent;
        return other is null ? i.Name : $"{i.Name}@{(ReferenceEquals(other.Namespace, i.Namespace) ? other.Name : $"if{other.Index}")}";
    }

    /// <summary>"UP".</summary>
    public static string State(Interface i) => i.Kind == InterfaceKind.Loopback || i is { Kind: InterfaceKind.Dummy, Up: true } ? "UNKNOWN" : i.Carrier ? "UP" : i is { Up: true, Kind: InterfaceKind.Veth } ? "LOWERLAYERDOWN" : "DOWN";

    private static string Flags(Interface i, bool busybox) => $"<{string.Join(',', FlagWords(i, busybox))}>";

    /// <summary>"BROADCAST", "UP" ...</summary>
    public static IEnumerable<string> FlagWords(Interface i, bool busybox = false)
    {
        var flags = new List<string>();
        if (i.Up && !i.Carrier) flags.Add("NO-CARRIER");
        flags.AddRange(i.Kind == InterfaceKind.Loopback ? ["LOOPBACK"] : i.Kind == InterfaceKind.Dummy ? ["BROADCAST", "NOARP"] : i.Resolves ? ["BROADCAST", "MULTICAST"] : ["BROADCAST", "MULTICAST", "NOARP"]);
        if (i.Up) flags.Add("UP");
        if (i.Up && i.Carrier) flags.Add("LOWER_UP");
        if (!i.Up && i.Kind == InterfaceKind.Veth && i.Peer is { Up: false }) flags.Add("M-DOWN");
        if (busybox && i.Peer is { } p && !ReferenceEquals(p.Namespace, i.Namespace)) flags.Add("M-DOWN");
        return flags.Distinct();
    }

    private static string Head(Interface i, bool mode, bool busybox)
    {
        string queue = i.Up ? "noqueue" : "noop";
        string master = i.Master is { } m ? $" master {m.Name}" : "";
        string length = HasQueueLength(i) ? "qlen 1000" : "";
        return busybox ? $"{i.Index}: {Name(i)}: {Flags(i, true)} mtu {i.Mtu} qdisc {queue}{master} {length}"
            : $"{i.Index}: {Name(i)}: {Flags(i, false)} mtu {i.Mtu} qdisc {queue}{master} state {State(i)} {(mode ? "mode DEFAULT " : "")}group default {length}";
    }

    /// <summary>Docker makes its veths and bridges without a queue; what others made has the usual 1000.</summary>
    private static bool HasQueueLength(Interface i) => i.Kind is InterfaceKind.Loopback or InterfaceKind.Physical ||
        i.Kind == InterfaceKind.Veth && i.Namespace.Kind != NamespaceKind.Container && !(i.Name.StartsWith("veth", StringComparison.Ordinal) && i.Name.Length == 11);

    private static string Link(Interface i, bool busybox)
    {
        string kind = i.Kind == InterfaceKind.Loopback ? "loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00" : $"ether {i.Mac} brd ff:ff:ff:ff:ff:ff";
        bool elsewhere = (i.Peer ?? i.Parent) is { } other && !ReferenceEquals(other.Namespace, i.Namespace);
        return $"    link/{kind}{(elsewhere && !busybox ? $" link-netnsid {NamespaceId(i)}" : "")}";
    }

    /// <summary>Numbers of other namespaces, in order of the interfaces that lead there.</summary>
    private static int NamespaceId(Interface i) => i.Namespace.Interfaces.TakeWhile(o => !ReferenceEquals(o, i)).Select(o => (o.Peer ?? o.Parent)?.Namespace)
        .Where(n => n is not null && !ReferenceEquals(n, i.Namespace)).Distinct().ToList() is var before && before.IndexOf((i.Peer ?? i.Parent)!.Namespace) is var at && at >= 0 ? at : before.Count;

    private static string Address(Interface i, InterfaceAddress a)
    {
        if (a.Address.IsV6)
        {
            string scope = a.Address.IsLoopback ? "host" : LinkLocal.Contains(a.Address) ? "link" : "global";
            return $"    inet6 {a} scope {scope} {(scope == "global" ? "nodad " : "")}\n";
        }
        string broadcast = a.PrefixLength >= 31 || a.Address.IsLoopback || !IsDockers(i) ? "" : $"brd {a.Subnet.Last} ";
        return $"    inet {a} {broadcast}scope {(a.Address.IsLoopback ? "host" : "global")} {i.Name}\n";
    }

    /// <summary>Docker sets a broadcast address, `ip addr add` does not.</summary>
    private static bool IsDockers(Interface i) => i.Namespace.Kind == NamespaceKind.Container || i.Kind == InterfaceKind.Bridge;
}
