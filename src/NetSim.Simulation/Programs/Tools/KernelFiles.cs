using NetSim.Model.Topology;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>Values of the kernel that nobody has set: /proc/sys of a new namespace of Linux 6.</summary>
internal static class KernelFiles
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["net.ipv4.ip_forward"] = "0",
        ["net.ipv4.ip_default_ttl"] = "64",
        ["net.ipv4.ip_local_port_range"] = "32768\t60999",
        ["net.ipv4.ping_group_range"] = "0\t2147483647",
        ["net.ipv4.icmp_echo_ignore_all"] = "0",
        ["net.ipv4.icmp_echo_ignore_broadcasts"] = "1",
        ["net.ipv4.tcp_syncookies"] = "1",
        ["net.ipv4.tcp_syn_retries"] = "6",
        ["net.ipv4.tcp_synack_retries"] = "5",
        ["net.ipv4.tcp_keepalive_time"] = "7200",
        ["net.ipv4.tcp_fin_timeout"] = "60",
        ["net.ipv4.tcp_sack"] = "1",
        ["net.ipv4.tcp_timestamps"] = "1",
        ["net.ipv4.tcp_window_scaling"] = "1",
        ["net.ipv4.tcp_rmem"] = "4096\t131072\t6291456",
        ["net.ipv4.tcp_wmem"] = "4096\t16384\t4194304",
        ["net.ipv4.tcp_ecn"] = "2",
        ["net.ipv4.ip_unprivileged_port_start"] = "0",
        ["net.ipv4.ip_nonlocal_bind"] = "0",
        ["net.core.somaxconn"] = "4096",
        ["net.ipv6.conf.all.disable_ipv6"] = "0",
        ["net.ipv6.conf.all.forwarding"] = "0",
        ["net.ipv6.bindv6only"] = "0",
    };

    private static readonly Dictionary<string, string> OfInterface = new(StringComparer.Ordinal)
    {
        ["rp_filter"] = "0",
        ["forwarding"] = "0",
        ["accept_redirects"] = "1",
        ["send_redirects"] = "1",
        ["proxy_arp"] = "0",
        ["arp_ignore"] = "0",
        ["arp_announce"] = "0",
        ["route_localnet"] = "0",
        ["accept_local"] = "0",
        ["disable_ipv6"] = "0",
        ["accept_ra"] = "1",
        ["accept_dad"] = "1",
    };

    /// <summary>The value of a key ("net.ipv4.ip_forward"), or null when there is none.</summary>
    public static string? Sysctl(NetworkNamespace space, string key)
    {
        if (space.Sysctls.TryGetValue(key, out string? set)) return set;
        if (Defaults.TryGetValue(key, out string? usual)) return usual;
        var words = key.Split('.');
        bool ofInterface = words.Length == 5 && words[2] == "conf" && (words[3] is "all" or "default" || space.Find(words[3]) is not null);
        return ofInterface ? OfInterface.GetValueOrDefault(words[4]) : null;
    }

    /// <summary>The neighbours of IPv4. Source: linux v6.6 net/ipv4/arp.c arp_format_neigh_entry.</summary>
    private static string Arp(NetworkNamespace space) => "IP address       HW type     Flags       HW address            Mask     Device\n" + string.Concat(space.Neighbours.Where(n => n.Key.IsV4 && n.Value.State.Length > 0)
        .Select(n => $"{n.Key,-16} 0x1         0x{(n.Value.State == "PERMANENT" ? 6 : n.Value.Mac is null ? 0 : 2)}         {n.Value.Mac?.ToString() ?? "00:00:00:00:00:00",-21} *        {n.Value.Interface}\n"));

    /// <summary>The text of a file of /proc/sys or /sys/class/net, or null.</summary>
    public static string? Read(NetworkNamespace space, string path)
    {
        if (path.StartsWith("/proc/sys/", StringComparison.Ordinal)) return Sysctl(space, path["/proc/sys/".Length..].Replace('/', '.')) is { } value ? value + "\n" : null;
        if (path == "/proc/net/arp") return Arp(space);
        var words = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["sys", "class", "net", var device, var what] || space.Find(device) is not { } i) return null;
        return what switch
        {
            "address" => $"{i.Mac}\n",
            "mtu" => $"{i.Mtu}\n",
            "ifindex" => $"{i.Index}\n",
            "iflink" => $"{i.Peer?.Index ?? i.Index}\n",
            "operstate" => $"{(i.Kind == InterfaceKind.Loopback ? "unknown" : i.Carrier ? "up" : "down")}\n",
            "carrier" => i.Up ? $"{(i.Carrier ? 1 : 0)}\n" : null,
            "speed" => "10000\n",
            _ => null,
        };
    }
}
