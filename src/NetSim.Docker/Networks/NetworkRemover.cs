using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Removes networks. Source: moby v28.5.2 daemon/network.go deleteNetwork, libnetwork/network.go delete; recorded in 11-errors.</summary>
internal static class NetworkRemover
{
    /// <summary>`network rm`.</summary>
    /// <exception cref="DaemonException">It is predefined or in use.</exception>
    public static void Remove(Daemon d, Network network)
    {
        if (network.IsPredefined) throw new DaemonException($"{network.Name} is a pre-defined network and cannot be removed");
        if (network.Endpoints.Count > 0) throw new DaemonException(InUse(d, network));
        if (network.ConfigOnly && LentSettings.IsUsed(d, network)) throw new DaemonException($"error while removing network: configuration network \"{network.Name}\" is in use");
        if (network.Driver == "bridge") BridgeMaker.Remove(d, network);
        else if (network.HasParent) ParentLink.Remove(d, network);
        NetworkPools.Release(d, network);
        d.Networks.Remove(network);
        d.Make(new Change.NetworkRemoved(network.Name) { Origin = new(network.OriginObject, "", "network-rm") });
        d.Events.Of(d.Now, network, "destroy");
    }

    private static string InUse(Daemon d, Network network)
    {
        if (!d.Version.AtLeast(28, 1)) return $"error while removing network: network {network.Name} id {network.Id} has active endpoints";
        string who = string.Join(", ", network.Endpoints.Select(e => $"name:\"{e.Container.Name}\" id:\"{e.Id[..12]}\""));
        return $"error while removing network: network {network.Name} has active endpoints ({who})";
    }
}
