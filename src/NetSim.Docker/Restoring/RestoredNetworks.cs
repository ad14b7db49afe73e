using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Docker.Ipam;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Restoring;

/// <summary>Puts inspected networks into a daemon's books and makes their Linux side, in the order in which the engine made them.</summary>
/// <param name="d">The daemon; nothing is in its books.</param>
/// <param name="rebooted">Has the machine started since older networks were made, so that no rule is older than the daemon?</param>
internal sealed class RestoredNetworks(Daemon d, bool rebooted)
{
    private static readonly string[] Modelled = ["bridge", "host", "null", "macvlan", "ipvlan"];

    /// <summary>Restores all. A network "bridge" that is younger than others tells that the daemon started again since.</summary>
    public void Restore(IEnumerable<InspectedNetwork> networks)
    {
        var all = networks.OrderBy(n => n.Created, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal).ToList();
        var bridge = all.Find(n => n is { Name: "bridge", Driver: "bridge" });
        var older = bridge is null ? [] : all.Where(n => n.Driver == "bridge" && string.CompareOrdinal(n.Created, bridge.Created) < 0).ToList();
        foreach (var n in all.Where(n => n.Driver is "host" or "null")) Add(n);
        if (older.Count > 0 && !rebooted) Add(bridge!);
        foreach (var n in all.Where(older.Contains)) Add(n);
        if (older.Count > 0 && !rebooted) DaemonBoot.RebuildRules(d);
        foreach (var n in all.Where(n => d.Networks.Find(n.Name) is null)) Add(n);
    }

    private void Add(InspectedNetwork n)
    {
        if (!Modelled.Contains(n.Driver))
        {
            d.Warnings.Add(n.Driver == "overlay" ? $"network {n.Name} is an overlay network (Swarm), which is not modelled: it is left out" : $"network {n.Name} is driven by the plugin {n.Driver}, which is not modelled: it is left out");
            return;
        }
        if (d.Networks.Find(n.Name) is not null)
        {
            d.Warnings.Add($"there are two networks {n.Name}: the younger is left out");
            return;
        }
        var network = Network(n);
        try
        {
            NetworkMaker.Realize(d, network);
        }
        catch (DaemonException fault)
        {
            d.Warnings.Add($"network {n.Name} is left out, as what inspect says of it does not fit: {fault.Message}");
            return;
        }
        d.Networks.Add(network);
        d.Make(new Change.NetworkSet(network.Facts) { Origin = new(network.IsUserDefined ? network.OriginObject : "daemon", "", "network-create") });
    }

    private Network Network(InspectedNetwork n)
    {
        var network = new Network
        {
            Name = n.Name,
            Id = n.Id,
            Driver = n.Driver,
            Internal = n.Internal,
            HasGatewayModes = d.Version.AtLeast(27),
            Attachable = n.Attachable,
            EnableIpv4 = n.EnableIpv4,
            EnableIpv6 = n.EnableIpv6,
            IpamDriver = n.IpamDriver,
            Options = new(n.Options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            Labels = new(n.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        };
        network.Ipam.AddRange(n.Pools.Select(p => new IpamEntry(p.Subnet.ToString(), p.Range, p.Gateway?.ToString(), p.Auxiliary)));
        if (n is { Name: "bridge", Driver: "bridge" } && !network.Options.ContainsKey(NetworkOptions.BridgeName)) network.Options[NetworkOptions.BridgeName] = "docker0";
        network.V4 = Pool(network, n.Pools.FirstOrDefault(p => p.Subnet.Address.IsV4));
        network.V6 = Pool(network, n.Pools.FirstOrDefault(p => p.Subnet.Address.IsV6));
        return network;
    }

    private NetworkPool? Pool(Network network, InspectedPool? row)
    {
        if (row is null) return null;
        var pool = new AddressPool(row.Subnet, Subnet.TryParse(row.Range, out var range) && row.Subnet.Contains(range) ? range : null, keepEnds: !d.Version.AtLeast(25));
        d.Subnets.Use(row.Subnet);
        var gateway = row.Gateway;
        if (gateway is { } shown) pool.TryTake(shown);
        else if (!NetworkPools.WithoutGateway(d, network) && pool.TryTakeNext(out var first)) gateway = first;
        IpAddress? other = null;
        foreach (var (name, text) in row.Auxiliary)
        {
            if (!IpAddress.TryParse(text, out var address)) continue;
            pool.TryTake(address);
            if (name is "DefaultGatewayIPv4" or "DefaultGatewayIPv6") other = address;
        }
        return new(pool, gateway, chosenByUser: network.IsUserDefined) { ContainerGateway = other };
    }
}
