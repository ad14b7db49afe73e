using NetSim.Docker.Books;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Publishes ports: gives out host ports, writes their rules, starts a docker-proxy for each.
/// Source: moby v26.1.5 libnetwork/drivers/bridge/port_mapping.go, v28.5.2 port_mapping_linux.go; recorded in 25-publish, 26-publish-udp.</summary>
internal static class PortPublisher
{
    /// <summary>Publishes all ports of the endpoint's container on it. On anything but a bridge, and on an internal one, they are ignored.</summary>
    /// <exception cref="DaemonException">A port is taken; nothing stays published.</exception>
    public static void Publish(Daemon d, Endpoint e)
    {
        if (e.Network.Driver != "bridge" || e.Network.Internal) return;
        var requests = PortRequests.Of(e.Container, d.Version);
        if (requests.Count == 0) return;
        try
        {
            if (e.Container.KeptPorts.Count > 0) Keep(d, e);
            else if (d.Version.AtLeast(28)) foreach (var r in requests) HostPortChoice.Together(d, e, r);
            else HostPortChoice.FamilyByFamily(d, e, requests);
        }
        catch (DaemonException fault)
        {
            Forget(d, e);
            throw new DaemonException($"driver failed programming external connectivity on endpoint {e.Container.Name} ({e.Id}): {fault.Message}");
        }
        foreach (var p in e.Ports)
        {
            d.Make(d.Firewall.PortPublished(FirewallWords.Of(e, p)));
            if (d.Settings.UserlandProxy && p.IsOnHost) d.Make(new Change.ProcessStarted(Proxy(d, p)) { Origin = new(e.Container.OriginObject, p.Option, "userland-proxy") });
        }
    }

    /// <summary>Withdraws them.</summary>
    public static void Withdraw(Daemon d, Endpoint e)
    {
        foreach (var p in e.Ports)
        {
            if (d.Settings.UserlandProxy && p.IsOnHost) d.Make(new Change.ProcessSignalled("host", ProxyId(p), "INT") { Origin = new(e.Container.OriginObject, p.Option, "userland-proxy") });
            d.Make(d.Firewall.PortWithdrawn(FirewallWords.Of(e, p)));
        }
        Forget(d, e);
    }

    /// <summary>After the daemon restarted, host ports are what they were. Recorded in 44-daemon-restart.</summary>
    private static void Keep(Daemon d, Endpoint e)
    {
        foreach (var p in e.Container.KeptPorts)
        {
            if (p.IsOnHost) d.Ports.Take(p.Protocol, p.HostAddress, p.HostPort);
            e.Ports.Add(p with { ContainerAddress = (p.HostAddress.IsV6 ? e.V6 ?? e.V4 : e.V4 ?? e.V6) ?? p.ContainerAddress });
        }
        e.Container.KeptPorts.Clear();
    }

    private static void Forget(Daemon d, Endpoint e)
    {
        foreach (var p in e.Ports.Where(p => p.IsOnHost)) d.Ports.Release(p.Protocol, p.HostAddress, p.HostPort);
        e.Ports.Clear();
    }

    private static string ProxyId(PortBinding p) => $"proxy:{p.Protocol}:{p.HostAddress}:{p.HostPort}";

    private static ProcessSpec Proxy(Daemon d, PortBinding p)
    {
        List<string> arguments =
        [
            "docker-proxy", "-proto", p.Protocol, "-host-ip", p.HostAddress.ToString(), "-host-port", $"{p.HostPort}",
            "-container-ip", p.ContainerAddress.ToString(), "-container-port", $"{p.ContainerPort}",
        ];
        // From 28 the daemon binds the socket itself and hands it over. Recorded in 25-publish.
        if (d.Version.AtLeast(28)) arguments.Add("-use-listen-fd");
        return new ProcessSpec { Id = ProxyId(p), Namespace = "host", Arguments = arguments, Hostname = d.Host.Hostname };
    }
}
