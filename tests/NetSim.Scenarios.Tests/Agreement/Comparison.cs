namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>How a fact of the real engine fares in the other recording.</summary>
internal enum Outcome
{
    Holds,
    Differs,
    Missing,
    Extra,
}

/// <summary>One fact and its outcome.</summary>
internal sealed record Judged(string Category, string Subject, string What, Outcome Outcome, string? Real, string? Found)
{
    /// <summary>The fact's name, as the list of allowed misses spells it.</summary>
    public string Name => $"{Category} | {Subject} | {What}";

    public override string ToString() => Outcome switch
    {
        Outcome.Extra => $"{Name}: only in NetSim: {Found}",
        Outcome.Missing => $"{Name}: missing in NetSim: {Real}",
        _ => $"{Name}: the engine: {Real}; NetSim: {Found}",
    };
}

/// <summary>Holds two recordings against each other, fact by fact.</summary>
internal static class Comparison
{
    public static IReadOnlyList<Judged> Of(Recording real, Recording found) => Of(Facts.Of(real), Facts.Of(found));

    public static IReadOnlyList<Judged> Of(Facts real, Facts found) => [.. Singles(real, found), .. Lists(real, found), .. Talks(real, found)];

    private static IEnumerable<Judged> Singles(Facts real, Facts found)
    {
        foreach (var (k, v) in real.Single)
        {
            string? w = found.Single.GetValueOrDefault(k);
            yield return new(k.Category, k.Subject, k.What, w is null ? Outcome.Missing : w == v ? Outcome.Holds : Outcome.Differs, v, w);
        }
        foreach (var (k, v) in found.Single)
            if (!real.Single.ContainsKey(k) && (k.Category != "packets" || real.Points.Contains(k.Subject))) yield return new(k.Category, k.Subject, k.What, Outcome.Extra, null, v);
    }

    private static IEnumerable<Judged> Lists(Facts real, Facts found)
    {
        foreach (var key in real.Ordered.Keys.Union(found.Ordered.Keys))
        {
            var a = real.Ordered.GetValueOrDefault(key) ?? [];
            var b = found.Ordered.GetValueOrDefault(key) ?? [];
            var (keptA, keptB) = Alignment.Of(a, b);
            var spare = b.Where((_, j) => !keptB[j]).ToList();
            for (int i = 0; i < a.Count; i++)
            {
                var outcome = keptA[i] ? Outcome.Holds : spare.Remove(a[i]) ? Outcome.Differs : Outcome.Missing;
                yield return new(key.Category, key.Subject, $"{i + 1}", outcome, a[i], outcome == Outcome.Differs ? "the same at another place" : null);
            }
            foreach (string row in spare) yield return new(key.Category, key.Subject, "row", Outcome.Extra, null, row);
        }
    }

    private static IEnumerable<Judged> Talks(Facts real, Facts found)
    {
        foreach (var key in real.Conversations.Keys.Union(found.Conversations.Keys.Where(k => real.Points.Contains(k.Point))))
        {
            string subject = $"{key.Point} {key.Parties}";
            var left = found.Conversations.GetValueOrDefault(key)?.ToList() ?? [];
            var pairs = Pair(real.Conversations.GetValueOrDefault(key) ?? [], left);
            for (int n = 0; n < pairs.Count; n++)
                foreach (var judged in Talk(pairs.Count > 1 ? $"{subject} #{n + 1}" : subject, pairs[n].Real, pairs[n].Found)) yield return judged;
            foreach (var talk in left) yield return new("packets", subject, "between", Outcome.Extra, null, talk.GetValueOrDefault("flow"));
        }
    }

    private static IEnumerable<Judged> Talk(string subject, SortedDictionary<string, string> real, SortedDictionary<string, string>? found)
    {
        yield return new("packets", subject, "between", found is null ? Outcome.Missing : Outcome.Holds, real.GetValueOrDefault("flow"), null);
        foreach (var (what, v) in real)
        {
            string? w = found?.GetValueOrDefault(what);
            yield return new("packets", subject, what, w is null ? Outcome.Missing : w == v ? Outcome.Holds : Outcome.Differs, v, w);
        }
    }

    /// <summary>Equal conversations belong together first, then the others in their order.</summary>
    private static List<(SortedDictionary<string, string> Real, SortedDictionary<string, string>? Found)> Pair(List<SortedDictionary<string, string>> real, List<SortedDictionary<string, string>> left)
    {
        var pairs = real.Select(r => (Real: r, Found: Take(left, left.FindIndex(f => f.SequenceEqual(r))))).ToList();
        for (int i = 0; i < pairs.Count; i++)
            if (pairs[i].Found is null && left.Count > 0) pairs[i] = (pairs[i].Real, Take(left, 0));
        return pairs;
    }

    private static SortedDictionary<string, string>? Take(List<SortedDictionary<string, string>> from, int at)
    {
        if (at < 0) return null;
        var taken = from[at];
        from.RemoveAt(at);
        return taken;
    }
}
