using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>Ends containers: stop, kill, and what follows when the process is gone (networks released, restart policy, --rm).
/// Source: moby v28.5.2 daemon/stop.go, daemon/kill.go, daemon/monitor.go handleContainerExit; recorded in 05-ip-reuse-default, 30-unreachable.</summary>
internal static class ContainerStop
{

    /// <summary>docker stop.</summary>
    public static void Stop(Daemon d, Container c, int seconds)
    {
        if (!c.IsRunning) return;
        c.StoppedByUser = true;
        string program = (c.Entrypoint.Concat(c.Command).FirstOrDefault() ?? "").Split('/')[^1];
        // A first process ignores SIGTERM unless it has a handler; of the catalogue's programs redis-server has one.
        bool gently = seconds != 0 && program == "redis-server";
        Signal(d, c, gently ? "TERM" : "KILL");
        d.Events.Of(d.Now, c, "kill", ("signal", "15"));
        if (!gently) d.Events.Of(d.Now, c, "kill", ("signal", "9"));
        Ended(d, c, gently ? 0 : 137);
        d.Events.Of(d.Now, c, "stop");
    }

    /// <summary>docker kill.</summary>
    public static void Kill(Daemon d, Container c, string signal)
    {
        if (!c.IsRunning) throw new DaemonException(NotRunning(d, c));
        Signal(d, c, signal);
        d.Events.Of(d.Now, c, "kill", ("signal", signal == "KILL" ? "9" : signal));
        if (signal != "KILL") return;
        c.StoppedByUser = true;
        Ended(d, c, 137);
    }

    /// <summary>The process is gone: networks are released, the container is exited.</summary>
    public static void Ended(Daemon d, Container c, int exitCode)
    {
        c.Status = "exited";
        c.ExitCode = exitCode;
        c.FinishedAt = d.Now;
        c.Pid = 0;
        c.ProcessId = "";
        Sandboxes.Close(d, c);
        c.ShownPorts = null;
        d.Events.Of(d.Now, c, "die", ("exitCode", $"{exitCode}"));
        d.Make(new Change.ContainerSet(c.FactsOf()) { Origin = new(c.OriginObject, "", "container-exit") });
        if (c.Options.AutoRemove) ContainerRemove.Forget(d, c);
    }

    /// <summary>The process ended by itself.</summary>
    public static void EndedByItself(Daemon d, Container c, int exitCode)
    {
        Ended(d, c, exitCode);
        if (c.Options.AutoRemove || !RestartAgain(c)) return;
        c.RestartCount++;
        try
        {
            ContainerStart.Start(d, c);
        }
        catch (DaemonException fault)
        {
            d.Warnings.Add($"container {c.Name} could not be restarted: {fault.Message}");
        }
    }

    private static bool RestartAgain(Container c) => !c.StoppedByUser && c.Options.Restart switch
    {
        "always" or "unless-stopped" => true,
        "on-failure" => c.ExitCode != 0 && (c.Options.RestartLimit == 0 || c.RestartCount < c.Options.RestartLimit),
        _ => false,
    };

    private static string NotRunning(Daemon d, Container c) =>
        d.Version.AtLeast(25) ? $"cannot kill container: {c.Name}: container {c.Id} is not running" : $"Cannot kill container: {c.Name}: Container {c.Id} is not running";

    private static void Signal(Daemon d, Container c, string signal)
    {
        if (c.Sandbox is { } sandbox)
            d.Make(new Change.ProcessSignalled(sandbox.Namespace, c.ProcessId, signal) { Origin = new(c.OriginObject, "", "container-stop") });
    }
}
