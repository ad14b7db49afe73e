using NetSim.Model.Topology;

namespace NetSim.Workbench.Questions;

/// <summary>What the name of an end means: a container, a Compose service (all of its containers), a service of a project ("shop/web"), "host" or "outside".</summary>
internal static class EndNames
{
    private const string ServiceLabel = "com.docker.compose.service";
    private const string ProjectLabel = "com.docker.compose.project";

    /// <summary>The namespaces of an end; a name that means nothing stands for itself.</summary>
    public static IReadOnlyList<string> Spaces(Topology topology, string name)
    {
        var meant = topology.Containers.Where(c => c.Name == name).ToList();
        if (meant.Count == 0) meant = topology.Containers.Where(c => IsOf(c, name)).ToList();
        var spaces = meant.Where(c => c.Namespace.Length > 0).Select(c => c.Namespace).Distinct(StringComparer.Ordinal).ToList();
        return spaces.Count > 0 ? spaces : [name];
    }

    private static bool IsOf(ContainerFacts c, string name)
    {
        if (!c.Labels.TryGetValue(ServiceLabel, out string? service)) return false;
        return service == name || $"{c.Labels.GetValueOrDefault(ProjectLabel)}/{service}" == name;
    }
}
