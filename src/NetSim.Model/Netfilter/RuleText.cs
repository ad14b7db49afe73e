namespace NetSim.Model.Netfilter;

/// <summary>The text of a rule as iptables-save writes it, and back.</summary>
public static class RuleText
{
    /// <summary>"-s 172.18.0.0/16 ! -o br0 -j MASQUERADE", in the order of iptables-save: addresses, interfaces, protocol, other matches, target.</summary>
    /// <param name="rule">What to write.</param>
    /// <param name="family">Decides what a REJECT without --reject-with means.</param>
    public static string Write(Rule rule, IpFamily family = IpFamily.V4) => new RuleWriter(family).Write(rule);

    /// <summary>Reads what follows "-A CHAIN ", in any order, also with long options and without the "-m tcp" that "-p tcp" implies.
    /// A match or target that is not modelled is kept as Unknown.</summary>
    /// <exception cref="FormatException">The text is no rule; the message says which word.</exception>
    public static Rule Parse(string text) => new RuleReader(text).Read();

    /// <summary>A word as iptables-save writes it: in quotes unless it is made of letters, digits, '_' and '-'.
    /// Source: iptables 1.8 libxtables/xtables.c xtables_save_string.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) return word;
        return $"\"{string.Concat(word.Select(c => c is '"' or '\\' or '\'' ? $"\\{c}" : c.ToString()))}\"";
    }
}
