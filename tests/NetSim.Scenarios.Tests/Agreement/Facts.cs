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
        facts.AddState(recording, names);
        foreach (var (label, snapshot) in recording.Snapshots) facts.AddSnapshot(label, snapshot);
        StepFacts.Add(recording, names, facts);
        PacketFacts.Add(recording, names, facts);
        return facts;
    }

    private void AddState(Recording recording, Names names)
    {
        IpamFacts.Add(recording, names, this);
        LinkFacts.Add(recording, names, this);
        RouteFacts.Add(recording, names, this);
        FileFacts.Add(recording, names, this);
        FirewallFacts.Add(recording, names, this);
        PortFacts.Add(recording, this);
    }

    private void AddSnapshot(string label, Recording snapshot)
    {
        var then = new Facts();
        then.AddState(snapshot, new Names(snapshot));
        foreach (var ((category, subject, what), value) in then.Single) Single[(category, $"{label}: {subject}", what)] = value;
        foreach (var ((category, subject), rows) in then.Ordered) Ordered[(category, $"{label}: {subject}")] = rows;
    }
}
