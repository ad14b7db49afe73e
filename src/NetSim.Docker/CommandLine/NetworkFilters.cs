using NetSim.Docker.Books;

namespace NetSim.Docker.CommandLine;

/// <summary>-f of network ls and --filter of prune: driver, name, id, type, label, and dangling, for which the list does not look whether containers are there.</summary>
internal static class NetworkFilters
{
    /// <summary>Does a network pass all filters? Several values of one filter are alternatives.</summary>
    public static bool Match(Network n, IReadOnlyList<string> filters) => filters.Select(f => f.Split('=', 2)).GroupBy(f => f[0], StringComparer.Ordinal)
        .All(g => g.Any(f => One(n, f[0], f.Length > 1 ? f[1] : "")));

    private static bool One(Network n, string key, string value) => key switch
    {
        "driver" => n.Driver == value,
        "name" => n.Name.Contains(value, StringComparison.Ordinal),
        "id" => n.Id.StartsWith(value, StringComparison.Ordinal),
        "type" => value == "custom" == n.IsUserDefined,
        "scope" => value == "local",
        "dangling" => (value is "true" or "1") == n.IsUserDefined,
        "label" => Label(n.Labels, value),
        "label!" => !Label(n.Labels, value),
        _ => true,
    };

    private static bool Label(SortedDictionary<string, string> labels, string value)
    {
        var parts = value.Split('=', 2);
        return labels.TryGetValue(parts[0], out string? text) && (parts.Length == 1 || text == parts[1]);
    }
}
