namespace NetSim.Model.Netfilter;

/// <summary>The tables of iptables, by number.</summary>
public enum TableKind
{
    /// <summary>raw: before connection tracking.</summary>
    Raw,
    /// <summary>mangle.</summary>
    Mangle,
    /// <summary>nat: asked for the first packet of a conversation only.</summary>
    Nat,
    /// <summary>filter.</summary>
    Filter,
    /// <summary>security.</summary>
    Security,
}

/// <summary>The decision of netfilter: all tables of a family made ready for one state of a <see cref="Ruleset"/>. When <see cref="IsStale"/>, make a new one.
/// Asking allocates nothing; only the buckets of -m limit remember anything.</summary>
public sealed class CompiledRuleset
{
    /// <summary>nft allows 16 jumps; a deeper walk ends as a RETURN does.</summary>
    private const int MostJumps = 16;

    private static readonly string[] TableNames = ["raw", "mangle", "nat", "filter", "security"];
    private static readonly string[] HookChains = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];
    private readonly CompiledChain?[,] _entries = new CompiledChain?[5, 5];
    private readonly bool[] _any = new bool[5];
    private readonly List<CompiledRule> _all = [];
    private readonly Ruleset _rules;
    private readonly int _version;

    /// <summary>Makes the rules ready as they are now.</summary>
    public CompiledRuleset(Ruleset rules)
    {
        (_rules, _version) = (rules, rules.Version);
        foreach (var table in rules.Tables) Compile(table);
        Rules = [.. _all];
        var lists = new Dictionary<string, Dictionary<Addressing.IpAddress, List<long>>>(StringComparer.Ordinal);
        foreach (var recent in _all.SelectMany(r => r.RecentLists)) recent.Seen = lists.TryGetValue(recent.ListName, out var list) ? list : lists[recent.ListName] = recent.Seen;
    }

    /// <summary>All rules of all tables.</summary>
    public IReadOnlyList<CompiledRule> Rules { get; }

    /// <summary>Has a table changed since?</summary>
    public bool IsStale => _rules.Version != _version;

    /// <summary>Can any table say more than ACCEPT at the hook?</summary>
    public bool HasRules(Hook hook) => _any[(int)hook];

    /// <summary>Can this table say more than ACCEPT at the hook?</summary>
    public bool HasRules(Hook hook, TableKind table) => _entries[(int)table, (int)hook] is not null;

    /// <summary>What the table says of the packet at the hook.</summary>
    /// <param name="hook">Where the packet is.</param>
    /// <param name="table">Which table is asked.</param>
    /// <param name="packet">Its headers.</param>
    /// <param name="met">When given, gets the rules that held on the way, jumps among them, the deciding one last.</param>
    /// <param name="doubts">When given, gets the rules on the way that might have held: all that is modelled of them does, and something is not modelled.</param>
    public Verdict Judge(Hook hook, TableKind table, in HookPacket packet, List<CompiledRule>? met = null, List<CompiledRule>? doubts = null)
    {
        uint mark = packet.Mark;
        if (_entries[(int)table, (int)hook] is not { } chain) return new(VerdictKind.Accept, null, mark);
        var rule = Walk(chain, packet, ref mark, (met, doubts), MostJumps) ?? chain.Policy!;
        if (rule.Number == 0) met?.Add(rule);
        return new(rule.Verdict, rule, mark);
    }

    private static CompiledRule? Walk(CompiledChain chain, in HookPacket packet, ref uint mark, (List<CompiledRule>? Met, List<CompiledRule>? Doubts) notes, int jumps)
    {
        var (met, doubts) = notes;
        for (int i = 0; i < chain.Rules.Length; i++)
        {
            var rule = chain.Rules[i];
            if (!rule.Holds(packet, mark))
            {
                if (doubts is not null && rule.MayHold(packet, mark)) doubts.Add(rule);
                continue;
            }
            met?.Add(rule);
            switch (rule.Kind)
            {
                case <= RuleKind.Redirect: return rule;
                case RuleKind.Return: return null;
                case RuleKind.Effect: mark = rule.Effect?.Do(packet.Facts, mark) ?? mark; break;
                case RuleKind.SetMark: mark = Marked(mark, (Target.SetMark)rule.Rule.Target!); break;
                case RuleKind.Jump or RuleKind.Goto when rule.To is { } to && jumps > 0:
                    var decided = Walk(to, packet, ref mark, notes, jumps - 1);
                    if (decided is not null || rule.Kind == RuleKind.Goto) return decided;
                    break;
            }
        }
        return null;
    }

    /// <summary>Source: linux net/netfilter/xt_mark.c mark_tg.</summary>
    private static uint Marked(uint mark, Target.SetMark target) => (mark & ~target.Mask) ^ target.Value;

    private void Compile(Table table)
    {
        var chains = table.Chains.ToDictionary(c => c.Name, c => new CompiledChain { Policy = PolicyOf(table, c) }, StringComparer.Ordinal);
        foreach (var chain in table.Chains) chains[chain.Name].Rules = [.. chain.Rules.Select((r, i) => Compile(table, chain, i + 1, r, chains))];
        int t = Array.IndexOf(TableNames, table.Name);
        for (int hook = 0; hook < HookChains.Length; hook++)
        {
            if (!chains.TryGetValue(HookChains[hook], out var entry) || entry.Policy is null) continue;
            if (entry.Rules.Length == 0 && entry.Policy.Kind == RuleKind.Accept) continue;
            _entries[t, hook] = entry;
            _any[hook] = true;
        }
    }

    private CompiledRule Compile(Table table, Chain chain, int number, Rule rule, Dictionary<string, CompiledChain> chains)
    {
        string? to = rule.Target switch { Target.Jump t => t.Chain, Target.Goto t => t.Chain, _ => null };
        var made = new CompiledRule(table.Name, chain.Name, number, rule, _rules.Sets) { To = to is null ? null : chains.GetValueOrDefault(to) };
        _all.Add(made);
        return made;
    }

    private CompiledRule? PolicyOf(Table table, Chain chain) => chain.Policy is null ? null
        : new(table.Name, chain.Name, 0, new Rule { Target = chain.Policy == "DROP" ? new Target.Drop() : new Target.Accept() }, _rules.Sets);
}
