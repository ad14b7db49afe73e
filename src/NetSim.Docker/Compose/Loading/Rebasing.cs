using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Loading;

/// <summary>Files that a service of another folder names are taken from that folder. Source: compose-go v2 paths/resolve.go ResolveRelativePaths.</summary>
internal static class Rebasing
{
    private static readonly string[] Files = ["env_file", "label_file"];

    /// <summary>A file's tree whose services name their files so that they can be found from anywhere.</summary>
    public static ComposeMap Apply(ComposeMap file, string folder) =>
        file["services"] is not ComposeMap services ? file : file.With("services", services with { Entries = services.Entries.Select(e => e.Value is ComposeMap s ? e with { Value = Service(s, folder) } : e).ToList() });

    /// <summary>A service that names its files so.</summary>
    public static ComposeMap Service(ComposeMap service, string folder)
    {
        foreach (string key in Files)
            if (service[key] is { } named) service = service.With(key, Node(named, folder));
        return service;
    }

    private static ComposeValue Node(ComposeValue node, string folder) => node switch
    {
        ComposeScalar s => s with { Text = Path.GetFullPath(SourceFiles.At(folder, s.Text)) },
        ComposeList l => l with { Items = l.Items.Select(i => Node(i, folder)).ToList() },
        ComposeMap m when m["path"] is ComposeScalar p => m.With("path", Node(p, folder)),
        _ => node,
    };
}
