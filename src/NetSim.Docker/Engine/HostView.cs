using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Engine;

/// <summary>What dockerd sees of the Linux it runs on, at the moment of a command.</summary>
public sealed record HostView
{
    private readonly int? _highest;

    /// <summary>The time of the command.</summary>
    public SimTime Now { get; init; }

    /// <summary>Interfaces of the host: name, number, up, addresses.</summary>
    public IReadOnlyList<(string Name, int Index, bool Up, IReadOnlyList<InterfaceAddress> Addresses)> Interfaces { get; init; } = [];

    /// <summary>The highest number of an interface of the host, or of those that it had.</summary>
    public int HighestIndex { get => _highest ?? Interfaces.Select(i => i.Index).DefaultIfEmpty(0).Max(); init => _highest = value; }

    /// <summary>The host's routes.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>What listens on the host (docker-proxy's own sockets are among them).</summary>
    public IReadOnlyList<(IpProtocol Protocol, IpAddress Address, Port Port)> Listening { get; init; } = [];

    /// <summary>The host's /etc/resolv.conf.</summary>
    public string ResolvConf { get; init; } = "";

    /// <summary>The host's /etc/hosts.</summary>
    public string Hosts { get; init; } = "";

    /// <summary>The host's name.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Sysctls of the host, where they differ from the kernel's defaults.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a process has printed so far, by its id: on standard output and on standard error. Asked by commands that show it; null where nobody knows.</summary>
    public Func<string, (string Output, string Error)>? Printed { get; init; }

    /// <summary>The processes of a container that run, the main one first. Asked by commands that show them; null where nobody knows.</summary>
    public Func<string, IReadOnlyList<ProcessSpec>>? Running { get; init; }

    /// <summary>Kinds of devices that the host's kernel does not know: "ipvlan", "vlan", "dummy".</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>Processes that ended since the last command: id and exit code.</summary>
    public IReadOnlyList<(string Id, int ExitCode)> Ended { get; init; } = [];
}
