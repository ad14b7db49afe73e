using NetSim.Docker.Books;

namespace NetSim.Docker.Networks;

/// <summary>Networks that are only settings for others (--config-only, --config-from): they have no addresses and no bridge of their own.
/// Source: moby v28.5.2 libnetwork/network.go validateConfiguration, applyConfigurationTo, controller.go NewNetwork; v29.0.0 has other words.</summary>
internal static class LentSettings
{
    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="DaemonException">Something does not.</exception>
    public static void Check(Daemon d, NetworkRequest r)
    {
        if (r.ConfigOnly && (r.Ingress || r.Internal || r.Attachable || r.Scope.Length > 0))
            throw new DaemonException("configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.");
        if (r.ConfigFrom.Length == 0) return;
        if (r.ConfigOnly) throw new DaemonException("a configuration network cannot depend on another configuration network");
        if (r.Subnets.Count > 0 || r.Labels.Count > 0 || r.Ipv6 || !r.Ipv4)
            throw new DaemonException($"{(d.Version.AtLeast(29) ? "user-specified" : "user specified")} configurations are not supported if the network depends on a configuration network");
        if (r.Options.Count > 0) throw new DaemonException("network driver options are not supported if the network depends on a configuration network");
    }

    /// <summary>The request with the settings of the network that it names.</summary>
    /// <exception cref="DaemonException">There is no such network, or it is not made for this.</exception>
    public static NetworkRequest Apply(Daemon d, NetworkRequest r)
    {
        if (r.ConfigFrom.Length == 0) return r;
        if (d.Networks.All.FirstOrDefault(n => n.ConfigOnly && (n.Name == r.ConfigFrom || n.Id == r.ConfigFrom)) is not { } config)
            throw new DaemonException($"configuration network \"{r.ConfigFrom}\" {(d.Version.AtLeast(29) ? "not found" : "does not exist")}");
        return r with
        {
            ConfigFrom = config.Name,
            Subnets = config.Ipam.ConvertAll(e => new SubnetRequest(e.Subnet, e.Range, e.Gateway, e.Auxiliary)),
            Options = config.Options,
            Labels = config.Labels,
            Ipv4 = config.EnableIpv4,
            Ipv6 = config.EnableIpv6,
        };
    }

    /// <summary>Makes one: an entry in the books.</summary>
    public static Network Make(Daemon d, NetworkRequest r) => new()
    {
        Name = r.Name,
        Id = d.Ids.NewId(),
        Driver = "null",
        Created = d.Now,
        ConfigOnly = true,
        EnableIpv4 = r.Ipv4,
        EnableIpv6 = r.Ipv6,
        Options = new(r.Options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        Labels = new(r.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        Ipam = r.Subnets.Where(s => s.Subnet.Length > 0).Select(s => new IpamEntry(s.Subnet, s.Range, s.Gateway, s.Auxiliary)).ToList(),
    };

    /// <summary>Does another network have its settings from it?</summary>
    public static bool IsUsed(Daemon d, Network config) => d.Networks.All.Any(n => n.ConfigFrom == config.Name);
}
