using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Project;

/// <summary>Does the project hang together? Source: compose-go v2 loader/validate.go checkConsistency, graph/cycle.go, validation/validation.go.</summary>
internal sealed class ProjectCheck(ComposeMap file, IReadOnlyList<ComposeService> services, IReadOnlyList<ComposeService> disabled, IReadOnlyList<ComposeNetwork> networks)
{
    private readonly Dictionary<string, ComposeService> _byName = services.ToDictionary(s => s.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);
    private readonly List<string> _way = [];

    /// <summary>Complains about the first thing that does not.</summary>
    /// <exception cref="InputException">Something does not.</exception>
    public void Check()
    {
        foreach (var s in services)
        {
            foreach (var n in s.Networks) Network(s, n);
            foreach (var d in s.DependsOn) Depends(s, d);
            var f = new Fields((ComposeMap)((ComposeMap)file["services"]!).Find(s.Name)!.Value, ComposePath.Top.Next("services").Next(s.Name));
            Mounted(s, f, "secrets", "secret");
            Mounted(s, f, "configs", "config");
            Volumes(s, f);
        }
        Names();
        Files("secrets", ["file", "environment"]);
        Files("configs", ["file", "environment", "content"]);
        foreach (var s in services.OrderBy(s => s.Name, StringComparer.Ordinal)) if (!_sound.Contains(s.Name)) Circle(s);
    }

    private void Network(ComposeService s, ServiceNetwork n)
    {
        if (networks.Any(x => x.Key == n.Key)) return;
        throw n.Place.Wrong($"service \"{s.Name}\" refers to undefined network {n.Key}{Suggestion.For(n.Key, networks.Select(x => x.Key))}");
    }

    private void Depends(ComposeService s, Dependency d)
    {
        if (_byName.ContainsKey(d.Service)) return;
        var off = disabled.FirstOrDefault(x => x.Name == d.Service);
        if (off is not null && !d.Required) return;
        string hint = off is not null ? $"; it is there, but of the profile {string.Join(" or ", off.Profiles)}, which is not active" : Suggestion.For(d.Service, services.Select(x => x.Name));
        throw d.Place.Wrong($"service \"{s.Name}\" depends on undefined service \"{d.Service}\"{hint}");
    }

    private void Mounted(ComposeService s, Fields f, string key, string what)
    {
        foreach (var node in (f.Map[key] as ComposeList)?.Items ?? [])
        {
            var name = node as ComposeScalar ?? (node as ComposeMap)?["source"] as ComposeScalar;
            if (name is null || Known(key).Contains(name.Text)) continue;
            throw name.Place.Wrong($"service \"{s.Name}\" refers to undefined {what} {name.Text}{Suggestion.For(name.Text, Known(key))}");
        }
    }

    private void Volumes(ComposeService s, Fields f)
    {
        foreach (var node in (f.Map["volumes"] as ComposeList)?.Items ?? [])
        {
            var source = node switch
            {
                ComposeScalar v when v.Text.Split(':') is [var name, _, ..] && name.Length > 0 && !name.StartsWith('.') && !name.StartsWith('/') && !name.StartsWith('~') => v with { Text = name },
                ComposeMap m when (m["type"] as ComposeScalar)?.Text == "volume" => m["source"] as ComposeScalar,
                _ => null,
            };
            if (source is null || source.Text.Length == 0 || source.Text.Contains('/', StringComparison.Ordinal) || Known("volumes").Contains(source.Text)) continue;
            throw source.Place.Wrong($"service \"{s.Name}\" refers to undefined volume {source.Text}{Suggestion.For(source.Text, Known("volumes"))}");
        }
    }

    private void Names()
    {
        var seen = new Dictionary<string, ComposeService>(StringComparer.Ordinal);
        foreach (var s in services.Where(s => s.ContainerName.Length > 0))
            if (!seen.TryAdd(s.ContainerName, s)) throw s.Place.Wrong($"container name \"{s.ContainerName}\" is already in use by service \"{seen[s.ContainerName].Name}\"");
    }

    private void Files(string kind, string[] keys)
    {
        foreach (var e in (file[kind] as ComposeMap)?.Entries ?? [])
        {
            var map = e.Value as ComposeMap ?? new ComposeMap(e.Place, []);
            int said = keys.Count(k => map.Find(k) is not null);
            if (said > 1) throw e.Place.Wrong($"{kind}.{e.Key}: {string.Join('|', keys)} attributes are mutually exclusive");
            if (said == 0 && map.Find("external") is null && map.Find("driver") is null) throw e.Place.Wrong($"{kind}.{e.Key}: one of {string.Join('|', keys)} must be set");
        }
    }

    private void Circle(ComposeService s)
    {
        _way.Add(s.Name);
        foreach (var d in s.DependsOn)
        {
            if (_way.IndexOf(d.Service) is var at and >= 0) throw d.Place.Wrong($"dependency cycle detected: {string.Join(" -> ", _way.Skip(at).Append(d.Service))}");
            if (!_sound.Contains(d.Service) && _byName.TryGetValue(d.Service, out var next)) Circle(next);
        }
        _way.RemoveAt(_way.Count - 1);
        _sound.Add(s.Name);
    }

    private List<string> Known(string kind) => (file[kind] as ComposeMap)?.Entries.Select(e => e.Key).ToList() ?? [];
}
