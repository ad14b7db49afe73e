using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetSim.Docker.Books;

namespace NetSim.Docker.CommandLine;

/// <summary>docker images and pull: the images of the catalogue, which are all there. Their ids are made of their names, ages and sizes are not known.
/// Source: docker/cli v28.5.2 cli/command/image/list.go, pull.go.</summary>
internal static class ImageCommands
{
    private static readonly string[] Columns = ["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("images", "[OPTIONS] [REPOSITORY[:TAG]]", 0, 1, new FlagSet().Switches("all a", "quiet q", "no-trunc", "digests").Texts("format").Unmodelled("filter f"), Images),
        new("pull", "[OPTIONS] NAME[:TAG|@DIGEST]", 1, 1, new FlagSet().Switches("quiet q", "all-tags a").Texts("platform"), Pull),
    ];

    private static void Images(Daemon d, ParsedLine line, Reply reply)
    {
        var rows = d.ImageNames.Select(Row).Where(r => line.Arguments.Count == 0 || r.Repository == line.Arguments[0].Split(':')[0]).ToList();
        string Id(string id) => line.Is("no-trunc") ? "sha256:" + id : id[..12];
        if (line.Is("quiet")) rows.ForEach(r => reply.Line(Id(r.Id)));
        else if (line.Text("format") is { Length: > 0 } format && format != "table")
            Templates.Rows(reply, format, rows.Select(r => new JsonObject { ["Repository"] = r.Repository, ["Tag"] = r.Tag, ["ID"] = Id(r.Id), ["CreatedSince"] = "N/A", ["CreatedAt"] = "N/A", ["Size"] = "0B", ["Digest"] = "<none>" }),
                new JsonObject { ["Repository"] = Columns[0], ["Tag"] = Columns[1], ["ID"] = Columns[2], ["CreatedSince"] = Columns[3], ["CreatedAt"] = "CREATED AT", ["Size"] = Columns[4], ["Digest"] = "DIGEST" }, "imageContext");
        else reply.Text(Table.Write([Columns, .. rows.Select(r => (IReadOnlyList<string>)[r.Repository, r.Tag, Id(r.Id), "N/A", "0B"])]));
    }

    private static (string Repository, string Tag, string Id) Row(string name)
    {
        int colon = name.LastIndexOf(':');
        bool tagged = colon > name.LastIndexOf('/');
        return (tagged ? name[..colon] : name, tagged ? name[(colon + 1)..] : "latest", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
    }

    /// <summary>Whatever is asked for is there already.</summary>
    private static void Pull(Daemon d, ParsedLine line, Reply reply)
    {
        var (repository, tag, _) = Row(line.Arguments[0]);
        string registry = repository.Contains('.', StringComparison.Ordinal) && repository.Contains('/', StringComparison.Ordinal) ? "" : "docker.io/", library = repository.Contains('/', StringComparison.Ordinal) ? "" : "library/";
        if (!d.Knows(line.Arguments[0])) d.Warnings.Add($"image {line.Arguments[0]} is not in the image catalogue: nothing is known of what its program does");
        if (!line.Is("quiet"))
        {
            if (line.Arguments[0] == repository) reply.Line("Using default tag: latest");
            reply.Line($"{tag}: Pulling from {library}{repository}");
            reply.Line($"Status: Image is up to date for {repository}:{tag}");
        }
        reply.Line($"{registry}{(registry.Length > 0 ? library : "")}{repository}:{tag}");
    }
}
