using System.Globalization;
using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NetSim.Scenarios.Reading;
using NetSim.Simulation.Programs;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Worlds;

/// <summary>Reads an entry of `images:`.</summary>
internal static class ImageReader
{
    /// <summary>The image of an entry; <paramref name="known"/> are those it may be made from.</summary>
    public static ImageSpec Read(string name, YamlMap m, IReadOnlyList<ImageSpec> known)
    {
        m.Only($"image \"{name}\"", "from", "command", "entrypoint", "expose", "env", "files", "runs", "serves", "busybox", "programs");
        var from = From(name, m, known);
        var bindings = Runs(m).ToList();
        var served = ImageService.Read(m);
        bool own = m.Has("command") || m.Has("entrypoint");
        var command = m.Has("command") ? m.Texts("command") : m.Has("entrypoint") || (served.Count > 0 && from.Facts.Name.Length == 0) ? [] : from.Facts.Command;
        var entrypoint = m.Has("entrypoint") ? m.Texts("entrypoint") : from.Facts.Entrypoint;
        if (served.Count > 0 && !own) (command, entrypoint) = (["/usr/bin/serve"], []);
        bindings.AddRange(served.Select(s => s.Bind([.. entrypoint, .. command])));
        var exposed = m.Has("expose") ? m.Texts("expose").Select(p => Port(m, p)).ToList() : served.Count > 0 ? ImageService.Exposed(served) : from.Facts.Exposed;
        var programs = Programs(m, from.Programs.Programs);
        var facts = new ImageFacts(World.Plain(name), command, entrypoint, exposed, Merge(from.Facts.Environment, Texts(m, "env")))
        {
            Programs = programs is null ? null : [.. programs, .. bindings.Concat(from.Programs.Bindings).SelectMany(b => b.Command.Take(1)).Select(w => w[(w.LastIndexOf('/') + 1)..])],
        };
        return new(facts, from.Programs with
        {
            Files = Merge(from.Programs.Files, Files(m)),
            Bindings = [.. bindings, .. from.Programs.Bindings],
            Busybox = m.Has("busybox") ? m.Text("busybox") == "true" : from.Programs.Busybox,
            Programs = programs,
        });
    }

    /// <summary>Texts by path under `files:`; { zeros: N } is N zero bytes.</summary>
    public static IReadOnlyDictionary<string, string> Files(YamlMap m)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, node) in m.Map("files")?.Entries ?? [])
        {
            if (!path.StartsWith('/')) throw m.Wrong(node, $"the file \"{path}\" should be given by its full path, such as /etc/resolv.conf");
            files[path] = node is YamlMappingNode ? new string('\0', Zeros(m.AsMap(node, path))) : m.Scalar(node, path);
        }
        return files;
    }

    /// <summary>Texts by key.</summary>
    public static IReadOnlyDictionary<string, string> Texts(YamlMap m, string key)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in m.Map(key)?.Entries ?? []) texts[name] = m.Scalar(node, name);
        return texts;
    }

    /// <summary>The first dictionary with the second laid over it.</summary>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> under, IReadOnlyDictionary<string, string> over)
    {
        var all = new Dictionary<string, string>(under, StringComparer.Ordinal);
        foreach (var (k, v) in over) all[k] = v;
        return all;
    }

    private static ImageSpec From(string name, YamlMap m, IReadOnlyList<ImageSpec> known)
    {
        string from = m.Text("from") ?? (known.Any(i => i.Facts.Name == "lab/tools") ? "lab/tools" : "");
        if (from.Length > 0 && known.LastOrDefault(i => i.Facts.Name == World.Plain(from)) is { } there)
            return m.Has("from") ? there : there with { Facts = there.Facts with { Name = "" } };
        if (m.Has("from"))
            throw m.Wrong(m.LineOf("from"), $"image \"{name}\" is made from \"{from}\", which is not in the catalogue{Suggestion.For(from, known.Select(i => i.Facts.Name))}");
        return new(new("", [], [], [], new Dictionary<string, string>(StringComparer.Ordinal)), new ImagePrograms());
    }

    /// <summary>"python3 /app/webapp.py: web-counter", or with what the behaviour wants to know: { as: web-counter, port: "80" }.</summary>
    private static IEnumerable<ProgramBinding> Runs(YamlMap m)
    {
        foreach (var (command, node) in m.Map("runs")?.Entries ?? [])
        {
            var words = SiteReader.Words(m, node, command);
            if (node is not YamlMappingNode)
            {
                yield return new(words, m.Scalar(node, command), new Dictionary<string, string>(StringComparer.Ordinal));
                continue;
            }
            var d = m.AsMap(node, command);
            string behaviour = d.Text("as") ?? throw d.Wrong(d.Line, $"\"{command}\" should say what it behaves as, such as {{ as: web-counter }}");
            yield return new(words, behaviour, d.Entries.Where(e => e.Key != "as").ToDictionary(e => e.Key, e => d.Scalar(e.Value, e.Key), StringComparer.Ordinal));
        }
    }

    /// <summary>A list, or "busybox" for its applets. These are not handed on: whoever makes an image from busybox puts programs into it.</summary>
    private static IReadOnlyList<string>? Programs(YamlMap m, IReadOnlyList<string>? inherited)
    {
        if (m.Has("programs")) return m.Texts("programs") is ["busybox"] ? BusyboxApplets.All : m.Texts("programs");
        return ReferenceEquals(inherited, BusyboxApplets.All) ? null : inherited;
    }

    private static int Zeros(YamlMap m)
    {
        m.Only("a file", "zeros");
        if (int.TryParse(m.Text("zeros"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n <= 100_000_000) return n;
        throw m.Wrong(m.Line, "zeros: should be a number of bytes, at most 100000000");
    }

    private static string Port(YamlMap m, string text)
    {
        var parts = text.Split('/');
        string protocol = parts.Length == 2 ? parts[1] : "tcp";
        bool right = parts.Length <= 2 && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) && n > 0 && protocol is "tcp" or "udp" or "sctp";
        return right ? $"{parts[0]}/{protocol}" : throw m.Wrong(m.LineOf("expose"), $"\"{text}\" is no port to expose; write 80 or 53/udp");
    }
}
