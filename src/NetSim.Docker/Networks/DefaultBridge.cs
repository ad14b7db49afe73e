using NetSim.Docker.Books;
using NetSim.Docker.Ipam;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>The network "bridge" with docker0: address by bip, else from the pools; containers' addresses from fixed-cidr.
/// Source: moby v28.5.2 daemon/daemon_unix.go initBridgeDriver; recorded in 02-default-bridge, 43-daemon-pools.</summary>
internal static class DefaultBridge
{
    /// <summary>Makes it.</summary>
    public static void Make(Daemon d)
    {
        var network = new Network
        {
            Name = "bridge",
            Id = d.Ids.NewId(),
            Driver = "bridge",
            Created = d.Now,
            EnableIpv6 = d.Settings.Ipv6 && (d.Version.AtLeast(28) || d.Settings.FixedCidrV6 is not null),
            Options = Options(d),
        };
        network.V4 = V4(d);
        if (network.EnableIpv6) network.V6 = V6(d);
        // Up to 24 inspect shows the gateway of docker0 only where bip or a docker0 that was there gave it. Recorded in 07-subnet-order, 43-daemon-pools, 44-daemon-restart.
        string? shown = d.Version.AtLeast(25) || d.Settings.Bip is not null || Existing(d) is not null ? network.V4.Gateway.ToString() : null;
        network.Ipam.Add(new(network.V4.Pool.Subnet.ToString(), d.Settings.FixedCidr?.ToString(), shown, new Dictionary<string, string>(StringComparer.Ordinal)));
        if (network.V6 is { } v6) ShowV6(d, network, v6);
        d.Networks.Add(network);
        NetworkMaker.Realize(d, network);
        d.Make(new Change.NetworkSet(network.Facts) { Origin = new("daemon", "", "default-bridge") });
    }

    /// <summary>The row of IPv6: from 28 fixed-cidr-v6 is a range too, and rows with settings come before automatic ones. The gateway is shown where bip6 gave it or the subnet is automatic.</summary>
    private static void ShowV6(Daemon d, Network network, NetworkPool v6)
    {
        var s = d.Settings;
        bool automatic = s.Bip6 is null && s.FixedCidrV6 is null, v4Automatic = s.Bip is null && s.FixedCidr is null && Existing(d) is null;
        var row = new IpamEntry(v6.Pool.Subnet.ToString(), d.Version.AtLeast(28) ? s.FixedCidrV6?.ToString() : null, automatic || s.Bip6 is not null ? v6.Gateway.ToString() : null, new Dictionary<string, string>(StringComparer.Ordinal));
        network.Ipam.Insert(d.Version.AtLeast(28) && v4Automatic && !automatic ? 0 : 1, row);
    }

    private static SortedDictionary<string, string> Options(Daemon d) => new(StringComparer.Ordinal)
    {
        [NetworkOptions.DefaultBridge] = "true",
        [NetworkOptions.Icc] = d.Settings.Icc ? "true" : "false",
        [NetworkOptions.Masquerade] = d.Settings.IpMasquerade && d.Settings.Iptables ? "true" : "false",
        [NetworkOptions.HostBinding] = d.Settings.HostBinding.ToString(),
        [NetworkOptions.BridgeName] = d.Settings.Bridge.Length > 0 ? d.Settings.Bridge : "docker0",
        [NetworkOptions.Mtu] = d.Settings.Mtu.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static NetworkPool V4(Daemon d)
    {
        var s = d.Settings;
        var subnet = s.Bip?.Subnet ?? Existing(d)?.Subnet ?? s.FixedCidr;
        if (subnet is { } chosen) d.Subnets.Use(chosen);
        else subnet = d.Subnets.Next(v6: false, ReservedSubnets.Of(d.Host.Routes, d.Host.ResolvConf))
            ?? throw new DaemonException("could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network");
        var pool = new AddressPool(subnet.Value, s.FixedCidr, keepEnds: !d.Version.AtLeast(25));
        IpAddress gateway;
        if ((s.Bip ?? Existing(d)) is { } address) pool.TryTake(gateway = address.Address);
        else if (!pool.TryTakeNext(out gateway)) throw new DaemonException("failed to allocate gateway (): No available addresses on this pool");
        if (s.DefaultGateway is { } other) pool.TryTake(other);
        return new(pool, gateway, chosenByUser: s.Bip is not null) { ContainerGateway = s.DefaultGateway };
    }

    /// <summary>The address that docker0 has already (a daemon that starts again).</summary>
    private static InterfaceAddress? Existing(Daemon d)
    {
        foreach (var i in d.Host.Interfaces.Where(i => i.Name == "docker0"))
            foreach (var a in i.Addresses.Where(a => a.Address.IsV4)) return a;
        return null;
    }

    private static NetworkPool V6(Daemon d)
    {
        var subnet = d.Settings.Bip6?.Subnet ?? d.Settings.FixedCidrV6 ?? Subnet.Parse("fd00::/64");
        if (d.Settings.Bip6 is null && d.Settings.FixedCidrV6 is null)
            subnet = d.Subnets.Next(v6: true, [], new(d.Ula ??= d.Ids.NewUla(), 64)) ?? subnet;
        else d.Subnets.Use(subnet);
        var pool = new AddressPool(subnet, null, keepEnds: false);
        var other = d.Settings.DefaultGatewayV6;
        if (other is { } taken) pool.TryTake(taken);
        if (d.Settings.Bip6 is { } bip6)
        {
            pool.TryTake(bip6.Address);
            return new(pool, bip6.Address, chosenByUser: true) { ContainerGateway = other };
        }
        pool.TryTakeNext(out var gateway);
        return new(pool, gateway, chosenByUser: d.Settings.FixedCidrV6 is not null) { ContainerGateway = other };
    }
}
