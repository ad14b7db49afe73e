using System.Globalization;
using System.Text;
using NetSim.Model.Netfilter;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>iptables -L [-n] [-v] [--line-numbers]: rules in columns. Names of hosts and services stay numbers, as with -n. Source: iptables 1.8.9 iptables/nft-ipv4.c nft_ipv4_print_rule, iptables/xshared.c print_header.</summary>
internal static class IptablesListing
{
    private static readonly string[] Header = ["target", "prot opt source               destination"];

    /// <summary>The chains of a table, each with a header.</summary>
    public static string Of(Ruleset rules, string table, string? only, IpFamily family, (bool Verbose, bool Numbers) wish)
    {
        var all = rules.Find(table)?.Chains ?? [];
        return string.Join('\n', all.Where(c => only is null || c.Name == only).Select(c => Chain(c, all.SelectMany(o => o.Rules).Count(r => Target(r).Name == c.Name), family, wish)));
    }

    private static string Chain(Chain chain, int references, IpFamily family, (bool Verbose, bool Numbers) wish)
    {
        var text = new StringBuilder($"Chain {chain.Name} ({(chain.Policy is { } p ? $"policy {p}{(wish.Verbose ? " 0 packets, 0 bytes" : "")}" : $"{references} references")})\n");
        text.Append(wish.Numbers ? "num  " : "").Append(wish.Verbose ? " pkts bytes target     prot opt in     out     source               destination\n" : $"{Header[0],-10} {Header[1]}         \n");
        int number = 0;
        foreach (var rule in chain.Rules)
        {
            if (wish.Numbers) text.Append(CultureInfo.InvariantCulture, $"{++number,-4} ");
            text.Append(Row(rule, family, wish.Verbose)).Append('\n');
        }
        return text.ToString();
    }

    private static string Row(Rule rule, IpFamily family, bool verbose)
    {
        var words = RuleText.Write(rule, family).Split(' ').ToList();
        string all = family == IpFamily.V4 ? "0.0.0.0/0" : "::/0";
        string source = Take(words, "-s", all), destination = Take(words, "-d", all), protocol = Take(words, "-p", "all"), input = Take(words, "-i", "*"), output = Take(words, "-o", "*");
        var (target, options) = Target(rule);
        string start = verbose ? $"{0,5} {0,5} {target,-10} {Protocol(protocol),-4} {"--",-3} {input,-6} {output,-6}  {source,-20} {destination,-20}" : $"{target,-10} {Protocol(protocol),-4} {"--",-3} {source,-20} {destination,-20}";
        int jump = words.FindIndex(w => w is "-j" or "-g");
        string matches = Matches(jump < 0 ? words : words[..jump], protocol);
        return $"{start} {matches}{(matches.Length > 0 && options.Length > 0 ? " " : "")}{options}";
    }

    /// <summary>The target's name and its options, as a listing writes them.</summary>
    private static (string Name, string Options) Target(Rule rule)
    {
        var words = RuleText.Write(rule, IpFamily.V4).Split(' ').ToList();
        int at = words.FindIndex(w => w is "-j" or "-g");
        if (at < 0) return ("", "");
        string options = string.Join(' ', words.Skip(at + 2)).Replace("--to-destination ", "to:", StringComparison.Ordinal).Replace("--to-source ", "to:", StringComparison.Ordinal).Replace("--reject-with", "reject-with", StringComparison.Ordinal).Replace("--", "", StringComparison.Ordinal);
        return (words[at + 1], options);
    }

    /// <summary>An option's value with its negation, taken out of the words.</summary>
    private static string Take(List<string> words, string option, string otherwise)
    {
        int at = words.IndexOf(option);
        if (at < 0 || at + 1 >= words.Count) return otherwise;
        bool not = at > 0 && words[at - 1] == "!";
        string value = (not ? "!" : "") + (words[at + 1].EndsWith("/32", StringComparison.Ordinal) || words[at + 1].EndsWith("/128", StringComparison.Ordinal) ? words[at + 1].Split('/')[0] : words[at + 1]);
        words.RemoveRange(not ? at - 1 : at, not ? 3 : 2);
        return value;
    }

    /// <summary>Protocols by number, as 1.8.9 writes them.</summary>
    private static string Protocol(string name) => name switch { "all" => "0", "icmp" => "1", "tcp" => "6", "udp" => "17", "sctp" => "132", "ipv6-icmp" or "icmpv6" => "58", _ => name };

    private static string Matches(List<string> words, string protocol)
    {
        var said = new List<string>();
        for (int i = 0; i < words.Count; i++)
        {
            string value = i + 1 < words.Count ? words[i + 1] : "";
            switch (words[i])
            {
                case "-m": i++; if (value == protocol && value is "tcp" or "udp") said.Add(value); break;
                case "--dport": said.Add($"{(value.Contains(':', StringComparison.Ordinal) ? "dpts" : "dpt")}:{value}"); i++; break;
                case "--sport": said.Add($"{(value.Contains(':', StringComparison.Ordinal) ? "spts" : "spt")}:{value}"); i++; break;
                case "--ctstate" or "--state": said.Add($"{words[i][2..]} {value}"); i++; break;
                case "--dst-type" or "--src-type": said.Add($"ADDRTYPE match {words[i][2..]} {value}"); i++; break;
                case "--comment": said.Add($"/* {value.Trim('"')} */"); i++; break;
                case "": break;
                default: said.Add(words[i].TrimStart('-')); break;
            }
        }
        return string.Join(' ', said);
    }
}
