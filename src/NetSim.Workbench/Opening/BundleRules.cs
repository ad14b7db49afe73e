using NetSim.Model.Input;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>The rules of a bundle, as iptables-save printed them.</summary>
internal static class BundleRules
{
    /// <summary>The file of nft's own tables.</summary>
    public const string Nft = "host-nftables.txt";

    /// <summary>The changes that a file of the host's rules makes; none when it is not there.</summary>
    /// <exception cref="InputException">It is no output of iptables-save.</exception>
    public static IEnumerable<Change> Read(BundleFolder folder, string file, IpFamily family) => Read(folder.Name(file), folder.Text(file) ?? "", "host", family);

    /// <summary>The changes that a text of iptables-save makes in a namespace.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static IEnumerable<Change> Read(string file, string text, string space, IpFamily family)
    {
        try
        {
            return Changes(RulesetText.Parse(text), space, family).ToList();
        }
        catch (FormatException e)
        {
            throw Misread(file, e);
        }
    }

    /// <summary>The changes that a text of `nft list ruleset` makes in a namespace.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static IEnumerable<Change> ReadNft(string file, string text, string space)
    {
        try
        {
            var (v4, v6) = NftText.Parse(text);
            return NftChanges(v4, space, IpFamily.V4).Concat(NftChanges(v6, space, IpFamily.V6)).ToList();
        }
        catch (FormatException e)
        {
            throw Misread(file, e);
        }
    }

    /// <summary>How many rules that changes make of the host stand in a text of iptables-save right behind the one that they put before them.</summary>
    public static int InPlace(IEnumerable<Change> changes, string text)
    {
        var rules = new Ruleset();
        foreach (var c in changes)
        {
            if (c is Change.RuleAdded { Namespace: "host", Family: IpFamily.V4 } added) rules.Add(added.Table, added.Chain, added.Position, added.Rule);
            if (c is Change.RuleRemoved { Namespace: "host", Family: IpFamily.V4 } removed) rules.Remove(removed.Table, removed.Chain, removed.Rule);
        }
        var made = Pairs(rules).ToHashSet(StringComparer.Ordinal);
        try
        {
            return Pairs(RulesetText.Parse(text)).Count(made.Contains);
        }
        catch (FormatException)
        {
            return 0;
        }
    }

    private static IEnumerable<string> Pairs(Ruleset rules) =>
        rules.Tables.SelectMany(t => t.Chains.SelectMany(c => c.Rules.Select((r, i) => $"{t.Name} {c.Name} {(i == 0 ? "" : c.Rules[i - 1])} | {r}")));

    private static IEnumerable<Change> Changes(Ruleset rules, string space, IpFamily family)
    {
        foreach (var table in rules.Tables)
        {
            foreach (var chain in table.Chains) yield return new Change.ChainSet(space, family, table.Name, chain.Name, chain.Policy);
            foreach (var chain in table.Chains)
                foreach (var rule in chain.Rules) yield return new Change.RuleAdded(space, family, table.Name, chain.Name, null, rule);
        }
    }

    private static IEnumerable<Change> NftChanges(Ruleset rules, string space, IpFamily family)
    {
        foreach (var table in rules.NftTables)
        {
            foreach (string map in table.Maps) yield return new Change.VerdictMapSet(space, family, table.Name, map, null, null);
            foreach (var chain in table.Chains) yield return new Change.ChainSet(space, family, table.Name, chain.Name, chain.Policy) { Asked = chain.Place };
            foreach (string map in table.Maps)
                foreach (var (key, to) in table.Elements(map)) yield return new Change.VerdictMapSet(space, family, table.Name, map, key, to);
            foreach (var chain in table.Chains)
                foreach (var rule in chain.Rules) yield return new Change.RuleAdded(space, family, table.Name, chain.Name, null, rule);
        }
    }

    private static InputException Misread(string file, FormatException e)
    {
        var parts = e.Message.Split(": ", 2);
        bool placed = parts.Length == 2 && parts[0].StartsWith("line ", StringComparison.Ordinal);
        return new(file, placed ? parts[0]["line ".Length..] : "", placed ? parts[1] : e.Message);
    }
}
