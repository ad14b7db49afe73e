using System.Text.RegularExpressions;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Policies, and each rule at its place in its chain: of the host in both families, and of each container.</summary>
internal static partial class FirewallFacts
{
    private const string Category = "firewall";

    public static void Add(Recording recording, Names names, Facts facts)
    {
        Of("host iptables", recording.Text("host-iptables.txt"), names, facts);
        Of("host ip6tables", recording.Text("host-ip6tables.txt"), names, facts);
        foreach (var (name, state) in recording.Inside) Of("container " + name, state.Str("iptables"), names, facts);
    }

    private static void Of(string who, string text, Names names, Facts facts)
    {
        string table = "";
        foreach (string line in text.Split('\n').Select(l => Counters().Replace(l.Trim(), "")))
        {
            if (line.StartsWith('*')) table = line[1..];
            if (line.StartsWith(':')) facts.Add(Category, who, $"{table} {line[1..].Split(' ')[0]} policy", line.Split(' ')[1]);
            if (!line.StartsWith("-A ", StringComparison.Ordinal)) continue;
            var words = line.Split(' ', 3);
            var chain = (Category, $"{who} {table} {words[1]}");
            if (!facts.Ordered.TryGetValue(chain, out var rules)) facts.Ordered[chain] = rules = [];
            rules.Add(ResolverSource().Replace(names.Text(words.Length > 2 ? words[2] : ""), "--sport <port> -j SNAT"));
        }
    }

    [GeneratedRegex(@"^\[\d+:\d+\] ")]
    private static partial Regex Counters();

    [GeneratedRegex(@"--sport \d+ -j SNAT(?= --to-source :53)")]
    private static partial Regex ResolverSource();
}
