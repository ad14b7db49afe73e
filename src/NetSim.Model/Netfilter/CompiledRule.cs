using NetSim.Model.Tracing;

namespace NetSim.Model.Netfilter;

/// <summary>A rule made ready to be asked many times, and its place.</summary>
public sealed class CompiledRule
{
    private static readonly Dictionary<string, IReadOnlyList<Addressing.Subnet>> NoSets = new(StringComparer.Ordinal);
    private FilterDetail?[]? _details;
    private int[]? _slots;
    private readonly Condition[] _conditions;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<Addressing.Subnet>> _sets;
    private readonly bool _doubtful;

    internal CompiledRule(string table, string chain, int number, Rule rule, IReadOnlyDictionary<string, IReadOnlyList<Addressing.Subnet>> sets)
    {
        (Table, Chain, Number, Rule, _sets) = (table, chain, number, rule, sets);
        _doubtful = rule.NotModelled is not null && rule.Matches.OfType<Match.Unknown>().Any() || rule.Matches.OfType<Match.InSet>().Any(m => !sets.ContainsKey(m.Name));
        if (rule.Target is Target.Effect e) Effect = TargetEffect.Of(e.Text);
        _conditions = [.. rule.Matches.OrderBy(m => IsBasic(m) ? 0 : 1).Select(m => Condition.Of(m, sets)).OfType<Condition>()];
        Kind = KindOf(rule.Target);
    }

    /// <summary>"filter".</summary>
    public string Table { get; }

    /// <summary>"FORWARD", "DOCKER".</summary>
    public string Chain { get; }

    /// <summary>From 1; 0 is the policy of the chain.</summary>
    public int Number { get; private set; }

    /// <summary>The rule itself; of a policy one without conditions.</summary>
    public Rule Rule { get; }

    /// <summary>Does it jump to a chain that is not there (the target of an extension that is not modelled)? Then it does nothing.</summary>
    public bool LeadsNowhere => Kind is RuleKind.Jump or RuleKind.Goto && To is null;

    internal RuleKind Kind { get; }

    internal TargetEffect? Effect { get; }

    internal IEnumerable<Recent> RecentLists => _conditions.OfType<Recent>();

    internal CompiledChain? To { get; private set; }

    /// <summary>The jumps of a verdict map, by interface; null for all other rules.</summary>
    internal Dictionary<string, CompiledRule>? Jumps { get; private set; }

    internal VerdictKind Verdict => (VerdictKind)Kind;

    /// <summary>What a trace says of this rule at a hook; made once.</summary>
    public FilterDetail Detail(Hook hook) => (_details ??= new FilterDetail?[5])[(int)hook] ??= new(hook, Table, Chain, Number, Number == 0 ? $"policy {Word()}" : Rule.ToString(), Word(), Rule.Origin);

    /// <summary>The number that a trace's writer gave the detail at a hook; -1 as long as it gave none. The writer sets it, so that the next packet is logged without a look-up.</summary>
    public ref int TraceSlot(Hook hook) => ref (_slots ??= [-1, -1, -1, -1, -1])[(int)hook];

    /// <summary>Another rule before it came or went.</summary>
    internal void MoveTo(int number)
    {
        if (Number == number) return;
        Number = number;
        (_details, _slots) = (null, null);
    }

    /// <summary>"DOCKER 3: -d 172.18.0.3/32 -j ACCEPT" or "FORWARD policy DROP".</summary>
    public override string ToString() => Number == 0 ? $"{Chain} policy {Word()}" : $"{Chain} {Number}: {Rule}";

    /// <summary>Do all its conditions that are modelled hold, while one is not? Then nobody knows whether the rule would.</summary>
    internal bool MayHold(in HookPacket packet, uint mark)
    {
        if (!_doubtful) return false;
        foreach (var c in _conditions)
            if (!c.IsUnknown && !c.Holds(packet, mark)) return false;
        return true;
    }

    /// <summary>Finds the chain it jumps to, if it does.</summary>
    internal void LeadTo(Dictionary<string, CompiledChain> chains)
    {
        string? to = Rule.Target switch { Target.Jump t => t.Chain, Target.Goto t => t.Chain, _ => null };
        To = to is null ? null : chains.GetValueOrDefault(to);
    }

    /// <summary>Makes the jumps of a verdict map, if it asks one: each reads like "oifname vmap @jumps { "br0" : jump in__br0 }", the one element that a packet meets.</summary>
    internal void Spread(Table table, Dictionary<string, CompiledChain> chains)
    {
        if (Rule.Target is not Target.Dispatch map) return;
        var before = Jumps;
        Jumps = new(StringComparer.Ordinal);
        foreach (var (key, chain) in table.Elements(map.Map))
        {
            var rule = Rule with { Target = new Target.Jump(chain), Words = $"{Rule.Words} {{ \"{key}\" : jump {chain} }}" };
            bool same = before is not null && before.TryGetValue(key, out var known) && known.Number == Number && known.Rule.Words == rule.Words;
            var jump = Jumps[key] = same ? before![key] : new CompiledRule(Table, Chain, Number, rule, NoSets);
            jump.LeadTo(chains);
        }
    }

    /// <summary>The first condition of the text that does not hold; null when all do. Made anew for each question: it is asked for people only.</summary>
    internal Match? Failing(in HookPacket packet, uint mark)
    {
        foreach (var match in Rule.Matches)
            if (Condition.Of(match, _sets) is { } condition && !condition.Holds(packet, mark)) return match;
        return null;
    }

    internal bool Holds(in HookPacket packet, uint mark)
    {
        foreach (var c in _conditions)
            if (!c.Holds(packet, mark)) return false;
        return true;
    }

    /// <summary>The jump that a verdict map has for the packet, or null.</summary>
    internal CompiledRule? JumpOf(in HookPacket packet) =>
        (((Target.Dispatch)Rule.Target!).ByInput ? packet.InInterface : packet.OutInterface) is { } key && Jumps!.TryGetValue(key, out var jump) ? jump : null;

    private string Word() => Rule.Target switch
    {
        null or Target.Dispatch => "CONTINUE",
        Target.Jump t => t.Chain,
        Target.Goto t => t.Chain,
        Target.SetMark => "MARK",
        Target.Effect t => t.Text.Split(' ')[1],
        Target.Notice t => t.Text.Split(' ')[1],
        Target.Unknown t => t.Text.Split(' ') is [_, var name, ..] ? name : t.Text,
        { } t => t.GetType().Name.ToUpperInvariant(),
    };

    private static bool IsBasic(Match match) => match is Match.Source or Match.Destination or Match.InInterface or Match.OutInterface or Match.Protocol;

    private static RuleKind KindOf(Target? target) => target switch
    {
        Target.Accept => RuleKind.Accept,
        Target.Drop => RuleKind.Drop,
        Target.Reject => RuleKind.Reject,
        Target.Dnat => RuleKind.Dnat,
        Target.Snat => RuleKind.Snat,
        Target.Masquerade => RuleKind.Masquerade,
        Target.Redirect => RuleKind.Redirect,
        Target.Return => RuleKind.Return,
        Target.Jump => RuleKind.Jump,
        Target.Goto => RuleKind.Goto,
        Target.Dispatch => RuleKind.Dispatch,
        Target.SetMark => RuleKind.SetMark,
        Target.Effect => RuleKind.Effect,
        _ => RuleKind.Continue,
    };
}

/// <summary>What a rule that holds does with the walk; the first seven are verdicts in the order of <see cref="VerdictKind"/>.</summary>
internal enum RuleKind : byte
{
    Accept,
    Drop,
    Reject,
    Dnat,
    Snat,
    Masquerade,
    Redirect,
    Return,
    Jump,
    Goto,
    SetMark,
    Effect,
    Dispatch,
    Continue,
}

/// <summary>A chain made ready to be walked.</summary>
internal sealed class CompiledChain
{
    private ChainIndex? _index;

    /// <summary>"filter".</summary>
    public required string Table { get; init; }

    /// <summary>Its rules in order.</summary>
    public CompiledRule[] Rules
    {
        get;
        set => (field, _index) = (value, null);
    } = [];

    /// <summary>Those that came with the last change.</summary>
    public List<CompiledRule> Added { get; set; } = [];

    /// <summary>Which rules a packet can fulfil at all, where that is worth knowing; null for a short chain.</summary>
    public ChainIndex? Index => Rules.Length < ChainIndex.Least ? null : _index ??= new(Rules);

    /// <summary>What stands at the end of a built-in chain; null in one of the user's.</summary>
    public CompiledRule? Policy { get; set; }

    /// <summary>The policy's word.</summary>
    public string? PolicyText { get; set; }

    /// <summary>The version of the chain that it was made of.</summary>
    public int Version { get; set; }
}
