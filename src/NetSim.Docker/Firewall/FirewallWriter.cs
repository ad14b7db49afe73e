using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall;

/// <summary>Turns lines into changes of the host's tables.</summary>
internal interface IFirewallWriter
{
    /// <summary>The changes since the last call.</summary>
    List<Change> Take();

    /// <summary>Writes a line.</summary>
    void Write(IpFamily family, FirewallLine line, Origin origin);

    /// <summary>Takes a line out again, if it is there.</summary>
    void Delete(IpFamily family, FirewallLine line, Origin origin);
}

/// <summary>Turns lines into changes of the tables of iptables. It keeps its own copy of what it wrote, in the place of the daemon's questions to iptables -C
/// (source: moby v28.5.2 libnetwork/iptables/iptables.go Rule.Exists).</summary>
internal sealed class FirewallWriter : IFirewallWriter
{
    private readonly Ruleset _v4 = new();
    private readonly Ruleset _v6 = new();
    private readonly HashSet<(IpFamily Family, string Table, string Chain, string Text)> _there = [];
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
            case LineKind.Policy: Do(family, new Change.ChainSet("host", family, line.Table, line.Chain, line.Text), origin); break;
            case LineKind.Chain: Chain(family, line, origin); break;
            case LineKind.Flush: Flush(family, line, origin); break;
            case LineKind.Member: Member(family, line, origin, present: true); break;
            case LineKind.Remove: Delete(family, line, origin); break;
            default: Add(family, line, origin); break;
        }
    }

    /// <inheritdoc/>
    public void Delete(IpFamily family, FirewallLine line, Origin origin)
    {
        if (line.Kind is LineKind.Policy or LineKind.Chain or LineKind.Flush || line.Stays) return;
        if (line.Kind == LineKind.Member)
        {
            Member(family, line, origin, present: false);
            return;
        }
        var rule = RuleText.Parse(line.Text);
        if (Has(family, line, rule)) Do(family, new Change.RuleRemoved("host", family, line.Table, line.Chain, rule with { Origin = origin }), origin);
    }

    private void Chain(IpFamily family, FirewallLine line, Origin origin)
    {
        if (Of(family).Find(line.Table)?.Chain(line.Chain) is null) Do(family, new Change.ChainSet("host", family, line.Table, line.Chain, null), origin);
    }

    private void Add(IpFamily family, FirewallLine line, Origin origin)
    {
        var rule = RuleText.Parse(line.Text) with { Origin = origin };
        if (line.Kind == LineKind.First) Delete(family, line with { Stays = false }, origin);
        else if (Has(family, line, rule)) return;
        Do(family, new Change.RuleAdded("host", family, line.Table, line.Chain, line.Kind == LineKind.Append ? null : 1, rule), origin);
    }

    private void Member(IpFamily family, FirewallLine line, Origin origin, bool present)
    {
        IReadOnlyList<Subnet> members = line.Text.Length == 0 ? [] : Of(family).Sets.GetValueOrDefault(line.Chain) ?? [];
        if (line.Text.Length > 0)
        {
            var member = Subnet.Parse(line.Text);
            members = present ? [.. members.Where(m => m != member), member] : [.. members.Where(m => m != member)];
        }
        Do(family, new Change.IpSetFilled("host", family, line.Chain, members), origin);
    }

    private void Flush(IpFamily family, FirewallLine line, Origin origin)
    {
        foreach (var rule in Of(family).Find(line.Table)?.Chain(line.Chain)?.Rules.ToList() ?? [])
            Do(family, new Change.RuleRemoved("host", family, line.Table, line.Chain, rule), origin);
    }

    private bool Has(IpFamily family, FirewallLine line, Rule rule) => _there.Contains((family, line.Table, line.Chain, rule.ToString()));

    private Ruleset Of(IpFamily family) => family == IpFamily.V4 ? _v4 : _v6;

    private void Do(IpFamily family, Change change, Origin origin)
    {
        _changes.Add(change with { Origin = origin });
        switch (change)
        {
            case Change.IpSetFilled c: Of(family).Set(c.Set, c.Members); break;
            case Change.ChainSet c: Of(family).Table(c.Table).Make(c.Chain, c.Policy); break;
            case Change.RuleAdded c:
                Of(family).Add(c.Table, c.Chain, c.Position, c.Rule);
                _there.Add((family, c.Table, c.Chain, c.Rule.ToString()));
                break;
            case Change.RuleRemoved c:
                Of(family).Remove(c.Table, c.Chain, c.Rule);
                _there.Remove((family, c.Table, c.Chain, c.Rule.ToString()));
                break;
        }
    }
}
