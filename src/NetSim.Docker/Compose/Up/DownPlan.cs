using NetSim.Docker.Books;

namespace NetSim.Docker.Compose.Up;

/// <summary>What `docker compose down` does: containers service by service, users before what they use; then the networks. Source: compose v2 pkg/compose/down.go down, ensureNetworksDown.</summary>
internal static class DownPlan
{
    /// <summary>Makes the plan.</summary>
    public static ComposePlan Of(Daemon d, ComposeProject project, ComposeChoice choice)
    {
        var operations = new List<ComposeOperation>();
        foreach (var s in ServiceOrder.Of(project.Services.Concat(project.Disabled).ToList(), starting: false).Reverse())
            if (choice.Services.Count == 0 || choice.Services.Contains(s.Name)) foreach (var c in Observed.Of(d, project.Name, s.Name)) Take(operations, c, s.Place.Line);
        var orphans = Observed.All(d, project.Name).Where(c => !project.Services.Concat(project.Disabled).Any(s => s.Name == Observed.Service(c))).ToList();
        if (choice.RemoveOrphans) foreach (var c in orphans) Take(operations, c, 0);
        if (choice.Services.Count == 0)
            foreach (var n in Observed.Networks(d, project.Name).Where(n => project.Networks.Any(x => x.Name == n.Name && !x.External)).OrderBy(n => n.Name, StringComparer.Ordinal))
                operations.Add(new ComposeOperation.RemoveNetwork(n.Name) { Line = project.Networks.First(x => x.Name == n.Name).Place.Line, Subject = $"Network {n.Name}", Done = "Removed", DockerLine = ["network", "rm", n.Name] });
        return new(operations, "", operations.Count == 0 ? [$"no resource found to remove for project \"{project.Name}\""] : []);
    }

    private static void Take(List<ComposeOperation> operations, Container c, int line)
    {
        if (c.IsRunning) operations.Add(new ComposeOperation.Stop(c.Name) { Line = line, Subject = $"Container {c.Name}", Done = "Stopped", DockerLine = ["stop", c.Name] });
        operations.Add(new ComposeOperation.Remove(c.Name) { Line = line, Subject = $"Container {c.Name}", Done = "Removed", DockerLine = ["rm", c.Name] });
    }
}
