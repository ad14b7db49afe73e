using NetSim.Docker.Books;
using NetSim.Docker.Containers;

namespace NetSim.Docker.CommandLine;

/// <summary>docker exec: hands out the process to run. Recorded in 04-link-default-bridge.</summary>
internal static class ExecCommand
{
    /// <summary>The command.</summary>
    public static Command Command { get; } = new("exec", "[OPTIONS] CONTAINER COMMAND [ARG...]", 2, int.MaxValue,
        new FlagSet { EndAtArgument = true }.Switches("detach d", "tty t", "interactive i", "privileged").Texts("user u", "workdir w", "detach-keys").Lists("env e", "env-file"), Run);

    private static void Run(Daemon d, ParsedLine line, Reply reply)
    {
        if (Refusals.Missing(d, line.Arguments[0], reply) is not { } c) return;
        if (!c.IsRunning) throw new DaemonException(d.Version.AtLeast(25) ? $"container {c.Id} is not running" : $"Container {c.Id} is not running");
        if (c.Status == "paused") throw new DaemonException($"Container {line.Arguments[0]} is paused, unpause the container before exec");
        LegacyLinks.CheckStill(d, c);
        var process = ContainerProcess.Exec(d, c, line.Arguments.Skip(1).ToList(), line.Is("tty"), line.List("env"), line.Is("privileged"), line.Text("user"), line.Text("workdir"));
        if (line.Is("detach")) d.Make(new Model.Tracing.Change.ProcessStarted(process) { Origin = new(c.OriginObject, "", "exec") });
        else reply.Foreground = process;
    }
}
