using NetSim.Docker.Books;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>Plugs a container into a network and out of it again. First the host's side (lease, veth, bridge port, rules), then the container's side.
/// Source: moby v28.5.2 libnetwork/endpoint.go, libnetwork/drivers/bridge/bridge_linux.go CreateEndpoint, libnetwork/osl/interface_linux.go AddInterface.</summary>
internal static class EndpointPlug
{
    /// <summary>The host's side.</summary>
    /// <exception cref="DaemonException">No address, or no such parent; nothing stays made.</exception>
    public static Endpoint Prepare(Daemon d, Container container, Network network, EndpointSettings settings, Sandbox sandbox)
    {
        if (network.ConfigOnly) throw new DaemonException("cannot create endpoint on configuration-only network");
        var e = new Endpoint { Id = settings.Known?.Id ?? d.Ids.NewId(), Network = network, Container = container, Settings = settings };
        EndpointAddresses.Lease(d, e);
        e.Mac = EndpointMacs.Choose(d, e);
        network.Endpoints.Add(e);
        sandbox.Endpoints.Add(e);
        if (network.Driver == "ipvlan" && settings.Mac is not null)
        {
            Remove(d, e, sandbox);
            throw new DaemonException("ipvlan interfaces do not support custom mac address assignment");
        }
        if (network.Driver != "bridge") return e;
        VethNumbers.Make(d, e, sandbox);
        var origin = new Origin(container.OriginObject, "--net " + network.Name, "bridge-port");
        d.Make(new Change.InterfaceChanged("host", e.HostInterface, Master: network.Interface, Hairpin: d.Settings.UserlandProxy ? null : true) { Origin = origin });
        if (network.Mtu > 0) d.Make(new Change.InterfaceChanged("host", network.Interface!, Mtu: network.Mtu) { Origin = Origin.Kernel });
        d.Make(d.Firewall.EndpointAdded(FirewallWords.Of(e)));
        d.Make(new Change.InterfaceChanged("host", e.HostInterface, Up: true) { Origin = origin });
        return e;
    }

    /// <summary>The driver's part in the kernel, when addresses are given and the container's files begun.</summary>
    /// <exception cref="DaemonException">The kernel does not know the kind of device.</exception>
    public static void Join(Daemon d, Endpoint e)
    {
        if (e.Network.HasParent) SharedLink.Make(d, e);
    }

    /// <summary>The container's side: name, addresses, up.</summary>
    /// <exception cref="DaemonException">The kernel refuses it.</exception>
    public static void Insert(Daemon d, Endpoint e, Sandbox sandbox)
    {
        string space = sandbox.Namespace;
        if (e.Network.Driver is "host" or "null") return;
        if (e.Mac.IsMulticast) throw new DaemonException(MacRefused(d, e, "cannot assign requested address"));
        string name = InterfaceNames.Choose(d, e, sandbox);
        var origin = new Origin(e.Container.OriginObject, "--net " + e.Network.Name, "container-interface");
        if (SharedLink.IsMacTaken(d, e)) throw new DaemonException(MacRefused(d, e, "address already in use"));
        string from = d.Version.AtLeast(28) && e.Network.Driver == "bridge" ? space : "host";
        d.Make(new Change.InterfaceMoved(from, e.TemporaryName, space, name) { Origin = origin });
        if (e.Network.Driver != "ipvlan") d.Make(new Change.InterfaceChanged(space, name, Mac: e.Mac) { Origin = origin });
        e.Interface = name;
        d.Make(new Change.SysctlSet(space, $"net.ipv6.conf.{name}.disable_ipv6", e.V6 is null ? "1" : "0") { Origin = origin });
        if (e.V6 is not null) LoopbackV6(d, sandbox);
        foreach (var address in e.Addresses)
            d.Make(new Change.AddressAdded(space, name, address, NoDad: address.Address.IsV6) { Origin = origin });
        foreach (var address in LinkLocal(e)) d.Make(new Change.AddressAdded(space, name, address, NoDad: address.Address.IsV6) { Origin = origin with { Option = "--link-local-ip" } });
        EndpointSysctls.Set(d, e, space);
        d.Make(new Change.InterfaceChanged(space, name, Up: true) { Origin = origin });
        d.Make(new Change.EndpointSet(e.Facts) { Origin = origin });
        Announce(d, e, space, name);
    }

    /// <summary>--link-local-ip: addresses beside the leased ones, /16 or /64, from no pool. Source: moby v20.10.24 and v28.5.2 libnetwork/endpoint.go CreateOptionIpam (linkLocalMask).</summary>
    private static IEnumerable<InterfaceAddress> LinkLocal(Endpoint e)
    {
        foreach (string text in e.Settings.LinkLocal)
            if (IpAddress.TryParse(text, out var address) && (address.IsV4 || e.V6 is not null)) yield return new(address, address.IsV4 ? 16 : 64);
    }

    /// <summary>Takes it out again.</summary>
    public static void Remove(Daemon d, Endpoint e, Sandbox sandbox)
    {
        var origin = new Origin(e.Container.OriginObject, "", "endpoint-removed");
        if (e.Network.Driver == "bridge") d.Make(d.Firewall.EndpointRemoved(FirewallWords.Of(e)));
        if (e.HostInterface.Length > 0) d.Make(new Change.InterfaceRemoved("host", e.HostInterface) { Origin = origin });
        else if (e.Interface.Length > 0) d.Make(new Change.InterfaceRemoved(sandbox.Namespace, e.Interface) { Origin = origin });
        else if (e.TemporaryName.Length > 0) d.Make(new Change.InterfaceRemoved("host", e.TemporaryName) { Origin = origin });
        if (e.Interface.Length > 0) d.Make(new Change.EndpointRemoved(e.Network.Name, e.Container.Name) { Origin = origin });
        EndpointAddresses.Release(d, e);
        e.Network.Endpoints.Remove(e);
        sandbox.Endpoints.Remove(e);
    }

    /// <summary>::1 on the loopback, where it is not there yet.</summary>
    public static void LoopbackV6(Daemon d, Sandbox sandbox)
    {
        if (sandbox.LoopbackV6 || sandbox.Namespace == "host") return;
        sandbox.LoopbackV6 = true;
        d.Make(new Change.AddressAdded(sandbox.Namespace, "lo", new(IpAddress.FromV6(0, 1), 128)) { Origin = Origin.Kernel });
    }

    /// <summary>From 28 a new endpoint announces itself: three gratuitous ARPs, one second apart.
    /// Source: moby v28.5.2 libnetwork/osl/interface_linux.go advertiseAddrs; recorded in 39-restart-mid-connection.</summary>
    private static void Announce(Daemon d, Endpoint e, string space, string name)
    {
        if (!d.Version.AtLeast(28) || e.Network.IsLayer3) return;
        string count = e.Network.Options.GetValueOrDefault(NetworkOptions.AnnounceCount) ?? "3";
        string interval = e.Network.Options.GetValueOrDefault(NetworkOptions.AnnounceInterval) ?? "1000";
        if (count != "0") d.Make(new Change.SysctlSet(space, $"netsim.announce.{name}", $"{count} {interval}") { Origin = new(e.Container.OriginObject, "", "announcement") });
    }

    /// <summary>The text differs by where in the start it happens. Recorded in 47-mac-address.</summary>
    private static string MacRefused(Daemon d, Endpoint e, string why)
    {
        string fault = $"failed to add interface {e.TemporaryName} to sandbox: error setting interface \"{e.TemporaryName}\" MAC to \"{e.Mac}\": {why}";
        if (d.Version.AtLeast(28)) return fault;
        const string Hook = "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: ";
        return (d.Version.AtLeast(23) ? "failed to create task for container: " + Hook + fault : Hook + $"time=\"{Inspect.Timestamps.Of(new SimTime(d.Now.Nanoseconds / 1_000_000_000 * 1_000_000_000))}\" level=fatal msg=\"{fault.Replace("\"", "\\\"", StringComparison.Ordinal)}\"") + ": unknown";
    }
}
