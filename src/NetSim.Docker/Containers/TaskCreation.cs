using NetSim.Docker.Books;

namespace NetSim.Docker.Containers;

/// <summary>What runc refuses when a container's main process is to start: a sysctl that is not there, one of the network with the host's namespace, a program that the image lacks.
/// The container ends as created, with exit code 127 where something was not found, else 128.
/// Source: runc 1.1 libcontainer/configs/validate, standard_init_linux.go (sysctls are written before the program is looked up); moby v28.5.2 daemon/errors.go setExitCodeFromError;
/// recorded of 20.10.24, 26.1.5 and 28.5.2.</summary>
internal static class TaskCreation
{
    private const int Failed = 128;
    private const int Missing = 127;

    /// <summary>Looks whether the main process could start.</summary>
    /// <exception cref="DaemonException">It can't.</exception>
    public static void Check(Daemon d, Container c)
    {
        foreach (var (key, _) in c.Options.Sysctls)
            if (c.NetworkMode == "host" && key.StartsWith("net.", StringComparison.Ordinal)) throw Refused(d, $"sysctl \"{key}\" not allowed in host network namespace", Failed);
        foreach (var (key, _) in c.Options.Sysctls)
            if (!KernelSysctls.Has(key.Replace('.', '/'))) throw Init(d, NoSysctl(d, key), duringInit: true);
        if (MissingProgram(c) is { } program) throw Init(d, NoProgram(program), duringInit: d.Version.AtLeast(28));
    }

    /// <summary>The image's own program is there in any case.</summary>
    private static string? MissingProgram(Container c)
    {
        bool own = c.Entrypoint.SequenceEqual(c.Facts.Entrypoint) && (c.Entrypoint.Count > 0 || c.Command.SequenceEqual(c.Facts.Command));
        if (own || c.Facts.Programs is not { } there || c.Entrypoint.Concat(c.Command).FirstOrDefault() is not { } program) return null;
        return there.Contains(program[(program.LastIndexOf('/') + 1)..]) ? null : program;
    }

    private static string NoProgram(string program) =>
        program.Contains('/') ? $"exec: \"{program}\": stat {program}: no such file or directory" : $"exec: \"{program}\": executable file not found in $PATH";

    private static string NoSysctl(Daemon d, string key) => d.Version.AtLeast(28)
        ? $"open sysctl {key} file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/{key.Replace('.', '/')}: no such file or directory"
        : $"open /proc/sys/{key.Replace('.', '/')}: no such file or directory";

    private static DaemonException Init(Daemon d, string what, bool duringInit) => Refused(d, "unable to start container process: " + (duringInit ? "error during container init: " : "") + what, Missing);

    private static DaemonException Refused(Daemon d, string what, int exitCode)
    {
        string where = (d.Version.AtLeast(24) ? "failed to create task for container: " : "") + "failed to create shim task: OCI runtime create failed: runc create failed: ";
        return new(where + what + (d.Version.AtLeast(28) ? "" : ": unknown")) { TaskExitCode = exitCode };
    }
}
