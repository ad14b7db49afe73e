using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetSim.Docker.Engine;
using NetSim.Model.Input;

namespace NetSim.Workbench.Opening;

/// <summary>Which engine a bundle is of: said by a person, by version.json (docker version --format json), or told by what its files look like.</summary>
internal static partial class BundleEngine
{
    /// <summary>The version, and how it is known; a guess is told as a warning.</summary>
    /// <param name="folder">The bundle.</param>
    /// <param name="said">What a person said ("28"), or null.</param>
    /// <exception cref="InputException">What the person said is no version.</exception>
    public static (EngineVersion Version, string? Warning) Of(BundleFolder folder, string? said)
    {
        if (said is not null) return (EngineVersion.TryParse(said, out var version) ? version : throw new InputException("--engine", "", $"\"{said}\" is no version of Docker Engine from 20.10 to 29; 28.5.2 or 28 was expected"), null);
        foreach (string file in new[] { "version.json", "VERSION.json" })
            if (Written(folder, file) is { } text) return Known(folder.Name(file), text);
        var guess = Guess(folder);
        return (guess, $"{folder.Name("version.json")} is not there: the engine is taken to be {guess} by the fields that its inspect prints (--engine says another)");
    }

    /// <summary>daemon.json of the bundle, else what its rules tell of the daemon's settings.</summary>
    public static EngineSettings Settings(BundleFolder folder)
    {
        if (folder.Text("daemon.json") is { } own) return EngineSettings.Parse(own);
        var settings = new EngineSettings();
        if (folder.Text("host-iptables.txt") is { } v4) settings = settings with { Iptables = Chain().IsMatch(v4), UserlandProxy = !v4.Contains("--src-type LOCAL", StringComparison.Ordinal) };
        if (folder.Text(BundleRules.Nft) is { } nft && nft.Contains("table ip docker-bridges {", StringComparison.Ordinal))
            return settings with { Nftables = true, Iptables = true, UserlandProxy = !nft.Contains("fib saddr type local", StringComparison.Ordinal), Ip6tables = nft.Contains("table ip6 docker-bridges {", StringComparison.Ordinal) };
        if (folder.Text("host-ip6tables.txt") is { } v6) settings = settings with { Ip6tables = Chain().IsMatch(v6) };
        return settings;
    }

    private static string? Written(BundleFolder folder, string file)
    {
        var json = folder.Json(file);
        var server = json is JsonObject o ? o["Server"] ?? o["server"] : null;
        return Text(server is JsonObject s ? s["Version"] : server) ?? Text((json as JsonObject)?["Version"]);
    }

    private static string? Text(JsonNode? node) => node is JsonValue v && v.TryGetValue(out string? text) ? text : null;

    private static (EngineVersion, string?) Known(string file, string text)
    {
        var m = Number().Match(text);
        if (m.Success && EngineVersion.TryParse(m.Value, out var version) && version.AtLeast(20, 10)) return (version, null);
        return (EngineVersion.Default, $"{file} says version \"{text}\", which is not modelled: {EngineVersion.Default} stands in its place");
    }

    /// <summary>By the keys of the JSON (each since some version of the API) and the chains of the rules.
    /// Source: moby v28.5.2 docs/api/version-history.md: EnableIPv4 with 1.48 (28.0), DNSNames with 1.44 (25.0); the fields of one network under NetworkSettings went with 1.52 (29.0).</summary>
    private static EngineVersion Guess(BundleFolder folder)
    {
        string rules = folder.Text("host-iptables.txt") ?? "";
        var networks = folder.Rows("network-inspect.json");
        var settings = folder.Rows("container-inspect.json").Select(c => c["NetworkSettings"] as JsonObject).OfType<JsonObject>().ToList();
        if (folder.Text(BundleRules.Nft)?.Contains("docker-bridges {", StringComparison.Ordinal) == true || rules.Contains(":DOCKER-INTERNAL ", StringComparison.Ordinal) || settings.Exists(s => s.ContainsKey("Networks") && !s.ContainsKey("HairpinMode") && s.ContainsKey("SandboxKey") && !s.ContainsKey("Gateway") && !s.ContainsKey("Bridge")))
            return Series(29);
        if (rules.Contains(":DOCKER-FORWARD ", StringComparison.Ordinal) || networks.Any(n => n.ContainsKey("EnableIPv4"))) return Series(28);
        if (settings.Exists(TellsNames) || networks.Any(n => n.ToJsonString() is var text && n["Name"]?.ToString() == "bridge" && text.Contains("\"Gateway\"", StringComparison.Ordinal) && settings.Count == 0))
            return Chain().IsMatch(folder.Text("host-ip6tables.txt") ?? "") ? Series(27) : Series(26);
        return settings.Count > 0 && !folder.Rows("container-inspect.json").Any(c => c["HostConfig"] is JsonObject h && h.ContainsKey("KernelMemory")) ? Series(24) : Series(20);
    }

    private static bool TellsNames(JsonObject settings) => settings["Networks"] is JsonObject networks && networks.Any(n => n.Value is JsonObject e && e.ContainsKey("DNSNames"));

    private static EngineVersion Series(int major) => EngineVersion.Known.Last(k => k.Major == major);

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"^:DOCKER ", RegexOptions.Multiline)]
    private static partial Regex Chain();
}
