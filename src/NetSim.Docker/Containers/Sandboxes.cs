using NetSim.Docker.Books;
using NetSim.Docker.Naming;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>Opens and closes containers' network namespaces.</summary>
internal static class Sandboxes
{
    /// <summary>A namespace of its own with the loopback; the host's; or the one of the container it shares.</summary>
    /// <exception cref="DaemonException">The container to share with is not there or does not run.</exception>
    public static void Open(Daemon d, Container c)
    {
        if (c.SharedWith is not null)
        {
            Share(d, c);
            return;
        }
        c.Sandbox = new Sandbox { Id = d.Ids.NewId(), Namespace = c.NetworkMode == "host" ? "host" : FreeKey(d, c.Name) };
        c.LastSandboxId = c.Sandbox.Id;
        if (c.Sandbox.Namespace == "host") return;
        var origin = new Origin(c.OriginObject, "", "sandbox");
        string space = c.Sandbox.Namespace;
        d.Make(new Change.NamespaceMade(space, NamespaceKind.Container, c.Name) { Origin = origin });
        d.Make(new Change.InterfaceMade(space, new InterfaceSpec { Name = "lo", Index = 1, Kind = InterfaceKind.Loopback, Mtu = 65536 }) { Origin = origin });
        // Up to 25 IPv6 is off in the namespace until an endpoint has an IPv6 address. Recorded in 12-connect-disconnect.
        d.Make(new Change.SysctlSet(space, "net.ipv6.conf.all.disable_ipv6", d.Version.AtLeast(26) ? "0" : "1") { Origin = origin });
        d.Make(new Change.AddressAdded(space, "lo", new(IpAddress.LoopbackV4, 8)) { Origin = Origin.Kernel });
        if (d.Version.AtLeast(26)) EndpointPlug.LoopbackV6(d, c.Sandbox);
        d.Make(new Change.InterfaceChanged(space, "lo", Up: true) { Origin = origin });
    }

    /// <summary>Unplugs everything and removes the namespace.</summary>
    /// <param name="d">The daemon.</param>
    /// <param name="c">Whose.</param>
    /// <param name="keepHosts">Do the own lines stay in /etc/hosts? From 28 they do when a start fails. Recorded in 47-mac-address.</param>
    public static void Close(Daemon d, Container c, bool keepHosts = false)
    {
        if (c.Sandbox is not { } sandbox) return;
        if (c.SharedWith is null)
        {
            LegacyLinks.Close(d, c);
            if (sandbox.Gateway is { } gateway) PortPublisher.Withdraw(d, gateway);
            sandbox.Gateway = null;
            bool named = sandbox.Endpoints.Exists(e => e.Network.IsUserDefined);
            foreach (var e in sandbox.Endpoints.ToList()) Unplug(d, e, sandbox);
            if (c.HasFiles && !keepHosts && !sandbox.KeepsHostLines) ContainerFiles.Stopped(d, c, sandbox, named);
            if (sandbox.Namespace != "host")
            {
                d.Make(new Change.NamespaceRemoved(sandbox.Namespace) { Origin = new(c.OriginObject, "", "sandbox-removed") });
                d.Namespaces.Remove(sandbox.Namespace);
            }
        }
        c.Sandbox = null;
    }

    /// <summary>Takes one endpoint out, with its names.</summary>
    public static void Unplug(Daemon d, Endpoint e, Sandbox sandbox)
    {
        EndpointNames.Withdraw(d, e);
        EndpointPlug.Remove(d, e, sandbox);
        d.Events.Of(d.Now, e.Network, "disconnect", ("container", e.Container.Id));
    }

    private static void Share(Daemon d, Container c)
    {
        string term = c.SharedWith!;
        var other = d.Containers.Find(term) ?? throw new DaemonException((d.Version.AtLeast(28) ? "joining network namespace of container: " : "") + $"No such container: {term}");
        if (!other.IsRunning || other.Sandbox is null)
            throw new DaemonException(d.Version.AtLeast(28) ? $"cannot join network namespace of a non running container: container {other.Name} is {other.Status}" : $"cannot join network of a non running container: {other.Id}");
        c.Sandbox = other.Sandbox;
        ContainerFiles.CopyFrom(d, c, other);
    }

    private static string FreeKey(Daemon d, string name)
    {
        string key = name;
        for (int n = 2; key is "host" or "outside" || !d.Namespaces.Add(key); n++) key = $"{name}~{n}";
        return key;
    }
}
