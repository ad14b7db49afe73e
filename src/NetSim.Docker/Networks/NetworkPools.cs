using NetSim.Docker.Books;
using NetSim.Docker.Ipam;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Networks;

/// <summary>Reserves a network's subnets, gateways and auxiliary addresses, in the order IPv4, IPv6.</summary>
internal static class NetworkPools
{
    /// <summary>Makes both pools of a network as its request says, and the rows that inspect shows.</summary>
    /// <exception cref="DaemonException">A subnet is not free, or not a subnet. Nothing stays reserved.</exception>
    public static void Reserve(Daemon d, Network network, NetworkRequest request)
    {
        var chosen = request.Subnets.Where(s => s.Subnet.Length > 0).ToList();
        try
        {
            if (network.EnableIpv4) network.V4 = One(d, network, chosen.Where(s => !s.Subnet.Contains(':')).ToList(), v6: false);
            if (network.EnableIpv6) network.V6 = One(d, network, chosen.Where(s => s.Subnet.Contains(':')).ToList(), v6: true);
            foreach (bool v6 in new[] { false, true })
                foreach (var more in chosen.Where(s => s.Subnet.Contains(':') == v6).Skip(1).Where(_ => v6 ? network.EnableIpv6 : network.EnableIpv4))
                    network.MorePools.Add(One(d, network, [more], v6));
        }
        catch (DaemonException)
        {
            Release(d, network);
            throw;
        }
        Show(d, network, chosen);
    }

    /// <summary>Gives the subnets back.</summary>
    public static void Release(Daemon d, Network network)
    {
        if (network.V4 is { } v4) d.Subnets.Release(v4.Pool.Subnet);
        if (network.V6 is { } v6) d.Subnets.Release(v6.Pool.Subnet);
        foreach (var more in network.MorePools) d.Subnets.Release(more.Pool.Subnet);
        network.MorePools.Clear();
        network.V4 = network.V6 = null;
    }

    /// <summary>Rows of inspect once the daemon has read the network back: IPv4 first, each with its gateway. Recorded after a restart of the daemon.</summary>
    public static void ShowAsStored(Network network)
    {
        var rows = network.Ipam.Select(r => (V6: r.Subnet.Contains(':'), Row: r))
            .Select(r => (r.V6, Row: r.Row with { Gateway = r.Row.Gateway ?? (r.V6 ? network.V6 : network.V4)?.Gateway?.ToString() })).OrderBy(r => r.V6).Select(r => r.Row).ToList();
        network.Ipam.Clear();
        network.Ipam.AddRange(rows);
    }

    private static NetworkPool One(Daemon d, Network network, IReadOnlyList<SubnetRequest> chosen, bool v6)
    {
        if (chosen.Count > 1 && network.Driver == "bridge" && !chosen.Any(s => Subnet.TryParse(s.Subnet, out var other) && d.Subnets.Overlaps(other)))
            throw new DaemonException(v6 ? "bridge driver doesn't support multiple IPv6 subnets" : "bridge driver doesn't support multiple subnets");
        var request = chosen.Count > 0 ? chosen[0] : null;
        var subnet = request is null ? Automatic(d, v6) : Chosen(d, network.Driver == "bridge" ? chosen.FirstOrDefault(s => Subnet.TryParse(s.Subnet, out var other) && d.Subnets.Overlaps(other)) ?? request : request);
        var pool = new AddressPool(subnet, RangeOf(request, subnet), keepEnds: !d.Version.AtLeast(25), Beside(d, subnet).FirstOrDefault());
        try
        {
            return Gateway(d, network, request, pool);
        }
        catch (DaemonException)
        {
            d.Subnets.Release(subnet);
            throw;
        }
    }

    private static Subnet? RangeOf(SubnetRequest? request, Subnet subnet) =>
        request?.Range is { } r && Subnet.TryParse(r, out var parsed) && subnet.Contains(parsed) ? parsed : null;

    /// <summary>Pools of other networks over the very same subnet.</summary>
    private static IEnumerable<AddressPool> Beside(Daemon d, Subnet subnet) =>
        d.Networks.All.SelectMany(n => n.PoolsOf(subnet.Address.IsV6)).Select(p => p.Pool).Where(p => p.Subnet == subnet);

    private static NetworkPool Gateway(Daemon d, Network network, SubnetRequest? request, AddressPool pool)
    {
        IpAddress? gateway = null;
        if (request?.Gateway is { } wish && IpAddress.TryParse(wish, out var asked))
            gateway = pool.TryTake(asked) ? asked : throw new DaemonException($"failed to allocate gateway ({wish}): Address already in use");
        else if (!WithoutGateway(d, network))
            gateway = pool.TryTakeNext(out var first) ? first : throw new DaemonException("failed to allocate gateway (): No available addresses on this pool");
        IpAddress? other = null;
        foreach (var (name, text) in request?.Auxiliary ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (!IpAddress.TryParse(text, out var address) || !pool.Subnet.Contains(address))
                throw new DaemonException($"auxiliary address: ({name}:{text}) must belong to the master pool: {pool.Subnet}");
            if (!pool.TryTake(address)) throw new DaemonException($"failed to allocate secondary ip address ({name}:{text}): Address already in use");
            if (name is "DefaultGatewayIPv4" or "DefaultGatewayIPv6") other = address;
        }
        return new NetworkPool(pool, gateway, request is not null) { ContainerGateway = other };
    }

    /// <summary>From 29 a macvlan or ipvlan network has no gateway unless one is asked for; 28 gives none to internal ones and to ipvlans of layer 3, and none to an isolated bridge.
    /// Source: moby v28.5.2 libnetwork/drivers/macvlan/macvlan_network.go, ipvlan/ipvlan_network.go, bridge/bridge_linux.go GetSkipGwAlloc; v29.0.0 the same.</summary>
    public static bool WithoutGateway(Daemon d, Network network)
    {
        if (!network.HasParent) return d.Version.AtLeast(28) && network.GatewayMode(v6: false) == "isolated";
        return d.Version.AtLeast(29) || d.Version.AtLeast(28) && (network.Internal || network.IsLayer3 || !network.Options.ContainsKey(NetworkOptions.Parent));
    }

    private static Subnet Automatic(Daemon d, bool v6)
    {
        var reserved = ReservedSubnets.Of(d.Host.Routes, d.Host.ResolvConf);
        PoolBlock? ula = null;
        if (v6 && d.Version.AtLeast(27)) ula = new(d.Ula ??= d.Ids.NewUla(), 64);
        if (d.Subnets.Next(v6, reserved, ula) is { } subnet) return subnet;
        throw new DaemonException(d.Version.AtLeast(27) ? "all predefined address pools have been fully subnetted"
            : $"could not find an available, non-overlapping {(v6 ? "IPv6" : "IPv4")} address pool among the defaults to assign to the network");
    }

    /// <summary>With a range a subnet may overlap others, and be another's with another range: both then take from the same addresses. Source: moby v20.10.24 vendor/github.com/docker/libnetwork/ipam/structures.go updatePoolDBOnAdd,
    /// v28.5.2 libnetwork/ipams/defaultipam/address_space.go allocateSubnet.</summary>
    private static Subnet Chosen(Daemon d, SubnetRequest request)
    {
        string text = request.Subnet;
        if (!Subnet.TryParse(text, out var subnet)) throw new DaemonException($"Invalid subnet {text} : invalid CIDR address: {text}");
        if (request.Range is null ? d.Subnets.Overlaps(subnet) : Beside(d, subnet).Any(p => p.Range == RangeOf(request, subnet)))
            throw new DaemonException((d.Version.AtLeast(27) ? "invalid pool request: " : "") + "Pool overlaps with other one on this address space");
        d.Subnets.Use(subnet);
        return subnet;
    }

    /// <summary>Rows of inspect: up to 24 IPv4 then IPv6; from 25 the user's rows first. Source: moby v28.5.2 daemon/network.go buildIPAMResources; recorded in 35-ipv6-network.</summary>
    private static void Show(Daemon d, Network network, IReadOnlyList<SubnetRequest> chosen)
    {
        var user = chosen.Select(s => (s.Subnet.Contains(':'), Row: new IpamEntry(s.Subnet, s.Range, s.Gateway, s.Auxiliary))).ToList();
        var rows = new List<(bool V6, bool User, IpamEntry Row)>();
        foreach (var (pool, v6) in new[] { (network.V4, false), (network.V6, true) })
        {
            // A subnet of a family that the network has not is shown and does nothing. Recorded with --subnet of IPv6 without --ipv6.
            if (pool is null) rows.AddRange(user.Where(u => u.Item1 == v6).Select(u => (v6, true, u.Row)));
            else if (pool.ChosenByUser) rows.AddRange(user.Where(u => u.Item1 == v6).Select(u => (v6, true, u.Row)));
            else rows.Add((v6, false, new IpamEntry(pool.Pool.Subnet.ToString(), null, pool.Gateway?.ToString(), new Dictionary<string, string>(StringComparer.Ordinal))));
        }
        network.Ipam.AddRange((d.Version.AtLeast(25) ? rows.OrderByDescending(r => r.User) : rows.OrderBy(r => r.V6)).Select(r => r.Row));
    }
}
