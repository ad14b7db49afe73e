namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>What is compared: single facts, chains of which the order counts, and conversations.</summary>
internal sealed class Facts
{
    /// <summary>(category, subject, what) to its value.</summary>
    public Dictionary<(string Category, string Subject, string What), string> Single { get; } = [];

    /// <summary>Lists that are aligned, so that one row too few costs one fact.</summary>
    public Dictionary<(string Category, string Subject), List<string>> Ordered { get; } = [];

    /// <summary>Where it was listened, in order.</summary>
    public List<string> Points { get; } = [];

    /// <summary>Conversations by point and parties; each is a set of facts.</summary>
    public Dictionary<(string Point, string Parties), List<SortedDictionary<string, string>>> Conversations { get; } = [];

    public void Add(string category, string subject, string what, string value)
    {
        var key = (category, subject, what);
        for (int n = 2; Single.ContainsKey(key); n++) key = (category, subject, $"{what} #{n}");
        Single.Add(key, value);
    }

    public void Add(string category, string subject, string what, IEnumerable<string> values) => Add(category, subject, what, string.Join(", ", values));

    /// <summary>All that is compared of a recording.</summary>
    public static Facts Of(Recording recording)
    {
        var facts = new Facts();
        var names = new Names(recording);
        IpamFacts.Add(recording, names, facts);
        LinkFacts.Add(recording, names, facts);
        RouteFacts.Add(recording, names, facts);
        FileFacts.Add(recording, names, facts);
        FirewallFacts.Add(recording, names, facts);
        PortFacts.Add(recording, facts);
        StepFacts.Add(recording, names, facts);
        PacketFacts.Add(recording, names, facts);
        return facts;
    }
}
