using NetSim.Docker.Books;
using NetSim.Docker.Naming;
using NetSim.Docker.Networks;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>Starts a container: sandbox, networks, names, files, ports, process. A failure undoes all of it.
/// Source: moby v28.5.2 daemon/start.go containerStart, daemon/container_operations.go allocateNetwork.</summary>
internal static class ContainerStart
{
    /// <summary>Starts it.</summary>
    /// <param name="d">The daemon.</param>
    /// <param name="c">The container; a running one stays as it is.</param>
    /// <param name="foreground">Is the process handed out instead of started by a change?</param>
    /// <returns>The process, where it is to run in the foreground.</returns>
    /// <exception cref="DaemonException">It can't be started.</exception>
    public static ProcessSpec? Start(Daemon d, Container c, bool foreground = false)
    {
        if (c.IsRunning) return null;
        try
        {
            Sandboxes.Open(d, c);
            if (c.SharedWith is null) PlugAll(d, c);
            TaskCreation.Check(d, c);
            return Run(d, c, foreground);
        }
        catch (DaemonException fault)
        {
            Fail(d, c, fault);
            throw new DaemonException(c.Error) { TaskExitCode = fault.TaskExitCode };
        }
    }

    /// <summary>Up to 27 the host's side with ports, names and files comes first and the container's side with the task; from 28 the namespace is there from the beginning.</summary>
    private static void PlugAll(Daemon d, Container c)
    {
        var sandbox = c.Sandbox!;
        LegacyLinks.Check(d, c);
        if (d.Version.AtLeast(28)) ContainerFiles.WriteInitial(d, c, sandbox);
        foreach (string name in StartOrder.OfPlugging(c)) Prepare(d, c, c.Networks[name], sandbox);
        if (!d.Version.AtLeast(28)) ContainerFiles.WriteInitial(d, c, sandbox);
        foreach (var e in sandbox.Endpoints) EndpointPlug.Join(d, e);
        if (d.Version.AtLeast(28))
        {
            ContainerFiles.WriteAll(d, c, sandbox);
            foreach (var e in StartOrder.OfNaming(d, sandbox)) EndpointPlug.Insert(d, e, sandbox);
            GatewayChoice.Update(d, sandbox);
            Name(d, c, sandbox);
        }
        else
        {
            ContainerFiles.WriteOwnLines(d, c, sandbox);
            // With the first endpoint 26 writes the file as it suits the default bridge; where a port then fails, so it stays. Recorded of 26.1.5.
            if (d.Version.AtLeast(26) && sandbox.Endpoints.Count > 0) ContainerFiles.WriteResolvConf(d, c, ResolvConfKind.Legacy);
            // A port that can't be published ends the start before the endpoint could leave; its line stays.
            sandbox.KeepsHostLines = true;
            GatewayChoice.UpdatePorts(d, sandbox);
            sandbox.KeepsHostLines = false;
            Name(d, c, sandbox);
            foreach (var e in StartOrder.OfNaming(d, sandbox)) EndpointPlug.Insert(d, e, sandbox);
            GatewayChoice.UpdateRoutes(d, sandbox);
        }
        if (c.NetworkMode != "host") ResolverStart.Update(d, c, sandbox);
        foreach (var (key, value) in c.Options.Sysctls) d.Make(new Change.SysctlSet(sandbox.Namespace, key, value) { Origin = new(c.OriginObject, $"--sysctl {key}", "sysctl") });
        LegacyLinks.ChildStarted(d, c);
        ShownPorts.Note(c);
    }

    private static void Prepare(Daemon d, Container c, EndpointSettings settings, Sandbox sandbox)
    {
        var network = Find(d, c, settings);
        if (network.IsUserDefined) settings.DnsNames = EndpointNames.Of(d, c, settings);
        EndpointPlug.Prepare(d, c, network, settings, sandbox);
        settings.NetworkId = network.Id;
        d.Events.Of(d.Now, network, "connect", ("container", c.Id));
    }

    private static void Name(Daemon d, Container c, Sandbox sandbox)
    {
        foreach (var e in sandbox.Endpoints) EndpointNames.Publish(d, e);
        LegacyLinks.Open(d, c);
        ContainerFiles.WriteAll(d, c, sandbox);
    }

    private static Network Find(Daemon d, Container c, EndpointSettings settings)
    {
        var found = settings.NetworkId.Length > 0 ? d.Networks.Find(settings.NetworkId) : null;
        found ??= settings.NetworkId.Length > 0 && !d.Version.AtLeast(28) ? null : d.Networks.Find(settings.NetworkName);
        if (found is not null) return found;
        if (d.Version.AtLeast(28))
            throw new DaemonException(settings.NetworkId.Length > 0 ? $"could not find a network matching network mode {c.NetworkMode}: network {settings.NetworkName} not found" : $"network {settings.NetworkName} not found");
        throw new DaemonException($"network {(settings.NetworkId.Length > 0 ? settings.NetworkId : settings.NetworkName)} not found");
    }

    private static ProcessSpec? Run(Daemon d, Container c, bool foreground)
    {
        c.Starts++;
        c.Status = "running";
        c.Error = "";
        c.ExitCode = 0;
        c.StoppedByUser = false;
        c.StartedAt = d.Now;
        c.Pid = 200 + 64 * ++d.ProcessCounter;
        var process = ContainerProcess.Of(d, c);
        c.ProcessId = process.Id;
        c.Logged.Add(process.Id);
        var origin = new Origin(c.OriginObject, "", "container-start");
        d.Make(new Change.ContainerSet(c.FactsOf()) { Origin = origin });
        if (!foreground) d.Make(new Change.ProcessStarted(process) { Origin = origin });
        d.Events.Of(d.Now, c, "start");
        return foreground ? process : null;
    }

    private static void Fail(Daemon d, Container c, DaemonException fault)
    {
        // From 28 the message says where it happened. Recorded in 11-errors, 10-pool-exhausted.
        bool networking = d.Version.AtLeast(28) && c.SharedWith is null && fault.TaskExitCode is null && !fault.Message.StartsWith("Cannot link", StringComparison.Ordinal);
        c.Error = networking ? "failed to set up container networking: " + fault.Message : fault.Message;
        Sandboxes.Close(d, c, keepHosts: d.Version.AtLeast(28));
        // Recorded of 28.5.2 alone: after a task that failed the container's names are forgotten, after a port that failed they stay.
        if (fault.TaskExitCode is not null && d.Version.AtLeast(28)) foreach (var settings in c.Networks.Values) settings.DnsNames = [];
        c.ExitCode = fault.TaskExitCode ?? (c.Starts == 0 ? 128 : c.ExitCode);
        // With --rm it goes even so. Source: moby v28.5.2 daemon/start.go containerStart.
        if (c.Options.AutoRemove) ContainerRemove.Forget(d, c);
    }
}
