using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>The words above, in and below the caption's sentence.</summary>
internal sealed record Caption(string Chapter, string Sentence, string Why);

/// <summary>The scenario's own words.</summary>
internal static class Story
{
    /// <summary>A step in two or three words, for the time band: "create app", "run db", "dig db".</summary>
    public static string Short(Change.StoryStep step)
    {
        var words = step.Command.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count == 0) return step.Sentence ?? "";
        if (words[0] != "docker") return string.Join(' ', words.Where(w => !w.StartsWith('-')).Take(2));
        return words.Count < 2 ? "docker" : words[1] switch
        {
            "run" or "create" => $"{words[1]} {NameOption(words) ?? words[^1]}",
            "exec" => string.Join(' ', AfterContainer(words).Where(w => !w.StartsWith('-') && !w.StartsWith('+')).Take(2)),
            "network" or "container" => string.Join(' ', words.Skip(2).Where(w => !w.StartsWith('-')).Take(2)),
            _ => string.Join(' ', words.Skip(1).Where(w => !w.StartsWith('-')).Take(2)),
        };
    }

    /// <summary>What the scenario says about a step, else its command.</summary>
    public static string Chapter(Change.StoryStep step) => step.Sentence is { Length: > 0 } said ? said : step.Command;

    private static string? NameOption(List<string> words)
    {
        int at = words.FindIndex(w => w is "--name" || w.StartsWith("--name=", StringComparison.Ordinal));
        if (at < 0) return null;
        return words[at].Contains('=') ? words[at][7..] : at + 1 < words.Count ? words[at + 1] : null;
    }

    private static IEnumerable<string> AfterContainer(List<string> words)
    {
        int at = 2;
        while (at < words.Count && words[at].StartsWith('-')) at++;
        return words.Skip(at + 1);
    }
}
