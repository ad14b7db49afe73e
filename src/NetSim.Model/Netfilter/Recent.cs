using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>-m recent: lists of addresses and when they were seen, shared by the rules that name them. Source: linux v6.6 net/netfilter/xt_recent.c recent_mt.</summary>
internal sealed class Recent : Condition
{
    private const int Kept = 20;
    private readonly bool _ofSource, _sets, _updates, _removes;
    private readonly int _hits;
    private readonly long _span;

    private Recent(ClauseOptions o, bool negated) : base(negated)
    {
        ListName = o.Value("--name") ?? "DEFAULT";
        _ofSource = !o.Has("--rdest");
        (_sets, _updates, _removes) = (o.Has("--set"), o.Has("--update"), o.Has("--remove"));
        _hits = RuleValues.Number(o.Value("--hitcount") ?? "0", Kept);
        _span = RuleValues.Number(o.Value("--seconds") ?? "0", int.MaxValue) * 1_000_000_000L;
    }

    /// <summary>Which list.</summary>
    public string ListName { get; }

    /// <summary>The list; rules that name the same get the same. Made by the ruleset.</summary>
    public Dictionary<IpAddress, List<long>> Seen { get; set; } = [];

    /// <summary>The condition, or null where some of it is not modelled.</summary>
    public static Recent? Of(ClauseOptions o)
    {
        bool known = o.Only("--name", "--set", "--rcheck", "--update", "--remove", "--seconds", "--hitcount", "--rsource", "--rdest", "--mask");
        bool whole = o.Value("--mask") is null or "255.255.255.255" or "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
        return known && whole ? new(o, o.All.Any(x => x.Not)) : null;
    }

    protected override bool Is(in HookPacket packet, uint mark)
    {
        var address = _ofSource ? packet.Source : packet.Destination;
        if (_sets)
        {
            Note(address, packet.Time);
            return true;
        }
        if (!Seen.TryGetValue(address, out var times)) return false;
        if (_removes) return Seen.Remove(address);
        long since = packet.Time - _span;
        int hits = times.Count(t => _span == 0 || t >= since);
        bool holds = _hits > 0 ? hits >= _hits : hits > 0;
        if (_updates && holds) Note(address, packet.Time);
        return holds;
    }

    private void Note(IpAddress address, long now)
    {
        if (!Seen.TryGetValue(address, out var times)) Seen[address] = times = [];
        times.Add(now);
        if (times.Count > Kept) times.RemoveAt(0);
    }
}
