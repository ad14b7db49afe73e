using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>Match extensions whose clause is kept as it is written, and the conditions they make. Source: linux v6.6 net/netfilter/xt_*.c of each name.</summary>
internal static class Extensions
{
    /// <summary>A clause "-m NAME …" as a match: an extension, or unknown where some of it is not modelled.</summary>
    /// <exception cref="FormatException">A value of it can't be meant.</exception>
    public static Match Read(string text, bool negated = false) => Make(text) is null ? new Match.Unknown(text, negated) : new Match.Extension(text);

    /// <summary>The condition of a clause, or null where some of it is not modelled.</summary>
    public static Condition? Make(string text)
    {
        var o = new ClauseOptions(text);
        return o.Name switch
        {
            "iprange" when o.Only("--src-range", "--dst-range") => All(o, IpRange),
            "mac" when o.Only("--mac-source") => All(o, x => new MacIs(Mac(x.Value), x.Not)),
            "length" when o.Only("--length") => All(o, x => new NumberIn(Range(x.Value, 65535), f => f.Length, x.Not)),
            "ttl" or "hl" => All(o, TimeToLive),
            "physdev" => All(o, Physical),
            "connmark" when o.Only("--mark") => All(o, x => new FlowMarked(RuleValues.Mark(x.Value), x.Not)),
            "conntrack" or "state" => All(o, Tracked.Of),
            "statistic" => Statistic(o),
            "hashlimit" => HashLimit.Of(o),
            "recent" => Recent.Of(o),
            _ => null,
        };
    }

    private static Condition? All(ClauseOptions options, Func<(bool Not, string Name, string Value), Condition?> make)
    {
        var conditions = options.All.Select(make).ToList();
        return conditions.Count == 0 || conditions.Contains(null) ? null : conditions.Count == 1 ? conditions[0] : new Every([.. conditions.OfType<Condition>()]);
    }

    private static IpIn IpRange((bool Not, string Name, string Value) o)
    {
        int dash = o.Value.IndexOf('-');
        string first = dash < 0 ? o.Value : o.Value[..dash], last = dash < 0 ? o.Value : o.Value[(dash + 1)..];
        if (!IpAddress.TryParse(first, out var from) || !IpAddress.TryParse(last, out var to) || from.IsV6 != to.IsV6 || from > to) throw new FormatException($"\"{o.Value}\" is not a range of addresses such as 10.0.0.1-10.0.0.9");
        return new(from, to, o.Name == "--src-range", o.Not);
    }

    private static MacAddress Mac(string word) => MacAddress.TryParse(word, out var mac) ? mac : throw new FormatException($"\"{word}\" is not a hardware address such as 02:42:ac:12:00:02");

    private static (int From, int To) Range(string word, int most)
    {
        int colon = word.IndexOf(':');
        return colon < 0 ? (RuleValues.Number(word, most), RuleValues.Number(word, most)) : (colon == 0 ? 0 : RuleValues.Number(word[..colon], most), colon == word.Length - 1 ? most : RuleValues.Number(word[(colon + 1)..], most));
    }

    private static NumberIn? TimeToLive((bool Not, string Name, string Value) o)
    {
        int n = RuleValues.Number(o.Value, 255);
        (int, int)? range = o.Name switch { "--ttl-eq" or "--hl-eq" or "--ttl" => (n, n), "--ttl-lt" or "--hl-lt" => (0, n - 1), "--ttl-gt" or "--hl-gt" => (n + 1, 255), _ => null };
        return range is { } r ? new(r, f => f.TimeToLive, o.Not) : null;
    }

    private static Condition? Physical((bool Not, string Name, string Value) o) => o.Name switch
    {
        "--physdev-in" => new PhysicalIs(f => f.PhysicalIn, o.Value, o.Not),
        "--physdev-out" => new PhysicalIs(f => f.PhysicalOut, o.Value, o.Not),
        "--physdev-is-in" => new Fact(f => f.PhysicalIn is not null, o.Not),
        "--physdev-is-out" => new Fact(f => f.PhysicalOut is not null, o.Not),
        "--physdev-is-bridged" => new Fact(f => f.IsBridged, o.Not),
        _ => null,
    };

    private static Condition? Statistic(ClauseOptions o)
    {
        bool not = o.All.Any(x => x.Not);
        if (o.Value("--mode") == "random" && double.TryParse(o.Value("--probability"), NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1) return new Fact(f => f.Draw() < share, not);
        return o.Value("--mode") == "nth" && o.Value("--every") is { } every ? new Nth(RuleValues.Number(every, int.MaxValue), RuleValues.Number(o.Value("--packet") ?? "0", int.MaxValue), not) : null;
    }

    private sealed class Every(Condition[] conditions) : Condition(negated: false)
    {
        protected override bool Is(in HookPacket packet, uint mark)
        {
            foreach (var c in conditions)
                if (!c.Holds(packet, mark)) return false;
            return true;
        }
    }

    private sealed class IpIn(IpAddress from, IpAddress to, bool ofSource, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => (ofSource ? packet.Source : packet.Destination) is var a && a.IsV6 == from.IsV6 && !(a < from) && !(a > to);
    }

    /// <summary>Something that only <see cref="IPacketFacts"/> knows; where nobody tells, nothing holds.</summary>
    private sealed class Fact(Func<IPacketFacts, bool> holds, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Facts is { } f && holds(f);
    }

    private sealed class MacIs(MacAddress mac, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Facts?.SourceMac == mac;
    }

    private sealed class NumberIn((int From, int To) range, Func<IPacketFacts, int> number, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Facts is { } f && number(f) is var n && n >= range.From && n <= range.To;
    }

    private sealed class PhysicalIs(Func<IPacketFacts, string?> device, string wanted, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) =>
            packet.Facts is { } f && device(f) is { } name && (wanted.EndsWith('+') ? name.StartsWith(wanted[..^1], StringComparison.Ordinal) : name == wanted);
    }

    private sealed class FlowMarked((uint Value, uint Mask) wanted, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Facts is { Flow: not null } f && (f.FlowMark & wanted.Mask) == wanted.Value;
    }

    private sealed class Nth(int every, int packet, bool negated) : Condition(negated)
    {
        private int _count = packet;

        protected override bool Is(in HookPacket packet, uint mark)
        {
            bool due = _count >= every - 1;
            _count = due ? 0 : _count + 1;
            return due;
        }
    }
}
