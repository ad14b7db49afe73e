using NetSim.Docker.Books;
using NetSim.Model.Topology;

namespace NetSim.Docker.Containers;

/// <summary>The processes of a container: the main one, and those of exec.</summary>
internal static class ContainerProcess
{
    private const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The main process: "ctr:NAME" at the first start, "ctr:NAME~2" at the second.</summary>
    public static ProcessSpec Of(Daemon d, Container c)
    {
        string id = c.Starts == 1 ? $"ctr:{c.Name}" : $"ctr:{c.Name}~{c.Starts}";
        while (!d.ProcessIds.Add(id)) id += "~";
        return new ProcessSpec
        {
            Id = id,
            Namespace = c.Sandbox!.Namespace,
            Arguments = Arguments(c),
            Environment = Environment(c, c.Options.Terminal, []),
            Container = c.Name,
            Image = c.Facts.Name,
            Hostname = c.Hostname,
            Terminal = c.Options.Terminal,
            Unmodelled = !c.Facts.Known && c.Entrypoint.Count + c.Command.Count == 0,
            User = NotRoot(c.Options.User),
            NetAdmin = IsRoot(c.Options.User) && NetAdmin(c),
        };
    }

    /// <summary>A process of exec: "exec:12".</summary>
    public static ProcessSpec Exec(Daemon d, Container c, IReadOnlyList<string> arguments, bool terminal, IReadOnlyList<string> environment, bool privileged, string? user = null, string? folder = null) => new()
    {
        Id = $"exec:{++d.ProcessCounter}",
        Namespace = c.Sandbox!.Namespace,
        Arguments = arguments,
        Environment = Environment(c, terminal, environment),
        Container = c.Name,
        Image = c.Facts.Name,
        Hostname = c.Hostname,
        Terminal = terminal,
        User = NotRoot(user ?? c.Options.User),
        Folder = folder,
        // Who is not root has no capabilities, whatever the container has.
        NetAdmin = IsRoot(user ?? c.Options.User) && (privileged || NetAdmin(c)),
    };

    private static string? NotRoot(string user) => IsRoot(user) ? null : user;

    private static bool IsRoot(string user) => user.Split(':')[0] is "" or "root" or "0";

    private static bool NetAdmin(Container c) =>
        c.Options.Privileged || c.Options.CapAdd.Any(x => x.ToUpperInvariant() is "NET_ADMIN" or "CAP_NET_ADMIN" or "ALL");

    private static IReadOnlyList<string> Arguments(Container c)
    {
        IReadOnlyList<string> all = [.. c.Entrypoint, .. c.Command];
        return all.Count > 0 ? all : ["sleep", "infinity"];
    }

    /// <summary>PATH, HOSTNAME, TERM, the links' variables, the image's, the user's, HOME. Source: moby v28.5.2 container/container_unix.go CreateDaemonEnvironment.</summary>
    private static Dictionary<string, string> Environment(Container c, bool terminal, IReadOnlyList<string> more)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = Path, ["HOSTNAME"] = c.Hostname };
        if (terminal) all["TERM"] = "xterm";
        foreach (var (name, value) in c.LinkVariables) all[name] = value;
        foreach (var (name, value) in c.Facts.Environment) all[name] = value;
        foreach (string entry in c.Options.Environment.Concat(more))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) all[entry[..equals]] = entry[(equals + 1)..];
        }
        all.TryAdd("HOME", c.Options.User.Split(':')[0] is "" or "root" or "0" ? "/root" : "/");
        return all;
    }
}
