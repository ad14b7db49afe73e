using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>A match made ready to be asked many times: it allocates nothing.</summary>
internal abstract class Condition(bool negated)
{
    /// <summary>Does the packet fulfil it?</summary>
    public bool Holds(in HookPacket packet, uint mark) => Is(packet, mark) != negated;

    /// <summary>Stands it for a match that is not modelled?</summary>
    public bool IsUnknown => this is Never;

    /// <summary>Without the "!".</summary>
    protected abstract bool Is(in HookPacket packet, uint mark);

    /// <summary>The condition of a match; null for one that always holds.</summary>
    /// <param name="match">The match.</param>
    /// <param name="sets">The ipsets of the namespace, for a match that asks one.</param>
    public static Condition? Of(Match match, IReadOnlyDictionary<string, IReadOnlyList<Subnet>>? sets = null) => match switch
    {
        Match.InSet m when sets?.GetValueOrDefault(m.Name) is { } members => new MemberOf([.. members], m.OfSource, m.Negated),
        Match.Source m => new AddressIn(m.Subnet, OfSource: true, m.Negated),
        Match.Destination m => new AddressIn(m.Subnet, OfSource: false, m.Negated),
        Match.InInterface m => new Named(m.Name, Incoming: true, m.Negated),
        Match.OutInterface m => new Named(m.Name, Incoming: false, m.Negated),
        Match.Protocol m => new Carries(m.Value, m.Negated),
        Match.SourcePorts m => new PortIn(PortSide.Source, [(m.From, m.To)], m.Negated),
        Match.DestinationPorts m => new PortIn(PortSide.Destination, [(m.From, m.To)], m.Negated),
        Match.Multiport m => new PortIn(m.Side, [.. m.Ports], m.Negated),
        Match.ConntrackState m => new InState(m.States, m.Negated),
        Match.OriginalDestination m => new WasTo(m.Subnet, m.Port, m.Negated),
        Match.AddressType m => new OfType(m.OfSource, TypeOf(m.Type), m.Negated),
        Match.Mark m => new Marked(m.Value, m.Mask, m.Negated),
        Match.IcmpType m => new IcmpIs(m.Type, m.Code, m.Negated),
        Match.TcpFlags m => new FlagsAre(m.Mask, m.Wanted, m.Negated),
        Match.Comment => null,
        Match.Limit m => new Bucket(m.PerSecond, m.Burst),
        Match.Extension m => Extensions.Make(m.Text) ?? new Never(),
        Match.Unknown { Text: "-f" } m => new IsLaterFragment(m.Negated),
        _ => new Never(),
    };

    private static AddressTypes TypeOf(string words)
    {
        var types = AddressTypes.None;
        foreach (string word in words.Split(',')) types |= word == "UNSPEC" ? AddressTypes.Unspecified : Enum.TryParse(word, ignoreCase: true, out AddressTypes t) ? t : AddressTypes.None;
        return types;
    }

    private static bool HasPorts(in HookPacket packet) => !packet.LaterFragment && packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;

    private sealed class AddressIn(Subnet subnet, bool OfSource, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => subnet.Contains(OfSource ? packet.Source : packet.Destination);
    }

    private sealed class MemberOf(Subnet[] members, bool OfSource, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark)
        {
            foreach (var subnet in members)
                if (subnet.Contains(OfSource ? packet.Source : packet.Destination)) return true;
            return false;
        }
    }

    private sealed class Named(string name, bool Incoming, bool negated) : Condition(negated)
    {
        private readonly bool _prefix = name.EndsWith('+');
        private readonly string _name = name.TrimEnd('+');

        protected override bool Is(in HookPacket packet, uint mark)
        {
            string given = (Incoming ? packet.InInterface : packet.OutInterface) ?? "";
            return _prefix ? given.StartsWith(_name, StringComparison.Ordinal) : string.Equals(given, _name);
        }
    }

    private sealed class Carries(IpProtocol protocol, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Protocol == protocol;
    }

    private sealed class PortIn(PortSide side, (ushort From, ushort To)[] ports, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark)
        {
            if (!HasPorts(packet)) return false;
            foreach (var (from, to) in ports)
            {
                if (side != PortSide.Destination && packet.SourcePort >= from && packet.SourcePort <= to) return true;
                if (side != PortSide.Source && packet.DestinationPort >= from && packet.DestinationPort <= to) return true;
            }
            return false;
        }
    }

    private sealed class InState(ConntrackStates states, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => (packet.State & states) != ConntrackStates.None;
    }

    private sealed class WasTo(Subnet? subnet, ushort? port, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) =>
            (subnet is not { } s || s.Contains(packet.OriginalDestination)) && (port is not { } p || p == packet.OriginalDestinationPort);
    }

    private sealed class OfType(bool ofSource, AddressTypes types, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => (packet.TypeOf(ofSource ? packet.Source : packet.Destination) & types) != AddressTypes.None;
    }

    private sealed class Marked(uint value, uint mask, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => (mark & mask) == value;
    }

    private sealed class IcmpIs(int type, int code, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) =>
            packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && (type < 0 || packet.IcmpType == type) && (code < 0 || packet.IcmpCode == code);
    }

    private sealed class FlagsAre(byte mask, byte wanted, bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.Protocol == IpProtocol.Tcp && !packet.LaterFragment && (packet.TcpFlags & mask) == wanted;
    }

    private sealed class IsLaterFragment(bool negated) : Condition(negated)
    {
        protected override bool Is(in HookPacket packet, uint mark) => packet.LaterFragment;
    }

    /// <summary>A token bucket that is full at first. Source: linux net/netfilter/xt_limit.c limit_mt.</summary>
    private sealed class Bucket(double perSecond, int burst) : Condition(negated: false)
    {
        private double _tokens = burst;
        private long _since = long.MinValue;

        protected override bool Is(in HookPacket packet, uint mark)
        {
            if (_since != long.MinValue) _tokens = Math.Min(burst, _tokens + (packet.Time - _since) * 1e-9 * perSecond);
            _since = packet.Time;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }

    private sealed class Never() : Condition(negated: false)
    {
        protected override bool Is(in HookPacket packet, uint mark) => false;
    }
}
