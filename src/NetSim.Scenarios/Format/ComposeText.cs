using System.Text.RegularExpressions;
using NetSim.Docker.Compose;
using NetSim.Scenarios.Reading;

namespace NetSim.Scenarios.Format;

/// <summary>Compose files as texts: how one is told from NetSim's own form, and where its files and variables come from.</summary>
internal static partial class ComposeText
{
    /// <summary>Names under which a folder's Compose file is looked for.</summary>
    public static IReadOnlyList<string> UsualNames { get; } = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <summary>Has it services: (or include:, and no steps:) at its top?</summary>
    public static bool IsCompose(string text) => Services().IsMatch(text) || (Include().IsMatch(text) && !Steps().IsMatch(text));

    /// <summary>The files of the disk, with one that is known already, and the environment of this process.</summary>
    public static ComposeFiles Files(string file, string? text) => new()
    {
        Read = path => text is not null && path == file ? text : TextFile.Read(path),
        Environment = Variables(),
    };

    private static SortedDictionary<string, string> Variables()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry v in Environment.GetEnvironmentVariables()) all[(string)v.Key] = (string?)v.Value ?? "";
        return all;
    }

    [GeneratedRegex(@"^(?:services|""services""|'services')[ \t]*:|\A\s*\{\s*""?services""?\s*:", RegexOptions.Multiline)]
    private static partial Regex Services();

    [GeneratedRegex(@"^include[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex Include();

    [GeneratedRegex(@"^steps[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex Steps();
}
