using System.Text;

namespace NetSim.Model.Netfilter;

/// <summary>All tables of a family as iptables-save (or ip6tables-save) writes them, without remarks, and back.</summary>
public static class RulesetText
{
    /// <summary>The order of iptables-nft-save (iptables 1.8 iptables/nft.h enum nft_table_type).</summary>
    private static readonly string[] Order = ["mangle", "security", "raw", "filter", "nat"];

    /// <summary>All tables in use, counters zero; empty when none is.</summary>
    public static string Write(Ruleset rules, IpFamily family = IpFamily.V4)
    {
        var text = new StringBuilder();
        foreach (var table in rules.Tables.OrderBy(t => Array.IndexOf(Order, t.Name))) Write(text, table, family);
        return text.ToString();
    }

    /// <summary>Reads the text of iptables-save, with or without counters; remarks are skipped.</summary>
    /// <exception cref="FormatException">The text is none; the message begins with the line's number.</exception>
    public static Ruleset Parse(string text)
    {
        var rules = new Ruleset();
        Table? table = null;
        int number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                table = ReadLine(rules, table, line);
            }
            catch (FormatException e)
            {
                throw new FormatException($"line {number}: {e.Message}", e);
            }
        }
        rules.Touch();
        return rules;
    }

    private static void Write(StringBuilder text, Table table, IpFamily family)
    {
        text.Append('*').Append(table.Name).Append('\n');
        foreach (var chain in table.Chains) text.Append(':').Append(chain.Name).Append(' ').Append(chain.Policy ?? "-").Append(" [0:0]\n");
        foreach (var chain in table.Chains)
            foreach (var rule in chain.Rules)
                text.Append($"-A {chain.Name} {RuleText.Write(rule, family)}".TrimEnd()).Append('\n');
        text.Append("COMMIT\n");
    }

    private static Table? ReadLine(Ruleset rules, Table? table, string line)
    {
        if (line == "COMMIT") return null;
        if (line[0] == '*') return TableOf(rules, line[1..]);
        if (table is null) throw new FormatException($"\"{line}\" stands outside a table; a table begins with a line such as *filter");
        if (line[0] == ':') ReadChain(table, line[1..]);
        else ReadRule(rules, table, line);
        return table;
    }

    private static Table TableOf(Ruleset rules, string name)
    {
        try
        {
            return rules.Table(name);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"\"{name}\" is not a table; tables are raw, mangle, nat, filter and security", e);
        }
    }

    private static void ReadChain(Table table, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) throw new FormatException($"\":{text}\" is not a chain such as :FORWARD DROP [0:0]");
        if (words[1] is not ("-" or "ACCEPT" or "DROP" or "QUEUE")) throw new FormatException($"\"{words[1]}\" is not a policy; it is ACCEPT, DROP or -");
        var chain = table.Make(words[0], words[1] == "-" ? null : words[1]);
        if (words[1] != "-" && chain.Policy is not null) chain.Policy = words[1];
    }

    private static void ReadRule(Ruleset rules, Table table, string line)
    {
        if (line[0] == '[')
        {
            int close = line.IndexOf(']');
            if (close < 0) throw new FormatException($"\"{line}\" begins with counters that do not end");
            line = line[(close + 1)..].TrimStart();
        }
        var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[0] is not ("-A" or "--append")) throw new FormatException($"\"{line}\" is not a rule such as -A FORWARD -j ACCEPT");
        if (table.Chain(words[1]) is null) throw new FormatException($"there is no chain \"{words[1]}\" in table {table.Name}");
        rules.Add(table.Name, words[1], null, RuleText.Parse(words.Length > 2 ? words[2] : ""));
    }
}
