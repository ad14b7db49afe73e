using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Topology;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Diagnosing;

/// <summary>What the settings of containers tell: others that they name in their environment (REDIS_URL=redis://db:6379, DB_HOST=db), and why one did not start.</summary>
internal static class WantedSettings
{
    /// <summary>Pairs that the environment of containers names, where the other end is a container or a service.</summary>
    /// <param name="topology">The state.</param>
    /// <param name="settings">Container, key and value.</param>
    public static IEnumerable<WantedPair> Pairs(Topology topology, IEnumerable<(string Container, string Key, string Value)> settings)
    {
        var names = topology.Containers.Select(c => c.Name).Concat(topology.Names.Names.Select(n => n.Name)).Concat(topology.Containers.Select(c => c.Labels.GetValueOrDefault("com.docker.compose.service") ?? "")).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        var running = topology.Containers.Where(c => c.State == "running").Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (container, key, value) in settings.Distinct().Where(s => running.Contains(s.Container)))
            if (Read(container, key, value) is { } question && names.Contains(question.To) && question.To != container)
                yield return new(question, $"{container} names it in {key}", new(Table: $"environment of {container}", Row: $"{key}={Hidden(value)}"));
    }

    /// <summary>Of a running model: the environment of its processes.</summary>
    public static IEnumerable<(string Container, string Key, string Value)> Of(Topology topology) =>
        topology.Namespaces.SelectMany(n => n.Processes.Values).Where(p => p.Container is not null).SelectMany(p => p.Environment.Select(e => (p.Container!, e.Key, e.Value)));

    /// <summary>Of a bundle: Config.Env of each container.</summary>
    public static IEnumerable<(string Container, string Key, string Value)> Of(BundleFolder folder) =>
        from c in Containers(folder)
        from e in c["Config"]["Env"].Items
        let at = e.Text.IndexOf('=', StringComparison.Ordinal)
        where at > 0
        select (c["Name"].Text.TrimStart('/'), e.Text[..at], e.Text[(at + 1)..]);

    /// <summary>Why containers of a bundle did not start.</summary>
    public static IEnumerable<ToldError> Errors(BundleFolder folder) =>
        Containers(folder).Where(c => c["State"]["Error"].Text.Length > 0).Select(c => new ToldError($"container {c["Name"].Text.TrimStart('/')}", c["State"]["Error"].Text, new(Table: $"container {c["Name"].Text.TrimStart('/')}", Row: $"State.Error: {c["State"]["Error"].Text}")));

    private static IEnumerable<BundleJson> Containers(BundleFolder folder) => new BundleJson(folder.Name("container-inspect.json"), folder.Json("container-inspect.json")).Items;

    private static Question? Read(string container, string key, string value)
    {
        if (value.Contains("://", StringComparison.Ordinal))
            return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Port > 0 ? new(container, uri.Host, new((ushort)uri.Port), AskedProtocol.Tcp) : new(container, uri.Host, null, AskedProtocol.Dns) : null;
        bool says = key.EndsWith("_HOST", StringComparison.OrdinalIgnoreCase) || key.EndsWith("_SERVER", StringComparison.OrdinalIgnoreCase) || key.EndsWith("_ADDR", StringComparison.OrdinalIgnoreCase) || key.EndsWith("_HOSTNAME", StringComparison.OrdinalIgnoreCase);
        if (!says) return null;
        string host = value.Split(':')[0];
        return value.Split(':') is [_, var port] && ushort.TryParse(port, out ushort n) && n > 0 ? new(container, host, new(n), AskedProtocol.Tcp) : new(container, host, null, AskedProtocol.Dns);
    }

    /// <summary>A password in a URL is nobody's business.</summary>
    private static string Hidden(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? value.Replace(uri.UserInfo, "…", StringComparison.Ordinal) : value;
}
