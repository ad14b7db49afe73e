using NetSim.Docker.Books;
using NetSim.Docker.CommandLine;

namespace NetSim.Docker.Compose.Up;

/// <summary>The table of `docker compose ps`. Source: compose v2 cmd/formatter/container.go defaultContainerTableFormat; cmd/compose/ps.go.</summary>
internal static class ComposePs
{
    private static readonly string[] Columns = ["Names", "Image", "Command", "Service", "RunningFor", "Status", "Ports"];

    /// <summary>Writes it.</summary>
    public static string Write(Daemon d, ComposeProject project, ComposeLine line)
    {
        var containers = Observed.All(d, project.Name).Where(c => line.All || c.IsRunning).Where(c => line.Arguments.Count == 0 || line.Arguments.Contains(Observed.Service(c)))
            .OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        if (line.Format == "quiet") return string.Concat(containers.Select(c => c.Id + "\n"));
        if (line.Format == "services") return string.Concat(containers.Select(Observed.Service).Distinct(StringComparer.Ordinal).Select(s => s + "\n"));
        return Table.Write([["NAME", "IMAGE", "COMMAND", "SERVICE", "CREATED", "STATUS", "PORTS"], .. containers.Select(c => Cells(d, c))]);
    }

    private static IReadOnlyList<string> Cells(Daemon d, Container c)
    {
        var row = PsTable.Row(d, c, truncate: true);
        return Columns.Select(k => k == "Service" ? Observed.Service(c) : row[k]!.GetValue<string>()).ToList();
    }
}
