using NetSim.Docker.Books;

namespace NetSim.Docker.Networks;

/// <summary>The ports that inspect, port and ps show are noted at the start, at every connect and (from 26) disconnect, from the endpoint that carries them, and forgotten at the stop. So after a
/// disconnect they may be those of before (up to 25), and a container that no bridge but an internal one reaches shows none, not even exposed ones.
/// Source: moby v20.10.24 and v28.5.2 daemon/container_operations.go connectToNetwork (getPortMapInfo), releaseNetwork.</summary>
internal static class ShownPorts
{
    /// <summary>Notes them as they are now.</summary>
    public static void Note(Container c)
    {
        var sandbox = c.SharedWith is null ? c.Sandbox : null;
        c.ShownPorts = sandbox is not null && sandbox.Endpoints.Exists(e => e.Network is { Driver: "bridge", Internal: false }) ? sandbox.Endpoints.SelectMany(e => e.Ports).ToList() : null;
    }
}
