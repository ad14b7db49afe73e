using System.Runtime.CompilerServices;

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
    private readonly CompiledChain[]?[,] _entries = new CompiledChain[]?[5, 5];
    private readonly bool[] _any = new bool[5];
    private readonly Dictionary<Chain, CompiledChain> _chains = [];
    private readonly List<CompiledRule> _fresh = [];
    private readonly Dictionary<string, Dictionary<Addressing.IpAddress, List<long>>> _lists;
    private readonly Ruleset _rules;
    private readonly int _version, _setsVersion;

    /// <summary>Makes the rules ready as they are now.</summary>
    /// <param name="rules">The tables.</param>
    /// <param name="before">What was ready before they changed, which must not be asked any more: its chains that did not change go on as they are, with what their rules remember.</param>
    public CompiledRuleset(Ruleset rules, CompiledRuleset? before = null)
    {
        (_rules, _version, _setsVersion) = (rules, rules.Version, rules.SetsVersion);
        if (before is not null && (before._rules != rules || before._setsVersion != _setsVersion)) before = null;
        _lists = before?._lists ?? new(StringComparer.Ordinal);
        foreach (var table in rules.Tables) Enter(table, Compile(table, before));
        foreach (var (chain, place) in rules.NftTables.SelectMany(t => Placed(t, before)).OrderBy(c => c.Place.Priority)) Enter(chain, SlotOf(place), place.Hook);
        foreach (var recent in _fresh.SelectMany(r => r.RecentLists)) recent.Seen = _lists.TryGetValue(recent.ListName, out var list) ? list : _lists[recent.ListName] = recent.Seen;
    }

    /// <summary>All rules of all tables.</summary>
    public IEnumerable<CompiledRule> Rules => _chains.Values.SelectMany(c => c.Rules);

    /// <summary>Those that were not ready before.</summary>
    public IReadOnlyList<CompiledRule> Fresh => _fresh;

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
    /// <param name="all">When given, gets every rule that was met, held or not, in order.</param>
    public Verdict Judge(Hook hook, TableKind table, in HookPacket packet, List<CompiledRule>? met = null, List<CompiledRule>? doubts = null, List<MetRule>? all = null)
    {
        uint mark = packet.Mark;
        if (_entries[(int)table, (int)hook] is not { } chains) return new(VerdictKind.Accept, null, mark);
        CompiledRule? last = null;
        foreach (var chain in chains)
        {
            var rule = Walk(chain, packet, ref mark, (met, doubts, all), MostJumps) ?? chain.Policy!;
            if (rule.Number == 0) met?.Add(rule);
            if (rule.Number == 0) all?.Add(new(rule, 0, true, null));
            // An ACCEPT ends its own base chain; the next of the same hook is asked all the same.
            if (rule.Verdict != VerdictKind.Accept) return new(rule.Verdict, rule, mark);
            if (last is null || rule.Number > 0) last = rule;
        }
        return new(VerdictKind.Accept, last, mark);
    }

    private static CompiledRule? Walk(CompiledChain chain, in HookPacket packet, ref uint mark, (List<CompiledRule>? Met, List<CompiledRule>? Doubts, List<MetRule>? All) notes, int jumps)
    {
        CompiledRule? decided = null;
        // Who wants to know of all rules that were met is told of those, too, that the index passes over.
        if (notes.All is null && chain.Index is { } index)
        {
            var places = index.For(packet);
            while (places.Next() is >= 0 and var place)
                if (IsDecided(chain.Rules[place], packet, ref mark, notes, jumps, ref decided)) return decided;
            return null;
        }
        foreach (var rule in chain.Rules)
            if (IsDecided(rule, packet, ref mark, notes, jumps, ref decided)) return decided;
        return null;
    }

    /// <summary>Asks a rule. Does the walk through its chain end with it? Then <paramref name="decided"/> is what it says, null for a RETURN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDecided(CompiledRule rule, in HookPacket packet, ref uint mark, (List<CompiledRule>? Met, List<CompiledRule>? Doubts, List<MetRule>? All) notes, int jumps, ref CompiledRule? decided)
    {
        if (!rule.Holds(packet, mark))
        {
            notes.All?.Add(new(rule, MostJumps - jumps, false, rule.Failing(packet, mark)));
            if (notes.Doubts is not null && rule.MayHold(packet, mark)) notes.Doubts.Add(rule);
            return false;
        }
        if (rule.Kind == RuleKind.Dispatch)
        {
            if (rule.JumpOf(packet) is not { } found) return false;
            rule = found;
        }
        notes.Met?.Add(rule);
        notes.All?.Add(new(rule, MostJumps - jumps, true, null));
        switch (rule.Kind)
        {
            case <= RuleKind.Redirect: decided = rule; return true;
            case RuleKind.Return: return true;
            case RuleKind.Effect: mark = rule.Effect?.Do(packet.Facts, mark) ?? mark; return false;
            case RuleKind.SetMark: mark = Marked(mark, (Target.SetMark)rule.Rule.Target!); return false;
            case RuleKind.Jump or RuleKind.Goto when rule.To is { } to && jumps > 0:
                decided = Walk(to, packet, ref mark, notes, jumps - 1);
                return decided is not null || rule.Kind == RuleKind.Goto;
            default: return false;
        }
    }

    /// <summary>Source: linux net/netfilter/xt_mark.c mark_tg.</summary>
    private static uint Marked(uint mark, Target.SetMark target) => (mark & ~target.Mask) ^ target.Value;

    private Dictionary<string, CompiledChain> Compile(Table table, CompiledRuleset? before)
    {
        var chains = table.Chains.ToDictionary(c => c.Name, c => Ready(table, c, before), StringComparer.Ordinal);
        bool relink = before is null || table.Chains.Any(c => !before._chains.ContainsKey(c)) || before._chains.Values.Count(c => c.Table == table.Name) != chains.Count;
        foreach (var chain in table.Chains) _chains.Add(chain, chains[chain.Name]);
        foreach (var chain in chains.Values)
            foreach (var rule in relink ? (IReadOnlyList<CompiledRule>)chain.Rules : chain.Added) rule.LeadTo(chains);
        return chains;
    }

    private void Enter(Table table, Dictionary<string, CompiledChain> chains)
    {
        var slot = (TableKind)Array.IndexOf(TableNames, table.Name);
        for (int hook = 0; hook < HookChains.Length; hook++)
            if (chains.TryGetValue(HookChains[hook], out var entry) && entry.Policy is not null) Enter(entry, slot, (Hook)hook);
    }

    private void Enter(CompiledChain entry, TableKind slot, Hook hook)
    {
        if (entry.Rules.Length == 0 && entry.Policy!.Kind == RuleKind.Accept) return;
        _entries[(int)slot, (int)hook] = [.. _entries[(int)slot, (int)hook] ?? [], entry];
        _any[(int)hook] = true;
    }

    /// <summary>The base chains of one of nft's tables, its maps ready.</summary>
    private IEnumerable<(CompiledChain Chain, ChainPlace Place)> Placed(Table table, CompiledRuleset? before)
    {
        var compiled = Compile(table, before);
        foreach (var rule in compiled.Values.SelectMany(c => c.Rules)) rule.Spread(table, compiled);
        foreach (var chain in table.Chains)
            if (chain.Place is { } place) yield return (compiled[chain.Name], place);
    }

    /// <summary>With which table of iptables a base chain of nft is asked: the one of its priority or the next above it.
    /// Source: linux include/uapi/linux/netfilter_ipv4.h nf_ip_hook_priorities.</summary>
    private static TableKind SlotOf(ChainPlace place) => place switch
    {
        { Type: "nat" } => TableKind.Nat,
        { Hook: Hook.Prerouting or Hook.Output, Priority: < -200 } => TableKind.Raw,
        { Hook: Hook.Postrouting } or { Priority: < -100 } => TableKind.Mangle,
        _ => TableKind.Filter,
    };

    /// <summary>A chain: as it was, where it did not change; else with those of its rules that are still there.</summary>
    private CompiledChain Ready(Table table, Chain chain, CompiledRuleset? before)
    {
        var known = before?._chains.GetValueOrDefault(chain);
        bool same = known is not null && known.Version == chain.Version && known.Rules.Length == chain.Rules.Count;
        var ready = known ?? new CompiledChain { Table = table.Name };
        if (ready.Policy is null ? chain.Policy is not null : ready.PolicyText != chain.Policy) (ready.Policy, ready.PolicyText) = (PolicyOf(table, chain), chain.Policy);
        ready.Added = [];
        if (!same) Compile(chain, ready);
        ready.Version = chain.Version;
        return ready;
    }

    /// <summary>Most changes add or remove one rule: what lies before and behind it is found by going along both lists, the rest by asking.</summary>
    private void Compile(Chain chain, CompiledChain ready)
    {
        var (before, now) = (ready.Rules, chain.Rules);
        int head = 0, tail = 0, shorter = Math.Min(before.Length, now.Count);
        while (head < shorter && ReferenceEquals(before[head].Rule, now[head])) head++;
        while (tail < shorter - head && ReferenceEquals(before[^(tail + 1)].Rule, now[^(tail + 1)])) tail++;
        var moved = new Dictionary<Rule, CompiledRule>(ReferenceEqualityComparer.Instance);
        foreach (var rule in before.AsSpan(head..^tail)) moved.TryAdd(rule.Rule, rule);
        var rules = new CompiledRule[now.Count];
        for (int i = 0; i < rules.Length; i++)
        {
            if (i < head) rules[i] = before[i];
            else if (i >= rules.Length - tail) rules[i] = before[^(rules.Length - i)];
            else if (moved.Remove(now[i], out var known)) rules[i] = known;
            else ready.Added.Add(rules[i] = new CompiledRule(ready.Table, chain.Name, i + 1, now[i], _rules.Sets));
            rules[i].MoveTo(i + 1);
        }
        _fresh.AddRange(ready.Added);
        ready.Rules = rules;
    }

    private CompiledRule? PolicyOf(Table table, Chain chain) => chain.Policy is null ? null
        : new(table.Name, chain.Name, 0, new Rule { Target = chain.Policy == "DROP" ? new Target.Drop() : new Target.Accept() }, _rules.Sets);
}
