using System.Globalization;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>One conversation as it was heard at one point: what came in which order, whose MAC addresses and which TTL it had, what was said.</summary>
internal sealed class Conversation(string parties)
{
    private readonly List<(string Word, int Times)> _flow = [];
    private readonly SortedDictionary<string, SortedSet<string>> _ends = new(StringComparer.Ordinal);

    /// <summary>"tcp 172.18.0.3:* > 172.18.0.2:6379".</summary>
    public string Parties { get; } = parties;

    /// <summary>Facts beside flow and ends.</summary>
    public Dictionary<string, string> Said { get; } = new(StringComparer.Ordinal);

    /// <summary>Is a question that was answered, where it is chance how often it was asked before?</summary>
    public bool RepeatsAreChance { get; init; }

    public string Last => _flow.Count == 0 ? "" : _flow[^1].Word;

    public bool Heard(string word) => _flow.Exists(f => f.Word == word);

    public void Add(string word)
    {
        if (Last == word) _flow[^1] = (word, _flow[^1].Times + 1);
        else _flow.Add((word, 1));
    }

    /// <summary>The server said that it closes: whose FIN is first is chance then.</summary>
    public void EitherClosesFirst()
    {
        int at = _flow.FindIndex(f => f.Word is "C FIN" or "S FIN");
        if (at < 0 || at + 1 >= _flow.Count || _flow[at + 1].Word is not ("C FIN" or "S FIN")) return;
        _flow[at] = ("both FIN", 1);
        _flow.RemoveAt(at + 1);
    }

    public void End(string who, string what)
    {
        if (!_ends.TryGetValue(who, out var set)) _ends[who] = set = new(StringComparer.Ordinal);
        set.Add(what);
    }

    /// <summary>What is compared.</summary>
    public SortedDictionary<string, string> Facts()
    {
        bool answered = RepeatsAreChance && _flow.Count > 1;
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["flow"] = string.Join(", ", _flow.Select(f => f.Times > 1 && !answered ? string.Create(CultureInfo.InvariantCulture, $"{f.Word} ×{f.Times}") : f.Word)),
            ["ends"] = string.Join("; ", _ends.Select(e => $"{e.Key}: {string.Join(" and ", e.Value)}")),
        };
        foreach (var (what, said) in Said) facts[what] = said;
        return facts;
    }
}
