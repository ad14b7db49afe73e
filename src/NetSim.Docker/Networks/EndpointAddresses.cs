using NetSim.Docker.Books;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Leases an endpoint's addresses at start and gives them back at stop: the lowest free one, or the one asked for.
/// Source: moby v28.5.2 libnetwork/endpoint.go assignAddress; recorded in 05-ip-reuse-default, 11-errors.</summary>
internal static class EndpointAddresses
{
    /// <summary>Leases IPv4 and IPv6.</summary>
    /// <exception cref="DaemonException">The address is taken or wrong, or there is none left; nothing stays leased.</exception>
    public static void Lease(Daemon d, Endpoint e)
    {
        var n = e.Network;
        if (e.Settings.Known is { } known)
        {
            if (n.V4 is not null && known.V4 is { } own4) e.V4 = Leased(d, e, n.V4, own4, e.Settings.Ipv4);
            if (n.V6 is not null && known.V6 is { } own6) e.V6 = Leased(d, e, n.V6, own6, e.Settings.Ipv6);
            return;
        }
        try
        {
            if (n.IsUserDefined && !d.Version.AtLeast(29, 1)) CheckWishes(n, e.Settings);
            else if (!n.IsUserDefined && e.Settings.Ipv4 is { Length: > 0 } && e.Container.NetworkMode != "default") throw new DaemonException("user specified IP address is supported on user defined networks only");
            if (n.V4 is { } v4) e.V4 = One(d, e, Pool(n, v4, e.Settings.Ipv4), n.IsUserDefined ? e.Settings.Ipv4 : null);
            if (n.V6 is { } v6) e.V6 = DerivedV6(d, e, v6) ?? One(d, e, Pool(n, v6, e.Settings.Ipv6), n.IsUserDefined ? e.Settings.Ipv6 : null);
        }
        catch (DaemonException)
        {
            Release(d, e);
            throw;
        }
    }

    /// <summary>Gives both back.</summary>
    public static void Release(Daemon d, Endpoint e)
    {
        var origin = new Origin(e.Container.OriginObject, "", "address-release");
        if (e.V4 is { } v4)
        {
            e.Network.PoolOf(v4).Pool.Release(v4);
            d.Make(new Change.LeaseReleased(e.Network.Name, v4, e.Container.Name) { Origin = origin });
        }
        if (e.V6 is { } v6)
        {
            e.Network.PoolOf(v6).Pool.Release(v6);
            d.Make(new Change.LeaseReleased(e.Network.Name, v6, e.Container.Name) { Origin = origin });
        }
        e.V4 = e.V6 = null;
    }

    private static void CheckWishes(Network n, EndpointSettings s)
    {
        if ((s.Ipv4 is { Length: > 0 } && n.V4 is not { ChosenByUser: true }) || (s.Ipv6 is { Length: > 0 } && n.V6 is not { ChosenByUser: true }))
            throw new DaemonException("user specified IP address is supported only when connecting to networks with user configured subnets");
    }

    /// <summary>The pool of the address asked for, else the first with room. Source: moby v28.5.2 libnetwork/endpoint.go assignAddressVersion.</summary>
    private static NetworkPool Pool(Network n, NetworkPool first, string? wish)
    {
        if (n.MorePools.Count == 0) return first;
        var pools = n.PoolsOf(first.Pool.Subnet.Address.IsV6).ToList();
        if (IpAddress.TryParse(wish ?? "", out var asked)) return pools.Find(p => p.Pool.Subnet.Contains(asked)) ?? first;
        return pools.Find(p => p.Pool.HasRoom) ?? first;
    }

    private static IpAddress Leased(Daemon d, Endpoint e, NetworkPool pool, IpAddress address, string? wish)
    {
        Pool(e.Network, pool, address.ToString()).Pool.TryTake(address);
        return Note(d, e, address, wish);
    }

    private static IpAddress Note(Daemon d, Endpoint e, IpAddress address, string? wish)
    {
        d.Make(new Change.LeaseMade(e.Network.Name, address, e.Container.Name) { Origin = new(e.Container.OriginObject, wish is { Length: > 0 } ? $"--ip {wish}" : "", "address-lease") });
        return address;
    }

    private static IpAddress One(Daemon d, Endpoint e, NetworkPool pool, string? wish)
    {
        IpAddress address;
        if (wish is { Length: > 0 } && IpAddress.TryParse(wish, out var asked))
        {
            if (!pool.Pool.Subnet.Contains(asked)) throw new DaemonException($"Invalid address {wish}: It does not belong to any of this network's subnets");
            if (!pool.Pool.TryTake(asked)) throw new DaemonException("Address already in use");
            address = asked;
        }
        else if (!pool.Pool.TryTakeNext(out address))
            throw new DaemonException($"no available {(pool.Pool.Subnet.Address.IsV6 ? "IPv6" : "IPv4")} addresses on this network's address pools: {e.Network.Name} ({e.Network.Id})");
        return Note(d, e, address, wish);
    }

    /// <summary>Up to 27 an IPv6 address on the default bridge is the prefix and the endpoint's MAC address: fd00:d0c::242:ac11:2.
    /// Source: moby v26.1.5 libnetwork/drivers/bridge/bridge.go CreateEndpoint.</summary>
    private static IpAddress? DerivedV6(Daemon d, Endpoint e, NetworkPool pool)
    {
        if (d.Version.AtLeast(28) || !e.Network.IsDefaultBridge || pool.Pool.Subnet.PrefixLength > 80) return null;
        var mac = e.Settings.Mac ?? MacAddress.FromIpv4(e.V4!.Value);
        var address = pool.Pool.Subnet.Address.Plus((Int128)mac.Value);
        pool.Pool.TryTake(address);
        d.Make(new Change.LeaseMade(e.Network.Name, address, e.Container.Name) { Origin = new(e.Container.OriginObject, "", "ipv6-from-mac") });
        return address;
    }
}
