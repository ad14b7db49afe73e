namespace NetSim.Docker.Compose.Language;

/// <summary>What Compose would warn of, and what NetSim does not model; each thing is said once.</summary>
internal sealed class ComposeWarnings
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly List<string> _all = [];

    /// <summary>Sentences, each with its place.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Notes one.</summary>
    public void Add(string sentence) => Once(sentence, sentence);

    /// <summary>Notes one, unless something of that key was noted before.</summary>
    public void Once(string key, string sentence)
    {
        if (_said.Add(key)) _all.Add(sentence);
    }
}
