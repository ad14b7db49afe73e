using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Makes networks: the entry in the books and, for a bridge, the Linux bridge with its address and rules.</summary>
internal static class NetworkMaker
{
    /// <summary>What a daemon outside a swarm says to everything that needs one. Recorded on 20.10.24, 26.1.5 and 28.5.2.</summary>
    public const string NoSwarm = "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.";

    private static readonly string[] Predefined = ["bridge", "host", "none", "default"];

    /// <summary>`network create`.</summary>
    /// <exception cref="DaemonException">The daemon refuses it; nothing was made.</exception>
    public static Network Create(Daemon d, NetworkRequest request)
    {
        if (Predefined.Contains(request.Name)) throw new DaemonException($"operation is not permitted on predefined {request.Name} network");
        if (d.Version.AtLeast(25)) SubnetValidation.Check(request);
        CheckName(d, request);
        CheckScope(request);
        LentSettings.Check(d, request);
        if (request.ConfigOnly) return Added(d, LentSettings.Make(d, request));
        CheckDriver(d, request);
        request = LentSettings.Apply(d, request);
        var network = new Network
        {
            Name = request.Name,
            Id = d.Ids.NewId(),
            Driver = request.Driver,
            Created = d.Now,
            Internal = request.Internal,
            HasGatewayModes = d.Version.AtLeast(27),
            Attachable = request.Attachable,
            ConfigFrom = request.ConfigFrom,
            EnableIpv4 = request.Ipv4,
            EnableIpv6 = request.Ipv6,
            IpamDriver = request.IpamDriver,
            Options = Options(d, request),
            Labels = new(request.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        };
        if (network.HasParent && d.Version.AtLeast(28)) ParentRules.Check(d, network);
        NetworkPools.Reserve(d, network, request);
        try
        {
            // After the pool is taken, so that up to 26 a refusal costs a subnet of the row. Recorded of 20.10.24 and 26.1.5.
            CheckOptions(d, network);
            CheckConflicts(d, network);
            Realize(d, network);
        }
        catch (DaemonException)
        {
            NetworkPools.Release(d, network);
            throw;
        }
        return Added(d, network);
    }

    /// <summary>The request's options, and those that the daemon gives every bridge (24 and later). Source: moby v24.0.9 daemon/network.go createNetwork (DefaultNetworkOpts).</summary>
    private static SortedDictionary<string, string> Options(Daemon d, NetworkRequest request)
    {
        var options = new SortedDictionary<string, string>(request.Options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        if (request.Driver != "bridge" || !d.Version.AtLeast(24)) return options;
        foreach (var (name, value) in d.Settings.NetworkOptions) options.TryAdd(name, value);
        return options;
    }

    private static Network Added(Daemon d, Network network)
    {
        d.Networks.Add(network);
        d.Make(new Change.NetworkSet(network.Facts) { Origin = new(network.OriginObject, "", "network-create") });
        d.Events.Of(d.Now, network, "create");
        return network;
    }

    /// <summary>What only a swarm has. Recorded on 20.10.24, 26.1.5 and 28.5.2.</summary>
    private static void CheckScope(NetworkRequest request)
    {
        if (request.Scope == "swarm") throw new DaemonException("cannot create a swarm scoped network when swarm is not active");
        if (request.Ingress) throw new DaemonException("Ingress network can only be global scope network");
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
        else if (network.HasParent) ParentLink.Make(d, network);
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
            throw new DaemonException(NoSwarm);
        if (request.Driver is not ("bridge" or "macvlan" or "ipvlan")) throw new DaemonException($"plugin \"{request.Driver}\" not found");
        if (request.IpamDriver is not ("default" or "null" or "")) throw new DaemonException($"plugin \"{request.IpamDriver}\" not found");
        if (!request.Ipv4 && !request.Ipv6 && d.Version.AtLeast(28)) throw new DaemonException("IPv4 or IPv6 must be enabled");
    }

    private static void CheckOptions(Daemon d, Network network)
    {
        if (network.Options.TryGetValue(NetworkOptions.Mtu, out string? mtu) && !int.TryParse(mtu, out _))
            throw new DaemonException($"failed to parse {NetworkOptions.Mtu} value: {mtu} (strconv.Atoi: parsing \"{mtu}\": invalid syntax)");
        foreach (string flag in new[] { NetworkOptions.Icc, NetworkOptions.Masquerade })
            if (network.Options.TryGetValue(flag, out string? text) && !IsBoolean(text))
                throw new DaemonException($"failed to parse {flag} value: {text} (strconv.ParseBool: parsing \"{text}\": invalid syntax)");
        if (d.Version.AtLeast(27)) CheckModes(d, network);
        if (network.Options.TryGetValue(NetworkOptions.BridgeName, out string? name) && name.Length > 15)
            throw new DaemonException((d.Version.AtLeast(25) ? "" : "failed to check bridge interface existence: ") + "numerical result out of range");
        if (network.Options.TryGetValue(NetworkOptions.BridgeName, out name) && d.Networks.All.FirstOrDefault(n => n.Interface == name && n.Driver == "bridge") is { } same)
            throw Conflict(network, same, "networks have same bridge name");
    }

    /// <summary>Bridges must not share addresses, even where the pools let them. Source: moby v28.5.2 libnetwork/drivers/bridge/bridge_linux.go Conflicts.</summary>
    private static void CheckConflicts(Daemon d, Network network)
    {
        if (network.Driver != "bridge") return;
        foreach (var other in d.Networks.All.Where(n => n.Driver == "bridge"))
        {
            if (network.V4 is { } v4 && other.V4 is { } his && v4.Pool.Subnet.Overlaps(his.Pool.Subnet)) throw Conflict(network, other, "networks have overlapping IPv4");
            if (network.V6 is { } v6 && other.V6 is { } his6 && v6.Pool.Subnet.Overlaps(his6.Pool.Subnet)) throw Conflict(network, other, "networks have overlapping IPv6");
        }
        if (network.V6 is not null) Forwarding.Check(d);
    }

    private static DaemonException Conflict(Network network, Network other, string why)
    {
        string name = network.Options.GetValueOrDefault(NetworkOptions.BridgeName) ?? "br-" + network.Id[..12];
        return new DaemonException($"cannot create network {network.Id} ({name}): conflicts with network {other.Id} ({other.Interface}): {why}");
    }

    /// <summary>Gateway modes; 27 knows two of them. Source: moby v27.5.1 and v28.5.2 libnetwork/drivers/bridge/bridge_linux.go newGwMode, validate.</summary>
    private static void CheckModes(Daemon d, Network network)
    {
        foreach (string option in new[] { NetworkOptions.GatewayModeV4, NetworkOptions.GatewayModeV6 })
        {
            if (!network.Options.TryGetValue(option, out string? mode) || mode.Length == 0) continue;
            if (mode is not ("nat" or "routed") && !(mode is "nat-unprotected" or "isolated" && d.Version.AtLeast(28))) throw new DaemonException($"failed to parse {option} value: {mode} (unknown gateway mode {mode})");
            if (mode == "isolated" && !network.Internal) throw new DaemonException("gateway mode 'isolated' can only be used for an internal network");
        }
    }

    private static bool IsBoolean(string text) => text is "1" or "t" or "T" or "true" or "TRUE" or "True" or "0" or "f" or "F" or "false" or "FALSE" or "False";
}
