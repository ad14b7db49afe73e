using System.Globalization;
using NetSim.Model.Input;
using NetSim.Scenarios.Reading;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Worlds;

/// <summary>What an image's `serves:` says: a service that listens when the container starts.</summary>
/// <param name="Kind">"http", "redis", "echo" …</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Calls">Another service it asks for each request ("redis://db:6379 INCR hits"), or empty.</param>
/// <param name="Body">What it answers with, or empty for its own words.</param>
internal sealed record ImageService(string Kind, ushort Port, string Calls, string Body)
{
    private static readonly string[] Kinds = ["http", "redis", "echo", "dns"];

    /// <summary>The services of an image.</summary>
    public static IReadOnlyList<ImageService> Read(YamlMap image) => image.Items("serves").Select(n => ReadOne(image, n)).ToList();

    /// <summary>The command line that behaves so; several services stand behind each other in the background of a shell.</summary>
    public static IReadOnlyList<string> Command(IReadOnlyList<ImageService> services) => services.Count == 1
        ? services[0].Command()
        : ["sh", "-c", string.Join(" & ", services.Select(s => ShellWords.Join(s.Command())))];

    /// <summary>Their ports as EXPOSE has them.</summary>
    public static IReadOnlyList<string> Exposed(IReadOnlyList<ImageService> services) => services.Select(s => $"{s.Port}/{(s.Kind == "dns" ? "udp" : "tcp")}").ToList();

    private IReadOnlyList<string> Command() => Kind switch
    {
        "redis" => ["redis-server", "--protected-mode", "no", "--port", $"{Port}"],
        "http" when Calls.Length > 0 => ["counter-app", "--port", $"{Port}", "--calls", Calls],
        "http" => ["web-server", "--port", $"{Port}", "--body", Body.Length > 0 ? Body : "hello\n"],
        "echo" => ["socat", $"TCP-LISTEN:{Port},fork,reuseaddr", "EXEC:/bin/cat"],
        _ => ["dnsmasq", "--keep-in-foreground", "--no-resolv", $"--port={Port}"],
    };

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
        m.Only($"service {kind}", kind, "calls", "body");
        if (!ushort.TryParse(m.Text(kind), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            throw image.Wrong(node, $"the port of {kind} should be a number from 1 to 65535, but it is \"{m.Text(kind)}\"");
        return new(kind, port, m.Text("calls") ?? "", m.Text("body") ?? "");
    }
}
