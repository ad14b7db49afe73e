using NetSim.Docker.Books;
using NetSim.Docker.Engine;

namespace NetSim.Docker.CommandLine;

/// <summary>How the client words a refusal: "docker: " before those of run and create, a hint after. Up to 27 with a full stop and "See 'docker run --help'.";
/// from 28 without, a blank line and "Run 'docker run --help' for more information". Source: docker/cli v28.5.2 cli/command/container/run.go; recorded in 11-errors.</summary>
internal static class Refusals
{
    /// <summary>The daemon refused run or create before the container was made.</summary>
    public static string AtCreate(EngineVersion v, string command, string message) => Docker(v, "Error response from daemon: " + message, command, hint: true);

    /// <summary>The daemon refused to start the container that run had made.</summary>
    public static string AtStart(EngineVersion v, string message) => Docker(v, "Error response from daemon: " + message, "run", hint: false);

    /// <summary>The client refused run or create.</summary>
    public static string ByClient(EngineVersion v, string command, string message) => Docker(v, message, command, hint: true);

    /// <summary>The client refused another command.</summary>
    public static string Usage(EngineVersion v, Command command, UsageException fault)
    {
        bool new28 = v.AtLeast(28);
        string usage = $"Usage:  docker {command.Path} {command.Usage}";
        if (fault.Usage is not null)
            return new28 ? $"docker: {fault.Message}\n\n{usage}\n\nRun 'docker {command.Path} --help' for more information\n"
                : $"{fault.Message}.\nSee 'docker {command.Path} --help'.\n\n{usage}\n\n{fault.Usage}\n";
        if (!fault.WithHint) return fault.Message + "\n";
        return new28 ? $"{fault.Message}\n\n{usage}\n\nRun 'docker {command.Path} --help' for more information\n" : $"{fault.Message}\nSee 'docker {command.Path} --help'.\n";
    }

    private static string Docker(EngineVersion v, string message, string command, bool hint)
    {
        if (v.AtLeast(28)) return $"docker: {message}\n\nRun 'docker {command} --help' for more information\n";
        return $"docker: {message.TrimEnd('.')}.\n" + (hint ? $"See 'docker {command} --help'.\n" : "");
    }

    /// <summary>The container of exec and port; where it is missing, up to 24 the client says so in its own words.</summary>
    public static Container? Missing(Daemon d, string name, Reply reply)
    {
        if (d.Containers.Find(name) is { } c) return c;
        reply.ErrorLine(NotFound(d, "container", name, new DaemonException($"No such container: {name}")));
        reply.ExitCode = 1;
        return null;
    }

    /// <summary>Up to 24 the client words "not found" itself for some commands. Recorded in 11-errors.</summary>
    public static string NotFound(Daemon d, string kind, string name, DaemonException fault)
    {
        bool missing = fault.Message.EndsWith($"No such {kind}: {name}", StringComparison.Ordinal) || fault.Message == $"network {name} not found";
        return missing && !d.Version.AtLeast(25) ? $"Error: No such {kind}: {name}" : "Error response from daemon: " + fault.Message;
    }
}
