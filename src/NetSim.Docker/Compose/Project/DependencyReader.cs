using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Project;

/// <summary>Reads `depends_on` in both forms, and what links, network_mode, ipc, pid and volumes_from imply. Source: compose-go v2 loader/normalize.go Normalize, transform/dependson.go.</summary>
internal static class DependencyReader
{
    /// <summary>The dependencies, in order of their names.</summary>
    public static IReadOnlyList<Dependency> Read(Fields f)
    {
        var all = f.Named("depends_on").Select(d => new Dependency(d.Name, d.Value?.Text("condition") is { Length: > 0 } c ? c : "service_started",
            d.Value?.Flag("required") ?? true, d.Value?.Flag("restart") ?? false, d.Place)).ToList();
        foreach (var link in f.Scalars("links")) Add(link.Text.Split(':')[0], link.Place, restart: true);
        foreach (string key in new[] { "network_mode", "ipc", "pid", "uts", "cgroup" })
            if (f.Text(key) is var mode && mode.StartsWith("service:", StringComparison.Ordinal)) Add(mode["service:".Length..], f.PlaceOf(key), restart: true);
        foreach (var volume in f.Scalars("volumes_from").Where(v => !v.Text.StartsWith("container:", StringComparison.Ordinal))) Add(volume.Text.Split(':')[0], volume.Place, restart: false);
        return all.OrderBy(d => d.Service, StringComparer.Ordinal).ToList();

        void Add(string service, ComposePlace place, bool restart)
        {
            if (!all.Exists(d => d.Service == service)) all.Add(new(service, "service_started", true, restart, place));
        }
    }
}
