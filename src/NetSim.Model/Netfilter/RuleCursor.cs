namespace NetSim.Model.Netfilter;

/// <summary>Goes through the words of a rule's text.</summary>
internal sealed class RuleCursor(string text)
{
    private static readonly HashSet<string> Basic = new(StringComparer.Ordinal)
    {
        "-s", "-d", "-i", "-o", "-p", "-f", "-c", "-m", "-j", "-g", "--source", "--src", "--destination", "--dst", "--in-interface", "--out-interface", "--protocol", "--proto", "--fragment", "--set-counters", "--match", "--jump", "--goto",
    };

    private readonly List<RuleWord> _words = RuleWords.Split(text);

    /// <summary>Number of the next word.</summary>
    public int At { get; set; }

    /// <summary>Are all words taken?</summary>
    public bool AtEnd => At >= _words.Count;

    /// <summary>Does an option of the rule itself (a basic condition, another match, the target) come next, or the end?</summary>
    public bool AtClauseEnd => AtEnd || IsBasic(At) || At + 1 < _words.Count && _words[At] is { Quoted: false, Text: "!" } && IsBasic(At + 1);

    /// <summary>Takes a "!" if one comes next.</summary>
    public bool TakeNot()
    {
        if (AtEnd || _words[At].Quoted || _words[At].Text != "!") return false;
        At++;
        return true;
    }

    /// <summary>Takes the next word.</summary>
    public RuleWord Take(string wanted) => AtEnd ? throw new FormatException($"the rule ends where {wanted} should follow") : _words[At++];

    /// <summary>Takes the value of an option.</summary>
    public string Value(RuleWord option) => !AtEnd && _words[At].IsOption ? throw new FormatException($"\"{option.Text}\" has no value") : Take($"the value of {option.Text}").Text;

    /// <summary>Takes the value of the option just taken.</summary>
    public string Value() => Value(_words[At - 1]);

    /// <summary>Takes words up to the end of the clause and gives them as they were written, from word number <paramref name="from"/> on.</summary>
    public string Rest(int from)
    {
        while (!AtClauseEnd) At++;
        return from >= At ? "" : text[_words[from].Start.._words[At - 1].End];
    }

    private bool IsBasic(int at) => !_words[at].Quoted && Basic.Contains(_words[at].Text);
}
