namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>What was heard at each capture point, conversation by conversation.</summary>
internal static class PacketFacts
{
    public static void Add(Recording recording, Names names, Facts facts)
    {
        var files = recording.Captures.Select(c => c.Str("file")).Where(f => f.Length > 0).ToHashSet(StringComparer.Ordinal);
        string folder = Path.Combine(recording.Folder, "pcap");
        if (Directory.Exists(folder)) files.UnionWith(Directory.GetFiles(folder, "*.pcap").Select(f => "pcap/" + Path.GetFileName(f)));
        foreach (string file in files.Order(StringComparer.Ordinal)) Point(recording, file, names, facts);
    }

    private static void Point(Recording recording, string file, Names names, Facts facts)
    {
        string label = Path.GetFileNameWithoutExtension(file);
        var point = new ListeningPoint(names);
        foreach (var frame in PcapFile.Read(Path.Combine(recording.Folder, file)).OrderBy(f => f.Time)) point.Hear(frame.Bytes);
        facts.Points.Add(label);
        var talks = point.Conversations().ToList();
        foreach (var talk in talks)
        {
            if (!facts.Conversations.TryGetValue((label, talk.Parties), out var same)) facts.Conversations[(label, talk.Parties)] = same = [];
            same.Add(talk.Facts());
        }
        if (talks.Count == 0) facts.Add("packets", label, "silent", "yes");
    }
}
