using NetSim.Docker.Books;
using NetSim.Docker.Naming;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Containers;

/// <summary>`network connect` and `network disconnect`, on running and on stopped containers.
/// Source: moby v28.5.2 daemon/container_operations.go ConnectToNetwork, DisconnectFromNetwork; recorded in 11-errors, 12-connect-disconnect.</summary>
internal static class NetworkConnect
{
    /// <summary>Connects.</summary>
    /// <exception cref="DaemonException">It is refused.</exception>
    public static void Connect(Daemon d, Network network, Container c, EndpointSettings settings)
    {
        CheckModes(d, network, c);
        var faults = EndpointValidation.Faults(d, network, settings, connecting: true);
        if (faults.Count > 0)
            throw new DaemonException(d.Version.AtLeast(25) ? "invalid endpoint settings:\n" + SubnetValidation.Join(faults) : faults[0]);
        if (c.Networks.ContainsKey(network.Name) && c.IsRunning && c.Sandbox!.Endpoints.Exists(e => e.Network == network))
            throw new DaemonException($"endpoint with name {c.Name} already exists in network {network.Name}");
        settings.ByConnect = true;
        // Up to 24 the container's own MAC address comes back with its first network. Recorded in 47-mac-address.
        if (!d.Version.AtLeast(25) && network.Name == c.NetworkMode && NetSim.Model.Addressing.MacAddress.TryParse(c.Options.MacAddress, out var mac)) settings.Mac ??= mac;
        c.Networks[network.Name] = settings;
        c.Joined.Remove(network.Name);
        c.Joined.Add(network.Name);
        if (network.IsUserDefined) settings.DnsNames = EndpointNames.Of(d, c, settings);
        if (c.IsRunning) Plug(d, network, c, settings);
    }

    /// <summary>Disconnects.</summary>
    /// <exception cref="DaemonException">It is not connected, or the mode forbids it.</exception>
    public static void Disconnect(Daemon d, Network network, Container c)
    {
        if (network.Driver == "host")
            throw new DaemonException(d.Version.AtLeast(28) ? "cannot disconnect container from host network - container was created in host network mode"
                : "container cannot be disconnected from host network or connected to host network");
        var e = c.Sandbox is { } s && c.SharedWith is null ? s.Endpoints.Find(x => x.Network == network) : null;
        if (e is null && (c.IsRunning || !c.Networks.ContainsKey(network.Name)))
            throw new DaemonException($"container {c.Id} is not connected to {(c.IsRunning ? "" : "the ")}network {network.Name}");
        c.Networks.Remove(network.Name);
        c.Joined.Remove(network.Name);
        if (e is not null) Unplug(d, e, c.Sandbox!);
    }

    private static void Plug(Daemon d, Network network, Container c, EndpointSettings settings)
    {
        var sandbox = c.Sandbox!;
        var e = EndpointPlug.Prepare(d, c, network, settings, sandbox);
        try
        {
            EndpointPlug.Join(d, e);
            EndpointPlug.Insert(d, e, sandbox);
            GatewayChoice.Update(d, sandbox);
        }
        catch (DaemonException)
        {
            Sandboxes.Unplug(d, e, sandbox);
            throw;
        }
        settings.NetworkId = network.Id;
        EndpointNames.Publish(d, e);
        ResolverStart.Update(d, c, sandbox);
        ContainerFiles.Connected(d, c, e, sandbox);
        ShownPorts.Note(c);
        d.Events.Of(d.Now, network, "connect", ("container", c.Id));
        d.Make(new Model.Tracing.Change.ContainerSet(c.FactsOf()) { Origin = new(c.OriginObject, "", "network-connect") });
    }

    private static void Unplug(Daemon d, Endpoint e, Sandbox sandbox)
    {
        if (ReferenceEquals(sandbox.Gateway, e)) PortPublisher.Withdraw(d, e);
        if (ReferenceEquals(sandbox.Gateway, e)) sandbox.Gateway = null;
        foreach (var route in sandbox.DefaultRoutes.Where(r => r.Interface == e.Interface).ToList())
        {
            d.Make(new Model.Tracing.Change.RouteRemoved(sandbox.Namespace, route) { Origin = route.Origin });
            sandbox.DefaultRoutes.Remove(route);
        }
        Sandboxes.Unplug(d, e, sandbox);
        GatewayChoice.Update(d, sandbox);
        if (sandbox.Resolver is not null) ResolverStart.Update(d, e.Container, sandbox);
        ContainerFiles.Disconnected(d, e.Container, e.Network, sandbox);
        // Up to 25 only after the last network. Recorded of 20.10.24 and 26.1.5.
        if (d.Version.AtLeast(26) || sandbox.Endpoints.Count == 0) ShownPorts.Note(e.Container);
        d.Make(new Model.Tracing.Change.ContainerSet(e.Container.FactsOf()) { Origin = new(e.Container.OriginObject, "", "network-disconnect") });
    }

    private static void CheckModes(Daemon d, Network network, Container c)
    {
        if (c.SharedWith is not null || c.NetworkMode == "host")
            throw new DaemonException("container sharing network namespace with another container or host cannot be connected to any other network");
        if (network.Driver == "host")
            throw new DaemonException(d.Version.AtLeast(28) ? "cannot connect container to host network - container must be created in host network mode"
                : "container cannot be disconnected from host network or connected to host network");
        if (network.Driver == "null" || c.Networks.ContainsKey("none"))
            throw new DaemonException("container cannot be connected to multiple networks with one of the networks in private (none) mode");
    }
}
