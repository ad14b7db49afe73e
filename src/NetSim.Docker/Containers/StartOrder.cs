using NetSim.Docker.Books;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Containers;

/// <summary>In which order a container's networks are plugged in at start, and named. The engine walks a map (no order); the order of connecting stands for it.
/// The default bridge comes first. Up to 27 names ethI follow the order of gateways; from 28 they follow the order of plugging in.
/// Source: moby v26.1.5 daemon/container_operations.go allocateNetwork, libnetwork/sandbox_linux.go populateNetworkResources; recorded in 13-multihome-order.</summary>
internal static class StartOrder
{
    /// <summary>Network names in the order of plugging in.</summary>
    public static IReadOnlyList<string> OfPlugging(Container c) => c.Joined.OrderByDescending(n => n == "bridge").ToList();

    /// <summary>Endpoints in the order of naming.</summary>
    public static IReadOnlyList<Endpoint> OfNaming(Daemon d, Sandbox sandbox) => d.Version.AtLeast(28) ? sandbox.Endpoints.ToList() : GatewayChoice.Sorted(sandbox);
}
