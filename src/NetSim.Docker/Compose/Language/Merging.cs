using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Language;

/// <summary>Lays a file over those before it: mappings key by key, lists one behind the other, single values by the later one; and what has a rule of its own.
/// Source: compose-go v2 override/merge.go mergeSpecials, MergeYaml; compose-spec 13-merge.md.</summary>
internal static class Merging
{
    private delegate ComposeValue Rule(ComposeValue under, ComposeValue over, ComposePath path);

    private static readonly (Rule Rule, string[] Paths)[] Rules =
    [
        (Override, ["services.*.command", "services.*.entrypoint", "services.*.healthcheck.test"]),
        (Listed, ["networks.*.labels", "volumes.*.labels", "services.*.annotations", "services.*.build.args", "services.*.build.labels", "services.*.build.additional_contexts",
            "services.*.deploy.labels", "services.*.dns", "services.*.dns_opt", "services.*.dns_search", "services.*.env_file", "services.*.label_file", "services.*.environment",
            "services.*.labels", "services.*.sysctls", "services.*.tmpfs"]),
        (ExtraHosts, ["services.*.extra_hosts", "services.*.build.extra_hosts"]),
        (Mapped, ["services.*.depends_on", "services.*.networks", "services.*.models"]),
        (Build, ["services.*.build"]),
        (Logging, ["services.*.logging"]),
        (Pools, ["networks.*.ipam.config"]),
    ];

    private static readonly Dictionary<int, List<(Rule Rule, string Path)>> ByDepth = Rules.SelectMany(r => r.Paths.Select(p => (r.Rule, Path: p)))
        .GroupBy(r => r.Path.Count(c => c == '.')).ToDictionary(g => g.Key, g => g.ToList());

    /// <summary>What both say together.</summary>
    /// <exception cref="Model.Input.InputException">They are of different kinds.</exception>
    public static ComposeValue Merge(ComposeValue under, ComposeValue over, ComposePath path)
    {
        if (over.Meeting == Meeting.Override) return Clean(over);
        if (RuleOf(path) is { } rule) return rule(under, over, path);
        if (over.IsNull) return under;
        return (under, over) switch
        {
            (ComposeMap a, ComposeMap b) => Maps(a, b, path),
            (ComposeList a, ComposeList b) => new ComposeList(b.Place, [.. a.Items, .. b.Items.Select(Clean)]),
            (ComposeMap or ComposeList, _) => throw over.Place.Wrong($"{path}: {under.Kind} ({under.Place}) can't be overridden by {over.Kind}; write it in the same form, or with !override"),
            _ => Clean(over),
        };
    }

    /// <summary>Mappings, key by key.</summary>
    public static ComposeMap Maps(ComposeMap under, ComposeMap over, ComposePath path)
    {
        var entries = under.Entries.ToList();
        var at = entries.Select((e, i) => (e.Key, i)).ToDictionary(e => e.Key, e => e.i, StringComparer.Ordinal);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in over.Entries)
        {
            if (e.Value.Meeting == Meeting.Reset) gone.Add(e.Key);
            else if (at.TryGetValue(e.Key, out int i)) entries[i] = new(e.Key, e.Place, Merge(entries[i].Value, e.Value, path.Next(e.Key)));
            else entries.Add(e with { Value = Clean(e.Value) });
        }
        return new(over.Place, gone.Count == 0 ? entries : entries.Where(e => !gone.Contains(e.Key)).ToList());
    }

    /// <summary>A value that meets nothing: what it resets is not there, what it overrides stays.</summary>
    public static ComposeValue Clean(ComposeValue node) => node switch
    {
        ComposeMap m => new ComposeMap(m.Place, m.Entries.Where(e => e.Value.Meeting != Meeting.Reset).Select(e => e with { Value = Clean(e.Value) }).ToList()),
        ComposeList l => new ComposeList(l.Place, l.Items.Select(Clean).ToList()),
        _ => node with { Meeting = Meeting.Merged },
    };

    /// <summary>A list of names as a mapping of nothing.</summary>
    public static ComposeMap AsMap(ComposeValue node) => node switch
    {
        ComposeMap m => m,
        ComposeList l => new(l.Place, l.Items.OfType<ComposeScalar>().DistinctBy(s => s.Text).Select(s => new ComposeEntry(s.Text, s.Place, new ComposeScalar(s.Place, "", ScalarKind.Null))).ToList()),
        _ => new(node.Place, []),
    };

    /// <summary>A mapping as a list of "key=value", a single value as a list of one.</summary>
    public static IReadOnlyList<ComposeValue> AsList(ComposeValue node) => node switch
    {
        ComposeList l => l.Items.Select(Clean).ToList(),
        ComposeMap m => m.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(Words).ToList(),
        { IsNull: true } => [],
        _ => [Clean(node)],
    };

    private static Rule? RuleOf(ComposePath path)
    {
        int depth = path.ToString().Count(c => c == '.');
        return ByDepth.TryGetValue(depth, out var rules) ? rules.Find(r => path.Fits(r.Path)).Rule : null;
    }

    private static IEnumerable<ComposeValue> Words(ComposeEntry e) => e.Value switch
    {
        ComposeList l => l.Items.OfType<ComposeScalar>().Select(s => new ComposeScalar(s.Place, $"{e.Key}={s.Text}", ScalarKind.Text)),
        ComposeScalar { Type: not ScalarKind.Null } s => [new ComposeScalar(s.Place, $"{e.Key}={s.Text}", ScalarKind.Text)],
        _ => [new ComposeScalar(e.Place, e.Key, ScalarKind.Text)],
    };

    private static ComposeValue Override(ComposeValue under, ComposeValue over, ComposePath path) => Clean(over);

    private static ComposeValue Listed(ComposeValue under, ComposeValue over, ComposePath path) => new ComposeList(over.Place, [.. AsList(under), .. AsList(over)]);

    private static ComposeValue ExtraHosts(ComposeValue under, ComposeValue over, ComposePath path)
    {
        var first = AsList(under);
        var known = first.OfType<ComposeScalar>().Select(s => s.Text).ToHashSet(StringComparer.Ordinal);
        return new ComposeList(over.Place, [.. first, .. AsList(over).Where(n => n is not ComposeScalar s || known.Add(s.Text))]);
    }

    private static ComposeValue Mapped(ComposeValue under, ComposeValue over, ComposePath path) => Maps(AsMap(under), AsMap(over), path);

    private static ComposeValue Build(ComposeValue under, ComposeValue over, ComposePath path) => Maps(Built(under), Built(over), path);

    private static ComposeMap Built(ComposeValue node) => node as ComposeMap ?? new(node.Place, [new("context", node.Place, node)]);

    /// <summary>Options of different drivers don't mix.</summary>
    private static ComposeValue Logging(ComposeValue under, ComposeValue over, ComposePath path)
    {
        if (under is not ComposeMap a || over is not ComposeMap b) return over.IsNull ? under : Clean(over);
        string? one = (a["driver"] as ComposeScalar)?.Text, other = (b["driver"] as ComposeScalar)?.Text;
        return one is null || other is null || one == other ? Maps(a, b, path) : Clean(b);
    }

    /// <summary>Pools of the same subnet are one.</summary>
    private static ComposeValue Pools(ComposeValue under, ComposeValue over, ComposePath path)
    {
        if (under is not ComposeList a || over is not ComposeList b) return Clean(over);
        var pools = a.Items.ToList();
        foreach (var item in b.Items)
        {
            int at = pools.FindIndex(p => Subnet(p) == Subnet(item) && p is ComposeMap);
            if (at >= 0 && item is ComposeMap m) pools[at] = Maps((ComposeMap)pools[at], m, path);
            else pools.Add(Clean(item));
        }
        return new ComposeList(b.Place, pools);
    }

    private static string? Subnet(ComposeValue pool) => ((pool as ComposeMap)?["subnet"] as ComposeScalar)?.Text;
}
