using System.Globalization;
using System.Text.Json.Nodes;

namespace NetSim.Model.Topology;

/// <summary>An interface as `ip -j link` prints it. Source: iproute2 v6.1 ip/ipaddress.c print_linkinfo, Linux v6.1 net/core/link_watch.c default_operstate.</summary>
internal static class IpLinkJson
{
    /// <summary>One interface.</summary>
    public static JsonObject Write(Topology topology, Interface i, bool detailed)
    {
        var row = new JsonObject { ["ifindex"] = i.Index };
        var other = i.Peer ?? i.Parent;
        bool elsewhere = other is not null && !ReferenceEquals(other.Namespace, i.Namespace);
        if (elsewhere) row["link_index"] = other!.Index;
        else if (other is not null) row["link"] = other.Name;
        row["ifname"] = i.Name;
        row["flags"] = Flags(i);
        row["mtu"] = i.Mtu;
        row["qdisc"] = i.Kind == InterfaceKind.Physical ? "fq_codel" : "noqueue";
        if (i.Master is { } master) row["master"] = master.Name;
        row["operstate"] = OperState(i);
        if (detailed) row["linkmode"] = "DEFAULT";
        row["group"] = "default";
        row["link_type"] = i.Kind == InterfaceKind.Loopback ? "loopback" : "ether";
        row["address"] = i.Mac.ToString();
        row["broadcast"] = i.Kind == InterfaceKind.Loopback ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
        if (elsewhere) row["link_netnsid"] = NamespaceNumber(topology, i.Namespace, other!.Namespace);
        if (detailed && LinkKind(i) is { } kind) row["linkinfo"] = LinkDetails(i, kind);
        return row;
    }

    /// <summary>"NO-CARRIER", "BROADCAST", …, "UP", "LOWER_UP".</summary>
    public static JsonArray Flags(Interface i)
    {
        var flags = new JsonArray();
        if (i.Up && !i.Carrier) flags.Add("NO-CARRIER");
        if (i.Kind == InterfaceKind.Loopback)
        {
            flags.Add("LOOPBACK");
        }
        else
        {
            flags.Add("BROADCAST");
            if (i.Kind != InterfaceKind.Dummy) flags.Add("MULTICAST");
            if (!i.Resolves) flags.Add("NOARP");
        }
        if (i.Up) flags.Add("UP");
        if (i.Carrier) flags.Add("LOWER_UP");
        return flags;
    }

    /// <summary>A bridge port's settings, as the kernel gives them to every port at first.</summary>
    public static JsonObject PortSettings(Interface port) => new()
    {
        ["state"] = port.Carrier ? "forwarding" : "disabled",
        ["priority"] = 32,
        ["cost"] = 2,
        ["hairpin"] = port.Hairpin,
        ["guard"] = false,
        ["root_block"] = false,
        ["fastleave"] = false,
        ["learning"] = true,
        ["flood"] = true,
        ["mcast_flood"] = true,
        ["bcast_flood"] = true,
        ["mcast_router"] = 1,
        ["mcast_to_unicast"] = false,
        ["neigh_suppress"] = false,
        ["vlan_tunnel"] = false,
        ["isolated"] = false,
        ["locked"] = false,
    };

    private static string OperState(Interface i)
    {
        if (i.Kind == InterfaceKind.Loopback) return i.Up ? "UNKNOWN" : "DOWN";
        if (i.Carrier) return i.Kind == InterfaceKind.Dummy ? "UNKNOWN" : "UP";
        return i.Up && (i.Peer ?? i.Parent) is { } other && other.Index != i.Index ? "LOWERLAYERDOWN" : "DOWN";
    }

    private static string? LinkKind(Interface i) => i.Kind switch
    {
        InterfaceKind.Veth => "veth",
        InterfaceKind.Bridge => "bridge",
        InterfaceKind.Macvlan => "macvlan",
        InterfaceKind.Ipvlan => "ipvlan",
        InterfaceKind.Vlan => "vlan",
        InterfaceKind.Dummy => "dummy",
        _ => null,
    };

    private static JsonObject LinkDetails(Interface i, string kind)
    {
        var details = new JsonObject { ["info_kind"] = kind };
        if (i.Kind == InterfaceKind.Bridge) details["info_data"] = BridgeSettings(i);
        if (SharedSettings(i) is { } shared) details["info_data"] = shared;
        if (i.Master is null) return details;
        details["info_slave_kind"] = "bridge";
        details["info_slave_data"] = PortSettings(i);
        return details;
    }

    /// <summary>How a device shares its parent. Source: iproute2 v6.1 ip/iplink_macvlan.c, iplink_ipvlan.c, iplink_vlan.c.</summary>
    private static JsonObject? SharedSettings(Interface i) => i.Kind switch
    {
        InterfaceKind.Macvlan => new() { ["mode"] = i.Mode.Length > 0 ? i.Mode : "bridge", ["bcqueuelen"] = 1000, ["usedbcqueuelen"] = 1000 },
        InterfaceKind.Ipvlan => new() { ["mode"] = i.Mode.Length > 0 ? i.Mode : "l2", [i.ModeFlag.Length > 0 ? i.ModeFlag : "bridge"] = true },
        InterfaceKind.Vlan => new() { ["protocol"] = "802.1Q", ["id"] = i.VlanId, ["flags"] = new JsonArray("REORDER_HDR") },
        _ => null,
    };

    /// <summary>What a new bridge has; times in hundredths of a second.</summary>
    private static JsonObject BridgeSettings(Interface bridge)
    {
        string id = $"8000.{string.Join(':', bridge.Mac.ToString().Split(':').Select(o => int.Parse(o, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture)))}";
        return new()
        {
            ["forward_delay"] = 1500,
            ["hello_time"] = 200,
            ["max_age"] = 2000,
            ["ageing_time"] = 30000,
            ["stp_state"] = 0,
            ["priority"] = 32768,
            ["vlan_filtering"] = 0,
            ["bridge_id"] = id,
            ["root_id"] = id,
            ["root_port"] = 0,
            ["root_path_cost"] = 0,
            ["group_addr"] = "01:80:c2:00:00:00",
            ["mcast_snooping"] = 1,
            ["mcast_router"] = 1,
            ["mcast_querier"] = 0,
            ["nf_call_iptables"] = 0,
            ["nf_call_ip6tables"] = 0,
            ["nf_call_arptables"] = 0,
        };
    }

    /// <summary>The number under which one namespace knows another: in the order of making.</summary>
    private static int NamespaceNumber(Topology topology, NetworkNamespace of, NetworkNamespace other) => topology.Namespaces.Where(n => !ReferenceEquals(n, of)).TakeWhile(n => !ReferenceEquals(n, other)).Count();
}
