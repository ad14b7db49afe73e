using System.Globalization;
using System.Text;

namespace NetSim.Model.Netfilter;

/// <summary>nft's tables as `nft list ruleset` prints them (counters zero), and back.</summary>
public static class NftText
{
    private static readonly (string Name, int Priority)[] Priorities = [("raw", -300), ("mangle", -150), ("dstnat", -100), ("filter", 0), ("security", 50), ("srcnat", 100)];

    /// <summary>The order in which nft prints names of interfaces: as numbers of 16 bytes, the last byte first (seen with nft 1.0.6 on x86).</summary>
    public static IComparer<string> InterfaceOrder { get; } = Comparer<string>.Create((a, b) =>
    {
        for (int i = Math.Max(a.Length, b.Length) - 1; i >= 0; i--)
        {
            int c = (i < a.Length ? a[i] : 0) - (i < b.Length ? b[i] : 0);
            if (c != 0) return c;
        }
        return 0;
    });

    /// <summary>The tables of both families; empty when there are none.</summary>
    public static string Write(Ruleset v4, Ruleset v6)
    {
        var text = new StringBuilder();
        foreach (var table in v4.NftTables.Concat(v6.NftTables.Where(t => v4.Find(t.Name) is null))) Write(text, table);
        return text.ToString();
    }

    /// <summary>One table.</summary>
    public static string Write(Table table)
    {
        var text = new StringBuilder();
        Write(text, table);
        return text.ToString();
    }

    /// <summary>Reads the text of `nft list ruleset`. Tables of iptables-nft are left out (iptables-save shows them), as are those of other families than ip, ip6 and inet.</summary>
    /// <exception cref="FormatException">The text is none; the message begins with the line's number.</exception>
    public static (Ruleset V4, Ruleset V6) Parse(string text) => new NftReader().Read(text);

    /// <summary>Reads the line of a base chain: "type filter hook forward priority filter; policy accept;".</summary>
    /// <param name="line">The line.</param>
    /// <param name="place">Where the chain is asked.</param>
    /// <param name="policy">"ACCEPT" or "DROP".</param>
    public static bool TryPlace(string line, out ChainPlace? place, out string policy)
    {
        (place, policy) = (null, "ACCEPT");
        var words = line.TrimEnd(';').Replace(";", " ;").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["type", var type, "hook", var hook, "priority", .. var rest] || !Enum.TryParse(hook, ignoreCase: true, out Hook at)) return false;
        var number = rest.TakeWhile(w => w != ";").ToList();
        int priority = number.Count > 0 && int.TryParse(number[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : Array.Find(Priorities, p => p.Name == number.FirstOrDefault()).Priority;
        if (number.Count == 3 && int.TryParse(number[2], NumberStyles.None, CultureInfo.InvariantCulture, out int by)) priority += number[1] == "-" ? -by : by;
        if (Array.IndexOf(words, "policy") is >= 0 and var p && p + 1 < words.Length) policy = words[p + 1].ToUpperInvariant();
        place = new(type, at, priority);
        return true;
    }

    private static void Write(StringBuilder text, Table table)
    {
        text.Append(CultureInfo.InvariantCulture, $"table {table.Name} {{\n");
        bool first = true;
        foreach (string map in table.Maps)
        {
            if (!first) text.Append('\n');
            first = false;
            text.Append(CultureInfo.InvariantCulture, $"\tmap {map} {{\n\t\ttype ifname : verdict\n");
            var elements = table.Elements(map).OrderBy(e => e.Key, InterfaceOrder).Select(e => $"\"{e.Key}\" : jump {e.Value}").ToList();
            if (elements.Count > 0) text.Append("\t\telements = { ").AppendJoin(",\n\t\t\t     ", elements).Append(" }\n");
            text.Append("\t}\n");
        }
        foreach (var chain in table.Chains)
        {
            if (!first) text.Append('\n');
            first = false;
            text.Append(CultureInfo.InvariantCulture, $"\tchain {chain.Name} {{\n");
            if (chain.Place is { } p) text.Append(CultureInfo.InvariantCulture, $"\t\ttype {p.Type} hook {p.Hook.ToString().ToLowerInvariant()} priority {Name(p.Priority)}; policy {chain.Policy!.ToLowerInvariant()};\n");
            foreach (var rule in chain.Rules) text.Append("\t\t").Append(Counted(rule.ToString())).Append('\n');
            text.Append("\t}\n");
        }
        text.Append("}\n");
    }

    private static string Name(int priority) => Array.Find(Priorities, p => p.Priority == priority).Name ?? priority.ToString(CultureInfo.InvariantCulture);

    private static string Counted(string words) => $" {words} ".Replace(" counter ", " counter packets 0 bytes 0 ", StringComparison.Ordinal).Trim();
}
