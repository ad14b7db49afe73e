using System.Globalization;
using NetSim.Docker.Books;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>docker logs and top: what the main program printed in all its starts, and the processes that run.
/// Source: docker/cli v28.5.2 cli/command/container/logs.go, top.go; moby v28.5.2 daemon/top_unix.go (ps -ef).</summary>
internal static class ProgramCommands
{
    private const int Column = 20;

    /// <summary>Both.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("logs", "[OPTIONS] CONTAINER", 1, 1, new FlagSet().Switches("follow f", "details").Texts("tail n").UnmodelledSwitches("timestamps t").Unmodelled("since", "until"), Logs),
        new("top", "CONTAINER [ps OPTIONS]", 1, int.MaxValue, new FlagSet { EndAtArgument = true }, Top),
    ];

    private static void Logs(Daemon d, ParsedLine line, Reply reply)
    {
        if (Refusals.Missing(d, line.Arguments[0], reply) is not { } c) return;
        if (line.Is("follow") && c.IsRunning) d.Warnings.Add($"docker logs --follow: {c.Name} runs on, and so would this; it shows what was printed so far");
        if (d.Host.Printed is not { } printed)
        {
            d.Warnings.Add($"what {c.Name} has printed is not known");
            return;
        }
        var texts = c.Logged.Select(printed).ToList();
        bool all = line.Text("tail") is not { } tail || tail is "all" || tail.StartsWith('-');
        if (!all && !int.TryParse(line.Text("tail"), NumberStyles.None, CultureInfo.InvariantCulture, out _)) d.Warnings.Add($"docker logs --tail {line.Text("tail")}: is no number; all is shown");
        int most = !all && int.TryParse(line.Text("tail"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : int.MaxValue;
        reply.Text(Last(string.Concat(texts.Select(t => t.Output)), most));
        if (Last(string.Concat(texts.Select(t => t.Error)), most) is { Length: > 0 } error) reply.ErrorLine(error.TrimEnd('\n'));
    }

    private static string Last(string text, int most)
    {
        if (most == int.MaxValue || text.Length == 0) return text;
        var lines = text.TrimEnd('\n').Split('\n');
        return string.Concat(lines.TakeLast(most).Select(l => l + "\n"));
    }

    private static void Top(Daemon d, ParsedLine line, Reply reply)
    {
        if (Refusals.Missing(d, line.Arguments[0], reply) is not { } c) return;
        if (!c.IsRunning) throw new DaemonException($"{(d.Version.AtLeast(25) ? "container" : "Container")} {c.Id} is not running");
        if (line.Arguments.Count > 1) d.Warnings.Add($"docker top: the options \"{string.Join(' ', line.Arguments.Skip(1))}\" of ps are not modelled; it shows what -ef shows");
        var processes = d.Host.Running?.Invoke(c.Name) ?? [];
        string started = Timestamps.Clock(c.StartedAt);
        var rows = processes.Select((p, i) => new[]
        {
            p.User?.Split(':')[0] ?? "root", Number(c.Pid + i), Number(c.Pid - 22), "0", started, p.Terminal ? $"pts/{i}" : "?", "00:00:00", string.Join(' ', p.Arguments),
        });
        foreach (string[] row in rows.Prepend(["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"])) reply.Line(string.Concat(row[..^1].Select(w => w.PadRight(Math.Max(Column, w.Length + 3)))) + row[^1]);
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
