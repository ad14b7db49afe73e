using System.Globalization;

namespace NetSim.Model.Netfilter;

/// <summary>What a target that lets the packet go on does to it. Source: linux v6.6 net/netfilter/xt_CT.c, xt_connmark.c, xt_TCPMSS.c, xt_HL.c.</summary>
internal sealed class TargetEffect
{
    private readonly Action<IPacketFacts, uint>? _do;
    private readonly Func<IPacketFacts, uint, uint>? _mark;

    private TargetEffect(Action<IPacketFacts, uint>? act, Func<IPacketFacts, uint, uint>? mark = null) => (_do, _mark) = (act, mark);

    /// <summary>The effect of "-j NAME …", or null where it is not modelled.</summary>
    public static TargetEffect? Of(string text)
    {
        var o = new ClauseOptions(text);
        return o.Name switch
        {
            "NOTRACK" => Packet(PacketEffect.Untrack, 0),
            "CT" when o.Has("--notrack") && o.Only("--notrack") => Packet(PacketEffect.Untrack, 0),
            "TCPMSS" when o.Has("--clamp-mss-to-pmtu") => Packet(PacketEffect.ClampSegments, 0),
            "TCPMSS" when o.Value("--set-mss") is { } mss => Packet(PacketEffect.SetSegments, RuleValues.Number(mss, 65535)),
            "TTL" or "HL" => TimeToLive(o),
            "CONNMARK" => ConnectionMark(o),
            _ => null,
        };
    }

    /// <summary>Does it, and gives the packet's mark afterwards.</summary>
    public uint Do(IPacketFacts? facts, uint mark)
    {
        if (facts is null) return mark;
        _do?.Invoke(facts, mark);
        return _mark is null ? mark : _mark(facts, mark);
    }

    private static TargetEffect Packet(PacketEffect effect, int value) => new((f, _) => f.Do(effect, value));

    private static TargetEffect? TimeToLive(ClauseOptions o)
    {
        string word = o.Name == "TTL" ? "--ttl-" : "--hl-";
        int Number(string key) => int.Parse(o.Value(word + key)!, NumberStyles.None, CultureInfo.InvariantCulture);
        if (o.All.Any(x => !byte.TryParse(x.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))) return null;
        return o.Has(word + "set") ? Packet(PacketEffect.SetTimeToLive, Number("set")) : o.Has(word + "inc") ? Packet(PacketEffect.AddTimeToLive, Number("inc"))
            : o.Has(word + "dec") ? Packet(PacketEffect.AddTimeToLive, -Number("dec")) : null;
    }

    private static TargetEffect? ConnectionMark(ClauseOptions o)
    {
        uint from = Bits(o.Value("--nfmask", "--mask")) ?? uint.MaxValue, to = Bits(o.Value("--ctmask", "--mask")) ?? uint.MaxValue;
        if (o.Has("--save-mark")) return new((f, mark) => f.FlowMark = (f.FlowMark & ~to) ^ (mark & from));
        if (o.Has("--restore-mark")) return new(null, (f, mark) => (mark & ~from) ^ (f.FlowMark & to));
        if (o.Value("--set-xmark") is { } x && RuleValues.Mark(x) is var (value, mask)) return new((f, _) => f.FlowMark = (f.FlowMark & ~mask) ^ value);
        return o.Value("--set-mark") is { } s && RuleValues.Mark(s) is var (v, m) ? new((f, _) => f.FlowMark = (f.FlowMark & ~(v | m)) ^ v) : null;
    }

    private static uint? Bits(string? word) => word is null ? null : RuleValues.Mark(word).Value;
}
