using System.Globalization;
using NetSim.Docker.Books;

namespace NetSim.Docker.Compose.Up;

/// <summary>What is there of a project, told by its labels. Source: compose v2 pkg/compose/containers.go getContainers, filters.go.</summary>
internal static class Observed
{
    /// <summary>The containers of a service, by their numbers.</summary>
    public static IReadOnlyList<Container> Of(Daemon d, string project, string service) =>
        All(d, project).Where(c => Service(c) == service).OrderBy(Number).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();

    /// <summary>All containers of a project, in order of creation.</summary>
    public static IEnumerable<Container> All(Daemon d, string project) => d.Containers.All.Where(c => c.Options.Labels.GetValueOrDefault("com.docker.compose.project") == project);

    /// <summary>A container's service.</summary>
    public static string Service(Container c) => c.Options.Labels.GetValueOrDefault("com.docker.compose.service") ?? "";

    /// <summary>A container's number.</summary>
    public static int Number(Container c) => int.TryParse(c.Options.Labels.GetValueOrDefault("com.docker.compose.container-number"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;

    /// <summary>The networks of a project.</summary>
    public static IReadOnlyList<Network> Networks(Daemon d, string project) => d.Networks.All.Where(n => n.Labels.GetValueOrDefault("com.docker.compose.project") == project).ToList();
}
