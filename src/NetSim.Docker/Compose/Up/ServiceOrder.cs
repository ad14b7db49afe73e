using NetSim.Docker.Compose.Project;

namespace NetSim.Docker.Compose.Up;

/// <summary>Services in an order in which what a service depends on comes before it. Compose works on independent services at once; here those go by name, and when starting those that wait for nothing go first.
/// Source: compose v2 pkg/compose/dependencies.go InDependencyOrder; compose v5 pkg/compose/reconcile.go visitInDependencyOrder.</summary>
internal static class ServiceOrder
{
    /// <summary>The order.</summary>
    /// <param name="services">The services; what they depend on besides them does not count.</param>
    /// <param name="starting">Do those that wait for a condition go last?</param>
    public static IReadOnlyList<ComposeService> Of(IReadOnlyList<ComposeService> services, bool starting)
    {
        var byName = services.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var open = services.ToDictionary(s => s.Name, s => s.DependsOn.Count(d => byName.ContainsKey(d.Service)), StringComparer.Ordinal);
        var users = services.SelectMany(s => s.DependsOn.Where(d => byName.ContainsKey(d.Service)).Select(d => (d.Service, User: s))).ToLookup(p => p.Service, p => p.User, StringComparer.Ordinal);
        var ready = new SortedSet<(bool Waits, string Name)>(Comparer<(bool Waits, string Name)>.Create((a, b) => a.Waits != b.Waits ? a.Waits.CompareTo(b.Waits) : string.CompareOrdinal(a.Name, b.Name)));
        foreach (var s in services.Where(s => open[s.Name] == 0)) ready.Add((false, s.Name));
        var order = new List<ComposeService>();
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            order.Add(byName[next.Name]);
            foreach (var user in users[next.Name])
                if (--open[user.Name] == 0) ready.Add((starting && user.DependsOn.Any(d => d.Condition != "service_started"), user.Name));
        }
        return order;
    }

    /// <summary>The services that are meant, with what they depend on.</summary>
    public static IReadOnlyList<ComposeService> Chosen(ComposeProject project, ComposeChoice choice)
    {
        if (choice.Services.Count == 0) return project.Services;
        var all = project.Services.Concat(project.Disabled).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(choice.Services);
        while (open.TryDequeue(out string? name))
        {
            if (!all.TryGetValue(name, out var s) || !wanted.Add(name) || choice.NoDependencies) continue;
            foreach (var d in s.DependsOn) open.Enqueue(d.Service);
        }
        return project.Services.Concat(project.Disabled).Where(s => wanted.Contains(s.Name)).ToList();
    }
}
