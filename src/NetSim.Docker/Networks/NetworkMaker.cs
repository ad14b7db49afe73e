using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Makes networks: the entry in the books and, for a bridge, the Linux bridge with its address and rules.</summary>
internal static class NetworkMaker
{
    private static readonly string[] Predefined = ["bridge", "host", "none", "default"];

    /// <summary>`network create`.</summary>
    /// <exception cref="DaemonException">The daemon refuses it; nothing was made.</exception>
    public static Network Create(Daemon d, NetworkRequest request)
    {
        if (Predefined.Contains(request.Name)) throw new DaemonException($"operation is not permitted on predefined {request.Name} network");
        if (d.Version.AtLeast(25)) SubnetValidation.Check(request);
        CheckName(d, request);
        CheckDriver(d, request);
        var network = new Network
        {
            Name = request.Name,
            Id = d.Ids.NewId(),
            Driver = request.Driver,
            Created = d.Now,
            Internal = request.Internal,
            Attachable = request.Attachable,
            EnableIpv4 = request.Ipv4,
            EnableIpv6 = request.Ipv6,
            IpamDriver = request.IpamDriver,
            Options = new(request.Options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            Labels = new(request.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        };
        CheckOptions(d, network);
        NetworkPools.Reserve(d, network, request);
        Realize(d, network);
        d.Networks.Add(network);
        d.Make(new Change.NetworkSet(network.Facts) { Origin = new(network.OriginObject, "", "network-create") });
        d.Events.Of(d.Now, network, "create");
        return network;
    }

    /// <summary>The three networks that are always there, in the order of their making: none, host, bridge.</summary>
    public static void MakePredefined(Daemon d)
    {
        foreach (var (name, driver) in new[] { ("none", "null"), ("host", "host") })
        {
            if (d.Networks.Find(name) is not null) continue;
            var n = new Network { Name = name, Id = d.Ids.NewId(), Driver = driver, Created = d.Now };
            d.Networks.Add(n);
            d.Make(new Change.NetworkSet(n.Facts) { Origin = new("daemon", "", "predefined-networks") });
        }
        if (d.Settings.Bridge != "none") DefaultBridge.Make(d);
    }

    /// <summary>Makes the Linux side of a network.</summary>
    public static void Realize(Daemon d, Network network)
    {
        if (network.Driver == "bridge") BridgeMaker.Make(d, network);
        else if (network.Driver is "macvlan" or "ipvlan") network.Interface = network.Options.GetValueOrDefault("parent");
    }

    private static void CheckName(Daemon d, NetworkRequest request)
    {
        if (request.Name.Length == 0)
            throw new DaemonException(d.Version.AtLeast(28) ? "invalid name: name is empty" : d.Version.AtLeast(25) ? "invalid name:" : "network with name  already exists");
        if (d.Networks.Find(request.Name) is not null) throw new DaemonException($"network with name {request.Name} already exists");
    }

    private static void CheckDriver(Daemon d, NetworkRequest request)
    {
        if (request.Driver is "host" or "null") throw new DaemonException($"only one instance of \"{request.Driver}\" network is allowed");
        if (request.Driver == "overlay")
            throw new DaemonException("This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.");
        if (request.Driver is not ("bridge" or "macvlan" or "ipvlan")) throw new DaemonException($"plugin \"{request.Driver}\" not found");
        if (request.IpamDriver is not ("default" or "null" or "")) throw new DaemonException($"plugin \"{request.IpamDriver}\" not found");
        if (!request.Ipv4 && !request.Ipv6 && d.Version.AtLeast(28)) throw new DaemonException("IPv4 or IPv6 must be enabled");
        if (request.Driver == "bridge") return;
        string? parent = request.Options.GetValueOrDefault("parent");
        var same = parent is null ? null : d.Networks.All.FirstOrDefault(n => n.Interface == parent && n.Driver is "macvlan" or "ipvlan");
        if (same is null || (d.Version.AtLeast(28) && same.Driver == "macvlan" && request.Driver == "macvlan")) return;
        throw new DaemonException($"network dm-{same.Id[..12]} is already using parent interface {parent}");
    }

    private static void CheckOptions(Daemon d, Network network)
    {
        if (network.Options.TryGetValue(NetworkOptions.Mtu, out string? mtu) && !int.TryParse(mtu, out _))
            throw new DaemonException($"failed to parse {NetworkOptions.Mtu} value: {mtu} (strconv.Atoi: parsing \"{mtu}\": invalid syntax)");
        foreach (string flag in new[] { NetworkOptions.Icc, NetworkOptions.Masquerade })
            if (network.Options.TryGetValue(flag, out string? text) && !IsBoolean(text))
                throw new DaemonException($"failed to parse {flag} value: {text} (strconv.ParseBool: parsing \"{text}\": invalid syntax)");
        if (d.Version.AtLeast(27)) CheckModes(network);
        if (network.Options.TryGetValue(NetworkOptions.BridgeName, out string? name) && name.Length > 15)
            throw new DaemonException((d.Version.AtLeast(25) ? "" : "failed to check bridge interface existence: ") + "numerical result out of range");
        if (network.Options.TryGetValue(NetworkOptions.BridgeName, out name) && d.Networks.All.FirstOrDefault(n => n.Interface == name && n.Driver == "bridge") is { } same)
            throw new DaemonException($"cannot create network {network.Id} ({name}): conflicts with network {same.Id} ({same.Interface}): networks have same bridge name");
    }

    /// <summary>Gateway modes. Source: moby v28.5.2 libnetwork/drivers/bridge/bridge_linux.go newGwMode, validate.</summary>
    private static void CheckModes(Network network)
    {
        foreach (string option in new[] { NetworkOptions.GatewayModeV4, NetworkOptions.GatewayModeV6 })
        {
            if (!network.Options.TryGetValue(option, out string? mode) || mode.Length == 0) continue;
            if (mode is not ("nat" or "nat-unprotected" or "routed" or "isolated")) throw new DaemonException($"failed to parse {option} value: {mode} (unknown gateway mode {mode})");
            if (mode == "isolated" && !network.Internal) throw new DaemonException("gateway mode 'isolated' can only be used for an internal network");
        }
    }

    private static bool IsBoolean(string text) => text is "1" or "t" or "T" or "true" or "TRUE" or "True" or "0" or "f" or "F" or "false" or "FALSE" or "False";
}
