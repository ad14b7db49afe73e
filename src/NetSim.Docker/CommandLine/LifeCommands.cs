using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Model.Tracing;

namespace NetSim.Docker.CommandLine;

/// <summary>docker start, stop, restart, kill, pause, unpause, rename, rm, wait. Recorded in 05-ip-reuse-default, 11-errors, 39-restart-mid-connection.</summary>
internal static class LifeCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("start", "[OPTIONS] CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet().Switches("attach a", "interactive i").Texts("detach-keys"), Start),
        new("stop", "[OPTIONS] CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet().Texts("time t", "timeout", "signal s"), (d, l, r) => r.ForEach(l.Arguments, n => Stop(d, l, n))),
        new("restart", "[OPTIONS] CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet().Texts("time t", "timeout", "signal s"), (d, l, r) => r.ForEach(l.Arguments, n => Restart(d, l, n))),
        new("kill", "[OPTIONS] CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet().Texts("signal s"), (d, l, r) => r.ForEach(l.Arguments, n => Kill(d, n, Signal(l)))),
        new("pause", "CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet(), (d, l, r) => r.ForEach(l.Arguments, n => Pause(d, d.Containers.Get(n)))),
        new("unpause", "CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet(), (d, l, r) => r.ForEach(l.Arguments, n => Unpause(d, d.Containers.Get(n)))),
        new("rename", "CONTAINER NEW_NAME", 2, 2, new FlagSet(), Rename),
        new("rm", "[OPTIONS] CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet().Switches("force f", "volumes v", "link l"), Rm),
        new("container prune", "[OPTIONS]", 0, 0, new FlagSet().Switches("force f").Lists("filter"), Prune),
        new("update", "[OPTIONS] CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet().Texts("restart").Unmodelled("memory m", "memory-swap", "memory-reservation", "cpus", "cpu-shares c", "cpuset-cpus", "pids-limit", "blkio-weight"), Update),
        new("wait", "CONTAINER [CONTAINER...]", 1, int.MaxValue, new FlagSet(), Wait),
    ];

    private static void Start(Daemon d, ParsedLine line, Reply reply)
    {
        if (line.Is("attach") && line.Arguments.Count == 1)
        {
            reply.Foreground = ContainerStart.Start(d, d.Containers.Get(line.Arguments[0]), foreground: true);
            return;
        }
        var refused = reply.ForEach(line.Arguments, n => ContainerStart.Start(d, d.Containers.Get(n)));
        if (refused.Count > 0) reply.ErrorLine((d.Version.AtLeast(29) ? "failed" : "Error: failed") + " to start containers: " + string.Join(", ", refused));
    }

    private static void Kill(Daemon d, string name, string signal)
    {
        if (d.Containers.Find(name) is not { } c) throw new DaemonException($"{(d.Version.AtLeast(25) ? "cannot" : "Cannot")} kill container: {name}: No such container: {name}");
        ContainerStop.Kill(d, c, signal);
    }

    /// <summary>The client adds a line of its own. Source: docker/cli v28.5.2 cli/command/container/rename.go.</summary>
    private static void Rename(Daemon d, ParsedLine line, Reply reply)
    {
        string name = line.Arguments[0].Trim(), to = line.Arguments[1].Trim();
        if (name.Length == 0 || to.Length == 0) throw new UsageException("Error: Neither old nor new names may be empty");
        try
        {
            ContainerRename.Rename(d, d.Containers.Get(name), to);
        }
        catch (DaemonException fault)
        {
            reply.Refused(fault.Message);
            reply.ErrorLine($"Error: failed to rename container named {name}");
        }
    }

    private static void Stop(Daemon d, ParsedLine line, string name) => ContainerStop.Stop(d, d.Containers.Get(name), Seconds(line));

    private static void Restart(Daemon d, ParsedLine line, string name)
    {
        var c = d.Containers.Get(name);
        ContainerStop.Stop(d, c, Seconds(line));
        try
        {
            ContainerStart.Start(d, c);
        }
        catch (DaemonException fault)
        {
            throw new DaemonException($"Cannot restart container {name}: {fault.Message}");
        }
        d.Events.Of(d.Now, c, "restart");
    }

    private static int Seconds(ParsedLine line) => int.TryParse(line.Text("time") ?? line.Text("timeout"), out int n) ? n : 10;

    private static string Signal(ParsedLine line)
    {
        string text = (line.Text("signal") ?? "KILL").ToUpperInvariant();
        if (text.StartsWith("SIG", StringComparison.Ordinal)) text = text[3..];
        return text switch { "9" => "KILL", "15" => "TERM", "1" => "HUP", "2" => "INT", _ => text };
    }

    private static void Pause(Daemon d, Container c)
    {
        if (c.Status == "paused") throw new DaemonException($"Container {c.Id} is already paused");
        if (!c.IsRunning) throw new DaemonException(d.Version.AtLeast(25) ? $"container {c.Id} is not running" : $"Container {c.Id} is not running");
        SetPaused(d, c, "paused", "STOP", "pause");
    }

    private static void Unpause(Daemon d, Container c)
    {
        if (c.Status != "paused") throw new DaemonException($"Container {c.Id} is not paused");
        SetPaused(d, c, "running", "CONT", "unpause");
    }

    private static void SetPaused(Daemon d, Container c, string status, string signal, string action)
    {
        var origin = new Origin(c.OriginObject, "", action);
        c.Status = status;
        d.Make(new Change.ProcessSignalled(c.Sandbox!.Namespace, c.ProcessId, signal) { Origin = origin });
        d.Make(new Change.ContainerSet(c.FactsOf()) { Origin = origin });
        d.Events.Of(d.Now, c, action);
    }

    private static void Rm(Daemon d, ParsedLine line, Reply reply)
    {
        bool force = line.Is("force");
        foreach (string name in line.Arguments)
        {
            try
            {
                ContainerRemove.Remove(d, d.Containers.Get(name.TrimStart('/')), force);
                reply.Line(name);
            }
            catch (DaemonException fault)
            {
                reply.ErrorLine(Refusals.NotFound(d, "container", name, fault));
                if (!(force && fault.Message.StartsWith("No such container", StringComparison.Ordinal))) reply.ExitCode = 1;
            }
        }
    }

    private static void Update(Daemon d, ParsedLine line, Reply reply)
    {
        var (policy, limit) = RunFlags.Restart(d, line.Text("restart") ?? "no");
        reply.ForEach(line.Arguments, n =>
        {
            var c = d.Containers.Get(n);
            if (line.Has("restart")) c.Options = c.Options with { Restart = policy, RestartLimit = limit };
            d.Events.Of(d.Now, c, "update");
        });
    }

    private static void Prune(Daemon d, ParsedLine line, Reply reply)
    {
        _ = line;
        PruneContainers(d, reply);
        reply.Line("Total reclaimed space: 0B");
    }

    /// <summary>Removes all stopped containers and says which.</summary>
    internal static void PruneContainers(Daemon d, Reply reply)
    {
        var stopped = d.Containers.All.Where(c => !c.IsRunning).Reverse().ToList();
        if (stopped.Count > 0) reply.Line("Deleted Containers:");
        foreach (var c in stopped)
        {
            ContainerRemove.Forget(d, c);
            reply.Line(c.Id);
        }
        if (stopped.Count > 0) reply.Line("");
    }

    private static void Wait(Daemon d, ParsedLine line, Reply reply)
    {
        foreach (string name in line.Arguments)
        {
            var c = d.Containers.Get(name);
            if (c.IsRunning) d.Warnings.Add($"docker wait {name}: the container still runs, and waiting is not modelled");
            else reply.Line($"{c.ExitCode}");
        }
    }
}
