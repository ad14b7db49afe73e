using System.Text;

namespace NetSim.Docker.CommandLine;

/// <summary>A table as the docker client prints it: columns at least ten wide, three blanks between. Source: docker/cli cli/command/formatter/formatter.go (Go's tabwriter).</summary>
internal static class Table
{
    /// <summary>Writes it; the first row is the header.</summary>
    public static string Write(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int columns = rows[0].Count;
        var widths = new int[columns];
        foreach (var row in rows)
            for (int i = 0; i < columns; i++) widths[i] = Math.Max(widths[i], Math.Max(10, row[i].Length + 3));
        var b = new StringBuilder();
        foreach (var row in rows)
        {
            for (int i = 0; i < columns - 1; i++) b.Append(row[i].PadRight(widths[i]));
            b.Append(row[columns - 1]).Append('\n');
        }
        return b.ToString();
    }
}
