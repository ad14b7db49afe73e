using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>The options of -m conntrack. Source: linux v6.6 net/netfilter/xt_conntrack.c conntrack_mt.</summary>
internal static class Tracked
{
    /// <summary>The condition of an option, or null where it is not modelled.</summary>
    public static Condition? Of((bool Not, string Name, string Value) o) => o.Name switch
    {
        "--ctstate" or "--state" => Condition.Of(new Match.ConntrackState(o.Value.Split(',').Aggregate(ConntrackStates.None, (all, w) => all | RuleWriter.State(w)), o.Not)),
        "--ctproto" when IpProtocolNames.TryParse(o.Value.ToLowerInvariant(), out var protocol) => new Flow(f => f.Original.Protocol == protocol, o.Not),
        "--ctorigsrc" => In(o, f => f.Original.Source),
        "--ctorigdst" => In(o, f => f.Original.Destination),
        "--ctreplsrc" => In(o, f => f.Reply.Source),
        "--ctrepldst" => In(o, f => f.Reply.Destination),
        "--ctorigsrcport" => Port(o, f => f.Original.SourcePort),
        "--ctorigdstport" => Port(o, f => f.Original.DestinationPort),
        "--ctreplsrcport" => Port(o, f => f.Reply.SourcePort),
        "--ctrepldstport" => Port(o, f => f.Reply.DestinationPort),
        "--ctdir" => o.Value switch { "ORIGINAL" => new Flow(f => !f.IsReply, o.Not), "REPLY" => new Flow(f => f.IsReply, o.Not), _ => null },
        "--ctstatus" => Status(o),
        _ => null,
    };

    private static Flow In((bool Not, string Name, string Value) o, Func<TrackedFlow, IpAddress> address)
    {
        var subnet = RuleValues.Subnet(o.Value);
        return new(f => subnet.Contains(address(f)), o.Not);
    }

    private static Flow Port((bool Not, string Name, string Value) o, Func<TrackedFlow, Port> port)
    {
        var (from, to) = RuleValues.Ports(o.Value);
        return new(f => port(f).Number >= from && port(f).Number <= to, o.Not);
    }

    private static Flow? Status((bool Not, string Name, string Value) o)
    {
        var words = o.Value.Split(',');
        if (words.Any(w => w is not ("NONE" or "EXPECTED" or "SEEN_REPLY" or "ASSURED" or "CONFIRMED"))) return null;
        bool Holds(TrackedFlow f, string word) => word switch { "SEEN_REPLY" => f.Answered, "ASSURED" => f.Assured, "CONFIRMED" => f.Confirmed, "NONE" => f is { Answered: false, Assured: false, Confirmed: false }, _ => false };
        return new(f => words.Any(w => Holds(f, w)), o.Not);
    }

    private sealed class Flow(Func<TrackedFlow, bool> holds, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Facts?.Flow is { } f && holds(f);
    }
}
