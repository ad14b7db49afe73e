namespace NetSim.Docker.Naming;

/// <summary>What a resolv.conf says. The last search (or domain) line counts; options accumulate.</summary>
internal sealed record ResolvConfFile
{
    /// <summary>nameserver lines.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>search.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>options.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Other lines but remarks.</summary>
    public IReadOnlyList<string> Other { get; init; } = [];

    /// <summary>Reads one; a line that is nothing is skipped.</summary>
    public static ResolvConfFile Parse(string text)
    {
        var servers = new List<string>();
        var options = new List<string>();
        var other = new List<string>();
        IReadOnlyList<string> search = [];
        foreach (string line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] is '#' or ';') continue;
            switch (words[0])
            {
                case "nameserver" when words.Length > 1: servers.Add(words[1]); break;
                case "search" or "domain": search = words[1..]; break;
                case "options": options.AddRange(words[1..]); break;
                default: other.Add(line.Trim()); break;
            }
        }
        return new() { Servers = servers, Search = search, Options = options, Other = other };
    }
}
