using System.Text.Json.Nodes;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>-f and --format.</summary>
internal static class Templates
{
    /// <summary>Prints an object by a template, one line.</summary>
    /// <exception cref="UsageException">The template is wrong.</exception>
    public static void Print(Reply reply, string template, JsonNode data) =>
        reply.Line(template == "json" ? Json.OneLine(data) : template.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal));
}
