using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>Turns lines into changes of nft's tables. It keeps its own copy, as the daemon does: a rule goes to the end of its group, and groups stand in order.
/// Source: moby docker-v29.7.2 daemon/libnetwork/internal/nftables/nftables_linux.go Rule.create, chain.Rules.</summary>
internal sealed class NftWriter : IFirewallWriter
{
    private readonly Dictionary<(IpFamily, string Chain), List<(NftGroup Group, Rule Rule)>> _chains = [];
    private readonly Dictionary<(IpFamily, string Map), List<string>> _maps = [];
    private List<Change> _changes = [];

    /// <inheritdoc/>
    public List<Change> Take()
    {
        var taken = _changes;
        _changes = [];
        return taken;
    }

    /// <inheritdoc/>
    public void Write(IpFamily family, FirewallLine line, Origin origin)
    {
        switch (line.Kind)
        {
            case LineKind.Flush: Empty(family, line.Table, origin); break;
            case LineKind.Chain: Chain(family, line, origin); break;
            case LineKind.Member: Element(family, line, origin); break;
            default: Add(family, line, origin); break;
        }
    }

    /// <inheritdoc/>
    public void Delete(IpFamily family, FirewallLine line, Origin origin)
    {
        switch (line.Kind)
        {
            case LineKind.Chain when _chains.Remove((family, line.Chain), out var rules):
                foreach (var (_, rule) in rules) Remove(family, line, rule, origin);
                Do(new Change.ChainRemoved("host", family, line.Table, line.Chain), origin);
                break;
            case LineKind.Member when line.Text.Split(' ') is [var key, _] && _maps.TryGetValue((family, line.Chain), out var keys) && keys.Remove(key):
                Do(new Change.VerdictMapSet("host", family, line.Table, line.Chain, key, null), origin);
                break;
            case LineKind.Append when _chains.TryGetValue((family, line.Chain), out var rules) && rules.FindIndex(r => r.Rule.Words == line.Text) is >= 0 and var at:
                rules.RemoveAt(at);
                Remove(family, line, NftRuleText.Parse(line.Text), origin);
                break;
        }
    }

    /// <summary>All rules and all elements go, the chains stay.</summary>
    private void Empty(IpFamily family, string table, Origin origin)
    {
        foreach (var ((of, chain), rules) in _chains.Where(c => c.Key.Item1 == family))
        {
            foreach (var (_, rule) in rules) Do(new Change.RuleRemoved("host", of, table, chain, rule), origin);
            rules.Clear();
        }
        foreach (var ((of, map), keys) in _maps.Where(m => m.Key.Item1 == family))
        {
            foreach (string key in keys) Do(new Change.VerdictMapSet("host", of, table, map, key, null), origin);
            keys.Clear();
        }
    }

    private void Chain(IpFamily family, FirewallLine line, Origin origin)
    {
        if (!_chains.TryAdd((family, line.Chain), [])) return;
        bool placed = NftText.TryPlace(line.Text, out var place, out string policy);
        Do(new Change.ChainSet("host", family, line.Table, line.Chain, placed ? policy : null) { Asked = place }, origin);
    }

    private void Element(IpFamily family, FirewallLine line, Origin origin)
    {
        if (_maps.TryAdd((family, line.Chain), [])) Do(new Change.VerdictMapSet("host", family, line.Table, line.Chain, null, null), origin);
        if (line.Text.Split(' ') is not [var key, var chain]) return;
        _maps[(family, line.Chain)].Add(key);
        Do(new Change.VerdictMapSet("host", family, line.Table, line.Chain, key, chain), origin);
    }

    private void Add(IpFamily family, FirewallLine line, Origin origin)
    {
        if (!_chains.TryGetValue((family, line.Chain), out var rules) || rules.Exists(r => r.Rule.Words == line.Text)) return;
        var rule = NftRuleText.Parse(line.Text) with { Origin = origin };
        int at = rules.FindIndex(r => r.Group > line.Group);
        rules.Insert(at < 0 ? rules.Count : at, (line.Group, rule));
        Do(new Change.RuleAdded("host", family, line.Table, line.Chain, at < 0 ? null : at + 1, rule), origin);
    }

    private void Remove(IpFamily family, FirewallLine line, Rule rule, Origin origin) => Do(new Change.RuleRemoved("host", family, line.Table, line.Chain, rule with { Origin = origin }), origin);

    private void Do(Change change, Origin origin) => _changes.Add(change with { Origin = origin });
}
