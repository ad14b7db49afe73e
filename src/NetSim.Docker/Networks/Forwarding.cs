using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Who turns forwarding on. With iptables the daemon does (and sets the policy of FORWARD, see its rules); with the nftables backend of 29 it only looks, and refuses what needs it: the rest of the host's firewall is the user's.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/setup_ip_forwarding.go checkIPv4Forwarding, checkIPv6Forwarding (the nftabler has no FilterForwardDrop).</summary>
internal static class Forwarding
{
    private const string V4 = "net.ipv4.ip_forward", V6 = "net.ipv6.conf.all.forwarding", Default6 = "net.ipv6.conf.default.forwarding";

    /// <summary>At the daemon's start. A daemon that finds IPv4 forwarding off would not start: the host is taken to have it on, and a warning says so.</summary>
    public static void Prepare(Daemon d)
    {
        if (!d.Settings.IpForward) return;
        if (!d.Firewall.Settings.Nftables && (IsOn(d, V4) || IsOn(d, V6))) KeepPolicies(d);
        if (!d.Firewall.Settings.Nftables) d.Make(new Change.SysctlSet("host", V4, "1") { Origin = new("daemon", "", "forwarding") });
        else if (!IsOn(d, V4)) Assume(d, V4);
        if (d.Firewall.Settings.Nftables && d.Settings.Ipv6 && !IsOn(d, V6)) Assume(d, V6, Default6);
    }

    /// <summary>With a network that has IPv6.</summary>
    public static void OfNetwork(Daemon d, Origin origin)
    {
        if (!d.Settings.IpForward || d.Firewall.Settings.Nftables) return;
        foreach (string key in new[] { Default6, V6 }) d.Make(new Change.SysctlSet("host", key, "1") { Origin = origin });
    }

    /// <summary>A network with IPv6 is refused where the daemon may not turn forwarding on itself.</summary>
    /// <exception cref="DaemonException">It is off.</exception>
    public static void Check(Daemon d)
    {
        if (!d.Settings.IpForward || !d.Firewall.Settings.Nftables || IsOn(d, V6)) return;
        throw new DaemonException("IPv6 global forwarding is disabled: check your host's firewalling and set sysctls net.ipv6.conf.all.forwarding=1 and net.ipv6.conf.default.forwarding=1, or disable this check using daemon option --ip-forward=false");
    }

    /// <summary>Only a daemon that turns forwarding on sets the policy of FORWARD. Source: moby v28.5.2 libnetwork/drivers/bridge/setup_ip_forwarding.go setupIPv4Forwarding; 20.10.24 the same.</summary>
    private static void KeepPolicies(Daemon d)
    {
        var own = d.Firewall.Settings;
        d.Firewall = new(d.Version, own with { KeepForwardPolicy = own.KeepForwardPolicy || IsOn(d, V4), KeepForwardPolicy6 = own.KeepForwardPolicy6 || IsOn(d, V6) });
    }

    private static bool IsOn(Daemon d, string key) => d.Host.Sysctls.GetValueOrDefault(key) == "1" || d.Changes.Exists(c => c is Change.SysctlSet { Namespace: "host", Value: "1" } s && s.Key == key);

    private static void Assume(Daemon d, params string[] keys)
    {
        d.Warnings.Add($"daemon.json: with \"firewall-backend\": \"nftables\" the engine does not set {keys[0]} to 1, and would not start without it; the host is taken to have it");
        foreach (string key in keys) d.Make(new Change.SysctlSet("host", key, "1") { Origin = Origin.NotDockers });
    }
}
