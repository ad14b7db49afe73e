using NetSim.Model.Addressing;
using NetSim.Model.Routing;

namespace NetSim.Docker.Ipam;

/// <summary>What an automatic subnet must not overlap: the destinations of the host's connected routes (scope link) and the name servers of its resolv.conf;
/// a route via a gateway excludes nothing. Source: moby v28.5.2 libnetwork/netutils/utils_linux.go InferReservedNetworks; recorded in 08-subnet-vs-routes.</summary>
internal static class ReservedSubnets
{
    /// <summary>Reads them off the host.</summary>
    public static IReadOnlyList<Subnet> Of(IEnumerable<Route> routes, string resolvConf)
    {
        var reserved = routes.Where(r => r is { Scope: "link", Destination: { IsAll: false, Address.IsV4: true } }).Select(r => r.Destination).ToList();
        foreach (string line in resolvConf.Split('\n'))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var server, ..] && IpAddress.TryParse(server, out var address)) reserved.Add(new Subnet(address, address.BitLength));
        }
        return reserved;
    }
}
