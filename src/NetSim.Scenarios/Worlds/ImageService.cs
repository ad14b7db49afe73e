using System.Globalization;
using NetSim.Model.Input;
using NetSim.Scenarios.Reading;
using NetSim.Simulation.Programs;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Worlds;

/// <summary>What an image's `serves:` says: a service that listens when the container starts.</summary>
/// <param name="Kind">"http", "redis"; "tcp" and "udp" listen and say nothing.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Wishes">What else was said of it: the service it calls for each request ("redis://db:6379 INCR hits"), the body it answers with.</param>
internal sealed record ImageService(string Kind, ushort Port, IReadOnlyDictionary<string, string> Wishes)
{
    private static readonly string[] Kinds = ["http", "redis", "tcp", "udp"];
    private static readonly string[] KnownWishes = ["calls", "body", "failure", "server"];

    /// <summary>The services of an image.</summary>
    public static IReadOnlyList<ImageService> Read(YamlMap image) => image.Items("serves").Select(n => ReadOne(image, n)).ToList();

    /// <summary>Their ports as EXPOSE has them.</summary>
    public static IReadOnlyList<string> Exposed(IReadOnlyList<ImageService> services) => services.Select(s => $"{s.Port}/{(s.Kind == "udp" ? "udp" : "tcp")}").ToList();

    /// <summary>The behaviour of the image's command line; several services run side by side.</summary>
    public ProgramBinding Bind(IReadOnlyList<string> command)
    {
        var parameters = new Dictionary<string, string>(Wishes, StringComparer.Ordinal) { ["port"] = $"{Port}" };
        return new(command, $"served-{Kind}", parameters);
    }

    private static ImageService ReadOne(YamlMap image, YamlNode node)
    {
        var m = node is YamlMappingNode ? image.AsMap(node, "serves")
            : throw image.Wrong(node, "an entry of serves: names a service and its port, such as - redis: 6379");
        string? kind = m.Keys.FirstOrDefault(k => Kinds.Contains(k));
        if (kind is null)
        {
            string first = m.Keys.FirstOrDefault() ?? "";
            throw image.Wrong(node, $"\"{first}\" is no service that NetSim knows{Suggestion.For(first, Kinds)}; it knows {string.Join(", ", Kinds)}");
        }
        m.Only($"service {kind}", [kind, .. KnownWishes]);
        if (!ushort.TryParse(m.Text(kind), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            throw image.Wrong(node, $"the port of {kind} should be a number from 1 to 65535, but it is \"{m.Text(kind)}\"");
        return new(kind, port, KnownWishes.Where(m.Has).ToDictionary(w => w, w => m.Text(w)!, StringComparer.Ordinal));
    }
}
