using NetSim.Docker.Engine;
using NetSim.Model.Naming;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall;

/// <summary>The iptables rules that one daemon writes, in the order in which it writes them. It remembers what it wrote, as the daemon asks iptables before it adds a rule twice.</summary>
public sealed class FirewallProgram(EngineVersion version, FirewallSettings settings)
{
    /// <summary>The version whose rules these are.</summary>
    public EngineVersion Version { get; } = version;

    /// <summary>The daemon's settings.</summary>
    public FirewallSettings Settings { get; } = settings;

    /// <summary>The daemon started (or started again: chains of its own are flushed and built anew). Networks follow by <see cref="NetworkAdded"/>.</summary>
    public IReadOnlyList<Change> DaemonStarted() => [];

    /// <summary>A bridge network was made.</summary>
    public IReadOnlyList<Change> NetworkAdded(FirewallNetwork network) => [];

    /// <summary>A bridge network was removed.</summary>
    public IReadOnlyList<Change> NetworkRemoved(FirewallNetwork network) => [];

    /// <summary>A container was plugged in; before its ports.</summary>
    public IReadOnlyList<Change> EndpointAdded(FirewallEndpoint endpoint) => [];

    /// <summary>A container was unplugged; after its ports.</summary>
    public IReadOnlyList<Change> EndpointRemoved(FirewallEndpoint endpoint) => [];

    /// <summary>A port was published, in the order in which the engine programs them.</summary>
    public IReadOnlyList<Change> PortPublished(FirewallPort port) => [];

    /// <summary>A published port was withdrawn.</summary>
    public IReadOnlyList<Change> PortWithdrawn(FirewallPort port) => [];

    /// <summary>A legacy link was made on a network with icc off.</summary>
    public IReadOnlyList<Change> LinkAdded(FirewallLink link) => [];

    /// <summary>A legacy link was removed.</summary>
    public IReadOnlyList<Change> LinkRemoved(FirewallLink link) => [];

    /// <summary>The nat rules in a container's namespace that lead port 53 of 127.0.0.11 to the resolver.</summary>
    public static IReadOnlyList<Change> ResolverRules(ResolverSpec resolver) => [];
}
