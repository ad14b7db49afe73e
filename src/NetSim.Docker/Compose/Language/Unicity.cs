using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Language;

/// <summary>Of items of a list that mean the same thing the last one stays, in the place of the first. Source: compose-go v2 override/uncity.go EnforceUnicity.</summary>
internal static class Unicity
{
    private static readonly (Func<ComposeValue, string?> Key, string[] Paths)[] Keys =
    [
        (Word, ["networks.*.labels", "networks.*.ipam.options", "services.*.annotations", "services.*.build.args", "services.*.build.labels", "services.*.build.tags", "services.*.cap_add", "services.*.cap_drop",
            "services.*.deploy.labels", "services.*.dns", "services.*.dns_opt", "services.*.dns_search", "services.*.environment", "services.*.expose", "services.*.labels", "services.*.links",
            "services.*.networks.*.aliases", "services.*.networks.*.link_local_ips", "services.*.profiles", "services.*.sysctls", "services.*.tmpfs"]),
        (Port, ["services.*.ports"]),
        (n => Field(n, "path"), ["services.*.env_file"]),
        (Mount, ["services.*.volumes", "services.*.devices"]),
        (n => Field(n, "target") ?? Field(n, "source"), ["services.*.configs", "services.*.secrets"]),
    ];

    /// <summary>The same without items that later ones redefine.</summary>
    public static ComposeValue Enforce(ComposeValue node, ComposePath path) => node switch
    {
        ComposeMap m => m with { Entries = m.Entries.Select(e => e with { Value = Enforce(e.Value, path.Next(e.Key)) }).ToList() },
        ComposeList l when KeyOf(path) is { } key => l with { Items = Last(l.Items, key) },
        _ => node,
    };

    private static Func<ComposeValue, string?>? KeyOf(ComposePath path) => Keys.FirstOrDefault(k => k.Paths.Any(path.Fits)).Key;

    private static List<ComposeValue> Last(IReadOnlyList<ComposeValue> items, Func<ComposeValue, string?> key)
    {
        var kept = new List<ComposeValue>();
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (key(item) is not { } k) kept.Add(item);
            else if (at.TryGetValue(k, out int i)) kept[i] = item;
            else
            {
                at[k] = kept.Count;
                kept.Add(item);
            }
        }
        return kept;
    }

    private static string? Word(ComposeValue node) => (node as ComposeScalar)?.Text.Split('=')[0];

    private static string? Field(ComposeValue node, string field) => node is ComposeScalar s ? s.Text : ((node as ComposeMap)?[field] as ComposeScalar)?.Text;

    private static string? Port(ComposeValue node) =>
        node is not ComposeMap ? Field(node, "") : $"{Field(node, "host_ip") ?? "0.0.0.0"}:{Field(node, "published")}:{Field(node, "target")}/{Field(node, "protocol") ?? "tcp"}";

    /// <summary>Where it is mounted: the second of source:target:mode, or the only one.</summary>
    private static string? Mount(ComposeValue node)
    {
        if (node is not ComposeScalar s) return Field(node, "target");
        var parts = s.Text.Split(':');
        return parts.Length > 1 ? parts[1] : parts[0];
    }
}
