using NetSim.Docker.Books;

namespace NetSim.Docker.CommandLine;

/// <summary>docker cp, diff, attach and stats: what concerns files, terminals and resources, of which nothing is modelled. The engine's refusals are real, the rest is a warning.
/// Source: docker/cli v28.5.2 cli/command/container/cp.go, diff.go, attach.go, stats.go.</summary>
internal static class ContentCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("cp", "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH", 2, 2, new FlagSet().Switches("archive a", "follow-link L", "quiet q"), Copy),
        new("diff", "CONTAINER", 1, 1, new FlagSet(), Diff),
        new("attach", "[OPTIONS] CONTAINER", 1, 1, new FlagSet().Switches("no-stdin", "sig-proxy").Texts("detach-keys"), Attach),
        new("stats", "[OPTIONS] [CONTAINER...]", 0, int.MaxValue, new FlagSet().Switches("all a", "no-stream", "no-trunc").Texts("format"), Stats),
    ];

    private static void Copy(Daemon d, ParsedLine line, Reply reply)
    {
        var named = line.Arguments.Where(a => a.Contains(':', StringComparison.Ordinal) && !a.StartsWith('/') && !a.StartsWith('.')).ToList();
        if (named.Count == 0) throw new UsageException("must specify at least one container source");
        if (named.Count == 2) throw new UsageException("copying between containers is not supported");
        if (Refusals.Missing(d, named[0].Split(':')[0], reply) is null) return;
        d.Warnings.Add("docker cp is not modelled: no file was copied");
    }

    private static void Diff(Daemon d, ParsedLine line, Reply reply)
    {
        if (Refusals.Missing(d, line.Arguments[0], reply) is not null) d.Warnings.Add("docker diff is not modelled: file systems of containers are not kept");
    }

    private static void Attach(Daemon d, ParsedLine line, Reply reply)
    {
        if (Refusals.Missing(d, line.Arguments[0], reply) is not { } c) return;
        string you = d.Version.AtLeast(28) ? "cannot" : "You cannot";
        if (!c.IsRunning) throw new UsageException($"{you} attach to a stopped container, start it first");
        if (c.Status == "paused") throw new UsageException($"{you} attach to a paused container, unpause it first");
        d.Warnings.Add("docker attach is not modelled: docker logs shows what the program prints");
    }

    private static void Stats(Daemon d, ParsedLine line, Reply reply)
    {
        var shown = line.Arguments.Count > 0 ? [.. line.Arguments.Select(a => Refusals.Missing(d, a, reply)).OfType<Container>()] : d.Containers.All.Where(c => c.IsRunning || line.Is("all")).Reverse().ToList();
        if (reply.ExitCode != 0) return;
        d.Warnings.Add("docker stats: use of processor, memory and disk is not modelled, and its counters of packets are not shown (ip -s link in a container shows them)");
        reply.Text(Table.Write([["CONTAINER ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "BLOCK I/O", "PIDS"],
            .. shown.Select(c => (IReadOnlyList<string>)[line.Is("no-trunc") ? c.Id : c.ShortId, c.Name, "--", "-- / --", "--", "-- / --", "-- / --", "--"])]));
    }
}
