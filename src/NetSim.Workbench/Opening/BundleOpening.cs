using NetSim.Docker.Restoring;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Opens what is known of a real host: a directory or .zip with docker's network-inspect.json and container-inspect.json, which are enough, and, where there,
/// host.json, host-iptables.txt, host-ip6tables.txt, containers/NAME.json and captures.json; version.json (docker version --format json), daemon.json and host-resolv.conf
/// tell what inspect does not. Each rule, route and address has the origin of what its engine would have made, or is not Docker's.</summary>
public static class BundleOpening
{
    /// <summary>Is it a bundle?</summary>
    public static bool IsBundle(string path) => BundleFolder.IsBundle(path);

    /// <summary>Reads a bundle.</summary>
    /// <param name="path">A directory or a .zip.</param>
    /// <param name="engine">Which engine it is of ("28"), or null: version.json says it, or it is told by the fields of the inspect output.</param>
    /// <exception cref="InputException">It lacks what is needed, or a file is not what it should be.</exception>
    public static OpenedBundle Read(string path, string? engine = null)
    {
        var folder = BundleFolder.Open(path);
        try
        {
            var build = new BundleBuild(folder, engine);
            var changes = build.Changes();
            var files = Directory.Exists(path) ? CapturePointList.Read(path)?.Files : null;
            return new(changes, files ?? new Dictionary<string, Place>(StringComparer.Ordinal), [.. build.Warnings, .. Lacking(path, build)]) { Engine = build.Engine, Version = build.Version.ToString(), Missing = build.Missing };
        }
        catch (InputException e) when (e.Place.StartsWith('$'))
        {
            throw folder.WithLine(e);
        }
    }

    /// <summary>One sentence for all that is missing: how much of which kind, and the first of them.</summary>
    private static IEnumerable<string> Lacking(string path, BundleBuild build)
    {
        if (build.Missing.Count == 0) yield break;
        var kinds = build.Missing.GroupBy(m => m.Kind, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}{(g.Count() == 1 ? "" : g.Key == "address" ? "es" : "s")}");
        yield return $"{path} lacks {string.Join(" and ", kinds)} that Docker Engine {build.Version} would have made; the first: {build.Missing[0]}";
    }
}

/// <summary>A bundle, opened.</summary>
/// <param name="Changes">What builds its topology, from nothing.</param>
/// <param name="Files">Where each capture of it was taken, by its path in the bundle: "pcap/host.docker0.pcap".</param>
/// <param name="Warnings">What had to be guessed, each a sentence.</param>
public sealed record OpenedBundle(IReadOnlyList<Change> Changes, IReadOnlyDictionary<string, Place> Files, IReadOnlyList<string> Warnings)
{
    /// <summary>"28.5.2": which engine it is of, said or guessed.</summary>
    public string Version { get; init; } = "";

    /// <summary>An engine like it, on which commands can follow, and what it would make of a bare host.</summary>
    public required RestoredEngine Engine { get; init; }

    /// <summary>What the engine would have made and the host does not have, of the tables that are known.</summary>
    public IReadOnlyList<MissingPart> Missing { get; init; } = [];

    /// <summary>The topology of the host as it was.</summary>
    public Topology Topology()
    {
        var topology = new Topology();
        foreach (var c in Changes) topology.Apply(c);
        return topology;
    }
}
