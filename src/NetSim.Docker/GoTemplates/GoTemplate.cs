using System.Text.Json.Nodes;

namespace NetSim.Docker.GoTemplates;

/// <summary>Go's text/template as the docker client uses it for -f and --format: data is the JSON that --format json would print.
/// Source: go1.24 src/text/template, docker/cli v28.5.2 templates/templates.go (functions) and cli/command/inspect/inspector.go (what follows a missing field).
/// Not modelled: methods of Go types other than Label.</summary>
public sealed class GoTemplate
{
    private readonly IReadOnlyList<TemplatePart> _parts;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<TemplatePart>> _named;

    private GoTemplate(TemplateParser parser) => (_parts, _named) = (parser.Parse(), parser.Named);

    /// <summary>Names under which the JSON of docker inspect has maps of Go; every other object is a struct of Go, in which a missing field is an error.</summary>
    public static IReadOnlySet<string> InspectMaps { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "Annotations", "AuxiliaryAddresses", "Config.Options", "Containers", "DriverOpts", "ExposedPorts", "IPAMOptions", "Labels", "Networks", "Options", "PortBindings", "Ports", "Sysctls", "Tmpfs", "Volumes",
    };

    /// <summary>Reads a template.</summary>
    /// <exception cref="GoTemplateException">It is none.</exception>
    public static GoTemplate Parse(string template) => new(new TemplateParser(template));

    /// <summary>Reads a template and fills it in.</summary>
    /// <param name="template">"{{.Name}}".</param>
    /// <param name="data">What the dot is.</param>
    /// <param name="maps">Names of objects that are maps; in all others a missing field is an error. Null: all objects are maps, and what is missing prints as &lt;no value&gt;.</param>
    /// <exception cref="GoTemplateException">It is none, or it fails on the data.</exception>
    public static string Execute(string template, JsonNode? data, IReadOnlySet<string>? maps = null) => Parse(template).Execute(data, maps);

    /// <summary>Fills the template in.</summary>
    /// <param name="data">What the dot is.</param>
    /// <param name="maps">As in the other form.</param>
    /// <exception cref="GoTemplateException">It fails on the data.</exception>
    public string Execute(JsonNode? data, IReadOnlySet<string>? maps = null)
    {
        if (maps is null) return new TemplateRun(data, maps: null, MissingKey.NoValue, _named).Run(_parts);
        try
        {
            return new TemplateRun(data, maps, MissingKey.NoValue, _named).Run(_parts);
        }
        catch (GoTemplateException)
        {
            // The client tries again with the JSON itself, in which every missing key is an error.
            return new TemplateRun(data, maps, MissingKey.Fails, _named).Run(_parts);
        }
    }
}
