namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>What a container finds in /etc/resolv.conf, /etc/hosts and /etc/hostname.</summary>
internal static class FileFacts
{
    private const string Category = "files";

    public static void Add(Recording recording, Names names, Facts facts)
    {
        foreach (var (name, state) in recording.Inside)
        {
            string who = "container " + name;
            ResolvConf(state.Str("resolv_conf"), who, names, facts);
            foreach (var words in Lines(state.Str("hosts")).Select(l => l.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0))
                facts.Add(Category, who, "hosts: " + names.Text(words[0]), words.Skip(1).Select(names.Text));
            facts.Add(Category, who, "hostname", names.Text(state.Str("hostname").Trim()));
        }
    }

    private static void ResolvConf(string text, string who, Names names, Facts facts)
    {
        var rows = new List<(string Keyword, List<string> Values)>();
        var remarks = new List<string>();
        foreach (string line in Lines(text).Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (line[0] is '#' or ';') remarks.Add(names.Text(line));
            else if (rows.Find(r => r.Keyword == words[0]) is { Values: { } values }) values.AddRange(words.Skip(1));
            else rows.Add((words[0], [.. words.Skip(1)]));
        }
        foreach (var (keyword, values) in rows) facts.Add(Category, who, "resolv.conf: " + keyword, values);
        facts.Add(Category, who, "resolv.conf: order", rows.Select(r => r.Keyword));
        facts.Add(Category, who, "resolv.conf: remarks", string.Join('\n', remarks));
    }

    private static string[] Lines(string text) => text.Split('\n');
}
