using NetSim.Docker.Engine;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Scenarios.Running;

/// <summary>What dockerd sees of the host, taken from the live topology.</summary>
public static class HostLook
{
    /// <summary>The view at an instant.</summary>
    /// <param name="topology">The live state.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ended">Processes that ended since the last view.</param>
    /// <param name="lacks">Kinds of devices that the kernel does not know.</param>
    public static HostView Of(Topology topology, SimTime now, IReadOnlyList<(string Id, int ExitCode)> ended, IReadOnlyList<string> lacks)
    {
        var host = topology["host"];
        return new HostView
        {
            Now = now,
            Interfaces = OnDemand.List(() => host.Interfaces.Select(i => (i.Name, i.Index, i.Up, (IReadOnlyList<Model.Addressing.InterfaceAddress>)[.. i.Addresses])).ToList()),
            HighestIndex = host.Interfaces.Count == 0 ? 0 : host.Interfaces[^1].Index,
            Routes = OnDemand.List(() => host.Routes.Routes.ToList()),
            Listening = OnDemand.List(() => host.Sockets.Where(s => s.Remote is null).Select(s => (s.Protocol, s.Address, s.Port)).ToList()),
            ResolvConf = File(topology, "/etc/resolv.conf"),
            Hosts = File(topology, "/etc/hosts"),
            Hostname = File(topology, "/etc/hostname").Trim(),
            Sysctls = host.Sysctls.AsReadOnly(),
            Running = container => [.. topology.Namespaces.SelectMany(n => n.Processes.Values).Where(p => p.Container == container)
                .OrderBy(p => !p.Id.StartsWith("ctr:", StringComparison.Ordinal)).ThenBy(p => p.Id.Length).ThenBy(p => p.Id, StringComparer.Ordinal)],
            Lacks = lacks,
            Ended = ended,
        };
    }

    private static string File(Topology topology, string path) => topology.Files.GetValueOrDefault(("host", path)) ?? "";
}
