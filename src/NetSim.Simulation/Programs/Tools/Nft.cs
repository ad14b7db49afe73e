using NetSim.Model.Netfilter;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>nft 1.0.6: `list ruleset`, `list tables`, `list table FAMILY NAME`, as far as tables are modelled; what iptables keeps is named and left to iptables-save.</summary>
internal sealed class Nft : IProgram
{
    public string Name => "nft";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).Where(w => !w.StartsWith('-')).ToList();
        if (!process.Spec.NetAdmin) return Task.FromResult(process.Fail(1, "Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted"));
        var (v4, v6) = (process.Inspect().RulesOf(IpFamily.V4), process.Inspect().RulesOf(IpFamily.V6));
        var tables = v4.NftTables.Concat(v6.NftTables.Where(t => v4.Find(t.Name) is null)).ToList();
        bool stateless = process.Arguments.Any(w => w is "-s" or "--stateless");
        switch (words)
        {
            case ["list", "ruleset"]:
                Kept(process, "ip", v4);
                Kept(process, "ip6", v6);
                foreach (var t in tables) Print(process, t, stateless);
                return Task.FromResult(0);
            case ["list", "tables"]:
                foreach (var t in v4.Tables) process.Output.Write($"table ip {t.Name}\n");
                foreach (var t in v6.Tables) process.Output.Write($"table ip6 {t.Name}\n");
                foreach (var t in tables) process.Output.Write($"table {t.Name}\n");
                return Task.FromResult(0);
            case ["list", "table", .. var name] when tables.Find(t => t.Name == (name.Count == 1 ? $"ip {name[0]}" : string.Join(' ', name))) is { } found:
                Print(process, found, stateless);
                return Task.FromResult(0);
            case ["list", "table", .. var name]:
                return Task.FromResult(process.Fail(1, $"Error: No such file or directory\n{string.Join(' ', process.Arguments)}\n{new string(' ', string.Join(' ', process.Arguments).Length - name[^1].Length)}{new string('^', name[^1].Length)}"));
            default:
                process.Warn($"nft {string.Join(' ', words)} is not modelled (list ruleset, list tables and list table are)");
                return Task.FromResult(0);
        }
    }

    private static void Print(ProcessContext process, Table table, bool stateless)
    {
        string text = NftText.Write(table);
        process.Output.Write(stateless ? text.Replace(" packets 0 bytes 0", "", StringComparison.Ordinal) : text);
    }

    private static void Kept(ProcessContext process, string family, Ruleset rules)
    {
        foreach (var t in rules.Tables) process.Output.Write($"# Warning: table {family} {t.Name} is managed by iptables-nft, do not touch!\n# (its rules: {family}tables-save -t {t.Name})\n");
    }
}
