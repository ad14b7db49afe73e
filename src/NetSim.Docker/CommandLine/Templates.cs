using System.Text.Json.Nodes;
using NetSim.Docker.GoTemplates;
using NetSim.Docker.Inspect;

namespace NetSim.Docker.CommandLine;

/// <summary>-f and --format. Source: docker/cli v28.5.2 cli/command/inspect/inspector.go, cli/command/formatter/formatter.go.</summary>
internal static partial class Templates
{
    /// <summary>Prints an object of docker inspect by a template, one line. JSON leaves out some empty fields that a template may ask for.</summary>
    /// <param name="reply">Where to.</param>
    /// <param name="template">The template.</param>
    /// <param name="data">The object as JSON shows it.</param>
    /// <param name="whole">The object with its empty fields; null where none is left out.</param>
    /// <exception cref="UsageException">The template is wrong, or fails on the object.</exception>
    public static void Inspect(Reply reply, string template, JsonNode data, JsonNode? whole = null)
    {
        if (template == "json")
        {
            reply.Line(Json.OneLine(data));
            return;
        }
        try
        {
            reply.Line(Fill(template, data, GoTemplate.InspectMaps, exitCode: 64));
        }
        catch (UsageException) when (whole is not null)
        {
            reply.Line(Fill(template, whole, GoTemplate.InspectMaps, exitCode: 64));
        }
    }

    /// <summary>Prints rows of a list by a template, a line each; "table " before it adds a header.</summary>
    /// <param name="reply">Where to.</param>
    /// <param name="format">The template.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="header">The names of the columns; a template may ask for these fields.</param>
    /// <param name="context">The Go type of a row.</param>
    /// <exception cref="UsageException">The template is wrong, or fails on a row.</exception>
    public static void Rows(Reply reply, string format, IEnumerable<JsonObject> rows, JsonObject header, string context)
    {
        bool table = format.StartsWith("table ", StringComparison.Ordinal);
        string template = (table ? format[6..] : format).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
        var all = table ? rows.Prepend(header) : rows;
        if (UnknownField(template, header) is { } field)
            throw new UsageException($"failed to execute template: template: :1:{template.IndexOf("." + field, StringComparison.Ordinal)}: executing \"\" at <.{field}>: can't evaluate field {field} in type *formatter.{context}");
        var lines = all.Select(r => template == "json" ? Json.OneLine(r) : Fill(template, r, null, exitCode: 1)).ToList();
        if (table && template.Contains('\t', StringComparison.Ordinal)) reply.Text(Table.Write(lines.ConvertAll(l => (IReadOnlyList<string>)l.Split('\t'))));
        else lines.ForEach(reply.Line);
    }

    /// <summary>The first field of a plain {{.Field}} that rows have not; null when there is none.</summary>
    private static string? UnknownField(string template, JsonObject header) =>
        PlainField().Matches(template).Select(m => m.Groups["name"].Value).FirstOrDefault(f => f != "Label" && !header.ContainsKey(f));

    [System.Text.RegularExpressions.GeneratedRegex(@"\{\{-?\s*\.(?<name>[A-Za-z]+)\s*-?\}\}")]
    private static partial System.Text.RegularExpressions.Regex PlainField();

    private static string Fill(string template, JsonNode data, IReadOnlySet<string>? maps, int exitCode)
    {
        GoTemplate parsed;
        try
        {
            parsed = GoTemplate.Parse(template);
        }
        catch (GoTemplateException fault)
        {
            throw new UsageException(fault.Message) { ExitCode = exitCode };
        }
        try
        {
            return parsed.Execute(data, maps);
        }
        catch (GoTemplateException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}
