namespace NetSim.Model.Netfilter;

/// <summary>The options of one clause of a rule ("-m iprange ! --src-range 10.0.0.1-10.0.0.9"), each with its "!" and its values.</summary>
internal sealed class ClauseOptions
{
    private readonly List<(bool Not, string Name, List<string> Values)> _options = [];

    /// <summary>Takes a clause apart; its first two words are -m or -j and a name.</summary>
    public ClauseOptions(string text)
    {
        var words = RuleWords.Split(text);
        Name = words.Count > 1 ? words[1].Text : "";
        bool not = false;
        foreach (var w in words.Skip(2))
        {
            if (w is { Quoted: false, Text: "!" }) not = true;
            else if (w.IsOption)
            {
                _options.Add((not, w.Text, []));
                not = false;
            }
            else if (_options.Count > 0) _options[^1].Values.Add(w.Text);
        }
    }

    /// <summary>"iprange", "TCPMSS".</summary>
    public string Name { get; }

    /// <summary>All options in order.</summary>
    public IEnumerable<(bool Not, string Name, string Value)> All => _options.Select(o => (o.Not, o.Name, o.Values.Count > 0 ? o.Values[0] : ""));

    /// <summary>Is there such an option?</summary>
    public bool Has(string name) => _options.Exists(o => o.Name == name);

    /// <summary>The value of an option by any of its names, or null.</summary>
    public string? Value(params string[] names) => _options.Find(o => names.Contains(o.Name)).Values is { Count: > 0 } values ? values[0] : null;

    /// <summary>Are all options among these?</summary>
    public bool Only(params string[] names) => _options.TrueForAll(o => names.Contains(o.Name));
}
