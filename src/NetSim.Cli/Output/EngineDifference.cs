namespace NetSim.Cli.Output;

/// <summary>Where the answers of several engines differ, each in a line.</summary>
internal static class EngineDifference
{
    /// <summary>"26.1.5: delivered; 28.5.2: dropped by raw PREROUTING rule 1 …", or nothing when all agree.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<AnsweredBy> answers)
    {
        var lines = new List<string>();
        for (int i = 1; i < answers.Count; i++)
        {
            var (a, b) = (answers[i - 1], answers[i]);
            if (Key(a) != Key(b)) lines.Add($"{Told(a)} on {a.Engine}, {Told(b)} on {b.Engine}");
        }
        return lines;
    }

    private static string Key(AnsweredBy a) => $"{a.Explanation.Disposition} {a.Explanation.Rule?.Table} {a.Explanation.Rule?.Chain}";

    private static string Told(AnsweredBy a)
    {
        string word = a.Explanation.Disposition.ToString().ToLowerInvariant();
        return a.Explanation.Rule is { } r ? $"{word} in {r.Table} {r.Chain}{(r.RuleNumber > 0 ? $" by \"{r.RuleText}\" ({r.Origin})" : " by its policy")}" : word;
    }
}
