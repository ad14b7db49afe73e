using NetSim.Docker.Books;
using NetSim.Docker.Compose.Project;

namespace NetSim.Docker.Compose.Up;

/// <summary>What `docker compose up -d` does: networks that are missing, then containers service by service, then their start, each after what it waits for.
/// Containers that are there and as they should be stay; changed ones are made anew; those that are too many go.
/// Source: compose v2 pkg/compose/create.go create, convergence.go; the order of what goes on at once: compose v5 pkg/compose/reconcile.go.</summary>
internal sealed class UpPlan
{
    private readonly Daemon _d;
    private readonly ComposeProject _project;
    private readonly ComposeChoice _choice;
    private readonly IReadOnlyList<ComposeService> _services;
    private readonly List<ComposeOperation> _operations = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, List<string>> _toStart = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _containers = new(StringComparer.Ordinal);

    private UpPlan(Daemon d, ComposeProject project, ComposeChoice choice)
    {
        (_d, _project, _choice) = (d, project, choice);
        _services = ServiceOrder.Chosen(project, choice);
    }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="DaemonException">It can't be done.</exception>
    public static ComposePlan Of(Daemon d, ComposeProject project, ComposeChoice choice)
    {
        var plan = new UpPlan(d, project, choice);
        plan.Networks();
        plan.Orphans();
        foreach (var s in ServiceOrder.Of(plan._services, starting: false)) plan.Containers(s);
        if (!choice.NoStart) foreach (var s in ServiceOrder.Of(plan._services, starting: true)) plan.Start(s);
        return new(plan._operations, "", plan._warnings);
    }

    private void Networks()
    {
        var needed = _services.SelectMany(s => s.Networks).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var n in _project.Networks.Where(n => needed.Contains(n.Key)).OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            var there = _d.Networks.Find(n.Name);
            if (n.External && there is null) throw new DaemonException($"network {n.Name} declared as external, but could not be found");
            if (n.External) continue;
            if (there is null) Make(n);
            else Known(n, there);
        }
    }

    private void Make(ComposeNetwork n)
    {
        var users = _services.Where(s => s.Networks.Any(x => x.Key == n.Key)).Select(s => s.Name).ToList();
        var labels = new SortedDictionary<string, string>(n.Request.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["com.docker.compose.config-hash"] = n.Hash,
            ["com.docker.compose.network"] = n.Key,
            ["com.docker.compose.project"] = _project.Name,
            ["com.docker.compose.version"] = ComposeVersion.Number,
        };
        _operations.Add(new ComposeOperation.MakeNetwork(n.Request with { Labels = labels })
        {
            Line = LineOf(n.Place),
            Subject = $"Network {n.Name}",
            Done = "Created",
            DockerLine = DockerLines.Of(n.Request),
            Say = users.Count == 1 ? $"The network {n.Key}, for {users[0]} alone." : $"The network {n.Key}, on which {List(users)} meet.",
        });
    }

    private void Known(ComposeNetwork n, Network there)
    {
        string? owner = there.Labels.GetValueOrDefault("com.docker.compose.project");
        if (owner is null) _warnings.Add($"a network with name {n.Name} exists but was not created by compose; set `external: true` to use an existing network");
        else if (owner != _project.Name) _warnings.Add($"a network with name {n.Name} exists but was not created for project \"{_project.Name}\"; set `external: true` to use an existing network");
        else if (there.Labels.GetValueOrDefault("com.docker.compose.config-hash") != n.Hash) _warnings.Add($"network {n.Name} is no longer as the file says; Compose would make it anew, which is not modelled");
    }

    private void Orphans()
    {
        var orphans = Observed.All(_d, _project.Name).Where(c => !_project.Services.Concat(_project.Disabled).Any(s => s.Name == Observed.Service(c))).ToList();
        if (orphans.Count == 0) return;
        if (_choice.RemoveOrphans) foreach (var c in orphans) Take(c, $"{c.Name} belongs to no service any more.", 0);
        else _warnings.Add($"found orphan containers ({string.Join(", ", orphans.Select(c => c.Name))}) for this project; run this command with --remove-orphans to clean them up");
    }

    private void Containers(ComposeService s)
    {
        int wanted = _choice.Scale.TryGetValue(s.Name, out int n) ? n : s.Scale;
        if (wanted > 1 && s.ContainerName.Length > 0) throw new DaemonException($"the \"{s.Name}\" service is using the custom container name \"{s.ContainerName}\"; Docker requires each container to have a unique name");
        var there = Observed.Of(_d, _project.Name, s.Name);
        var (toStart, names) = (new List<string>(), new List<string>());
        (_toStart[s.Name], _containers[s.Name]) = (toStart, names);
        foreach (var c in there.Skip(wanted).Reverse()) Take(c, $"One container of {s.Name} less.", LineOf(s.Place));
        foreach (var c in there.Take(wanted))
        {
            names.Add(c.Name);
            bool changed = c.Options.Labels.GetValueOrDefault("com.docker.compose.config-hash") != s.Hash;
            if (!_choice.NoRecreate && (_choice.ForceRecreate || changed)) Recreate(s, c);
            else if (c.IsRunning) _operations.Add(new ComposeOperation.Nothing { Line = LineOf(s.Place), Subject = $"Container {c.Name}", Done = "Running", DockerLine = ["ps", "-q", "-f", $"name={c.Name}"] });
            if (!c.IsRunning || _operations[^1] is ComposeOperation.Rename) toStart.Add(c.Name);
        }
        int next = there.Count == 0 ? 1 : there.Max(Observed.Number) + 1;
        for (int i = there.Count; i < wanted; i++, next++)
        {
            string name = _project.NameOf(s, next);
            Create(s, next, name, wanted > 1 ? $"Container {next} of the service {s.Name}." : $"The container of the service {s.Name}.");
            names.Add(name);
            toStart.Add(name);
        }
    }

    private void Create(ComposeService s, int number, string name, string say)
    {
        _operations.Add(new ComposeOperation.MakeContainer(_project, s, number, name)
        {
            Line = LineOf(s.Place),
            Subject = $"Container {name}",
            Done = "Created",
            DockerLine = DockerLines.Of(_project, s, number, name, _d.Version),
            Say = say,
        });
        if (!ContainerRequests.OneNetworkOnly(_d.Version)) return;
        foreach (var n in s.Networks.Skip(1))
            _operations.Add(new ComposeOperation.Connect(_project, s, number, name, n)
            {
                Line = LineOf(n.Place),
                Subject = $"Container {name}",
                Done = "Connected",
                DockerLine = DockerLines.Connect(_project, s, number, name, n),
                Say = $"This engine takes one network with a container; {n.Key} is connected afterwards.",
            });
    }

    /// <summary>The new one is made before the old one goes.</summary>
    private void Recreate(ComposeService s, Container old)
    {
        string temporary = $"{old.Id[..12]}_{old.Name}";
        Create(s, Observed.Number(old), temporary, $"The configuration of {s.Name} has changed: a new container takes the place of {old.Name}.");
        Take(old, "", LineOf(s.Place));
        _operations.Add(new ComposeOperation.Rename(temporary, old.Name) { Line = LineOf(s.Place), Subject = $"Container {old.Name}", Done = "Recreated", DockerLine = ["rename", temporary, old.Name] });
    }

    private void Take(Container c, string say, int line)
    {
        if (c.IsRunning) _operations.Add(new ComposeOperation.Stop(c.Name) { Line = line, Subject = $"Container {c.Name}", Done = "Stopped", DockerLine = ["stop", c.Name], Say = say });
        _operations.Add(new ComposeOperation.Remove(c.Name) { Line = line, Subject = $"Container {c.Name}", Done = "Removed", DockerLine = ["rm", c.Name], Say = c.IsRunning ? "" : say });
    }

    private void Start(ComposeService s)
    {
        var names = _toStart[s.Name];
        if (names.Count == 0) return;
        foreach (var d in s.DependsOn.Where(d => d.Condition != "service_started" && _containers.ContainsKey(d.Service))) Wait(s, d);
        foreach (string name in names)
            _operations.Add(new ComposeOperation.Start(name) { Line = LineOf(s.Place), Subject = $"Container {name}", Done = "Started", DockerLine = ["start", name], Say = Reason(s) });
    }

    private void Wait(ComposeService s, Dependency d)
    {
        bool end = d.Condition == "service_completed_successfully";
        var other = _services.First(x => x.Name == d.Service);
        foreach (string name in end ? _containers[d.Service].Take(1) : _containers[d.Service])
            _operations.Add(new ComposeWait
            {
                Line = LineOf(d.Place),
                Subject = $"Container {name}",
                Done = end ? "Exited" : "Healthy",
                DockerLine = end ? ["wait", name] : other.Health is { } h ? ["exec", name, .. h.Command] : ["inspect", "-f", "{{.State.Status}}", name],
                Say = $"{s.Name} waits until {d.Service} {(end ? "has ended well" : "is healthy")}.",
                Container = name,
                ForEnd = end,
                Optional = !d.Required,
                Service = d.Service,
                Health = other.Health,
                ImageMayCheck = other.Health is null && !_d.Knows(other.Image),
            });
    }

    /// <summary>A line of the first file; 0 for what stands in another one.</summary>
    private int LineOf(Reading.ComposePlace place) => place.File == _project.Files[0] ? place.Line : 0;

    private static string Reason(ComposeService s) => s.DependsOn.Count == 0 ? "" : $"{s.Name} starts, for {List(s.DependsOn.Select(d => d.Service).ToList())} {(s.DependsOn.Count == 1 ? "is" : "are")} there.";

    private static string List(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
