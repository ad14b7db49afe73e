using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>docker run and docker create. Recorded in 01-seed, 11-errors.</summary>
internal static class RunCommands
{
    /// <summary>Both.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("run", "[OPTIONS] IMAGE [COMMAND] [ARG...]", 1, int.MaxValue, RunFlags.Set(), Run),
        new("create", "[OPTIONS] IMAGE [COMMAND] [ARG...]", 1, int.MaxValue, RunFlags.Set(), Create),
    ];

    private static void Create(Daemon d, ParsedLine line, Reply reply)
    {
        if (Make(d, line, reply, "create") is { } container) reply.Line(container.Id);
    }

    private static void Run(Daemon d, ParsedLine line, Reply reply)
    {
        if (Make(d, line, reply, "run") is not { } container) return;
        bool foreground = !line.Is("detach");
        if (!foreground) reply.Line(container.Id);
        try
        {
            reply.Foreground = ContainerStart.Start(d, container, foreground);
        }
        catch (DaemonException fault)
        {
            Print(reply, Refusals.AtStart(d.Version, fault.Message));
            // The client of 20.10 waits for the removal, and is told to stop. Recorded for a configuration network.
            if (foreground && line.Is("rm") && !d.Version.AtLeast(23)) reply.ErrorLine($"time=\"{Timestamps.Of(d.Now)[..19]}Z\" level=error msg=\"error waiting for container: context canceled\"");
            reply.ExitCode = fault.TaskExitCode is 126 or 127 ? fault.TaskExitCode.Value : 125;
        }
    }

    private static Container? Make(Daemon d, ParsedLine line, Reply reply, string command)
    {
        try
        {
            var (request, warning) = SysctlMigration.Migrate(d, RunFlags.Read(d, line));
            if (warning is not null) reply.ErrorLine("WARNING: " + warning);
            var container = ContainerMaker.Create(d, request);
            if (request.Mode == "host" && (request.Options.Publish.Count > 0 || request.Options.PublishAll)) reply.ErrorLine("WARNING: Published ports are discarded when using host network mode");
            return container;
        }
        catch (DaemonException fault)
        {
            Print(reply, command == "run" ? Refusals.AtCreate(d.Version, command, fault.Message) : $"Error response from daemon: {fault.Message}\n");
            reply.ExitCode = command == "run" ? 125 : 1;
        }
        catch (UsageException fault) when (command == "run")
        {
            Print(reply, fault.WithHint ? Hint(d, fault) : Refusals.ByClient(d.Version, command, fault.Message));
            reply.ExitCode = 125;
        }
        return null;
    }

    private static string Hint(Daemon d, UsageException fault) => d.Version.AtLeast(28)
        ? $"{fault.Message}\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information\n"
        : $"{fault.Message}\nSee 'docker run --help'.\n";

    private static void Print(Reply reply, string text) => reply.ErrorLine(text.TrimEnd('\n'));
}
