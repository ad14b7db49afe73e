using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;

namespace NetSim.Model.Netfilter;

/// <summary>One rule of a chain: all matches must hold, then the target is taken. Its text is that of iptables-save, without "-A CHAIN"; of a rule in one of nft's tables, that of nft.</summary>
public sealed record Rule
{
    /// <summary>The conditions in the order of the text.</summary>
    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>What to do; null is a rule that only counts.</summary>
    public Target? Target { get; init; }

    /// <summary>The rule in nft's words ("tcp dport 80 counter accept"); null for a rule of iptables.</summary>
    public string? Words { get; init; }

    /// <summary>Why it is there.</summary>
    public Origin Origin { get; init; } = Origin.NotDockers;

    /// <summary>The first match or target of it that is not modelled, as it is written; null when all is.</summary>
    public string? NotModelled => Matches.OfType<Match.Unknown>().FirstOrDefault(m => m.Text != "-f")?.Text ?? (Target as Target.Unknown)?.Text;

    /// <summary>Same matches and target, whatever the origin.</summary>
    public bool Same(Rule other) => ToString() == other.ToString();

    /// <summary>"-s 172.18.0.0/16 ! -o br-7dc0a208ea23 -j MASQUERADE".</summary>
    public override string ToString() => Words ?? RuleText.Write(this);
}

/// <summary>A condition of a rule. <see cref="Negated"/> is the "!" before it.</summary>
public abstract record Match(bool Negated)
{
    /// <summary>-s.</summary>
    public sealed record Source(Subnet Subnet, bool Negated = false) : Match(Negated);

    /// <summary>-d.</summary>
    public sealed record Destination(Subnet Subnet, bool Negated = false) : Match(Negated);

    /// <summary>-i; a name that ends in '+' means all that begin so.</summary>
    public sealed record InInterface(string Name, bool Negated = false) : Match(Negated);

    /// <summary>-o; a name that ends in '+' means all that begin so.</summary>
    public sealed record OutInterface(string Name, bool Negated = false) : Match(Negated);

    /// <summary>-p.</summary>
    public sealed record Protocol(IpProtocol Value, bool Negated = false) : Match(Negated);

    /// <summary>--sport FROM[:TO] of -m tcp, udp or sctp.</summary>
    public sealed record SourcePorts(ushort From, ushort To, bool Negated = false) : Match(Negated);

    /// <summary>--dport FROM[:TO] of -m tcp, udp or sctp.</summary>
    public sealed record DestinationPorts(ushort From, ushort To, bool Negated = false) : Match(Negated);

    /// <summary>-m multiport --sports, --dports or --ports (either side): any of the ranges, which count from the first to the last port.</summary>
    public sealed record Multiport(PortSide Side, IReadOnlyList<(ushort From, ushort To)> Ports, bool Negated = false) : Match(Negated);

    /// <summary>-m conntrack --ctstate; <paramref name="OldName"/> when it was written -m state --state.</summary>
    public sealed record ConntrackState(ConntrackStates States, bool Negated = false, bool OldName = false) : Match(Negated);

    /// <summary>-m conntrack --ctorigdst, --ctorigdstport.</summary>
    public sealed record OriginalDestination(Subnet? Subnet, ushort? Port, bool Negated = false) : Match(Negated);

    /// <summary>-m addrtype --dst-type or --src-type ("LOCAL", "BROADCAST", "MULTICAST", "UNICAST").</summary>
    public sealed record AddressType(bool OfSource, string Type, bool Negated = false) : Match(Negated);

    /// <summary>-m mark --mark VALUE[/MASK].</summary>
    public sealed record Mark(uint Value, uint Mask, bool Negated = false) : Match(Negated);

    /// <summary>-p icmp --icmp-type TYPE[/CODE] (code -1: any).</summary>
    public sealed record IcmpType(int Type, int Code, bool Negated = false) : Match(Negated);

    /// <summary>--tcp-flags MASK COMP (--syn is FIN,SYN,RST,ACK SYN).</summary>
    public sealed record TcpFlags(byte Mask, byte Wanted, bool Negated = false) : Match(Negated);

    /// <summary>-m comment; always holds.</summary>
    public sealed record Comment(string Text) : Match(false);

    /// <summary>-m limit: a token bucket of <paramref name="PerSecond"/> with a burst.</summary>
    public sealed record Limit(double PerSecond, int Burst, string Text) : Match(false);

    /// <summary>-m set --match-set NAME src or dst: the address is in an ipset of the same namespace (<see cref="Ruleset.Sets"/>).</summary>
    public sealed record InSet(string Name, bool OfSource, bool Negated = false) : Match(Negated);

    /// <summary>A clause of a match extension that is modelled and kept as it is written: iprange, mac, length, ttl, physdev, connmark, conntrack, statistic, hashlimit, recent.</summary>
    public sealed record Extension(string Text) : Match(false);

    /// <summary>A match that is not modelled: its text is kept, and it never holds (a warning says so).</summary>
    public sealed record Unknown(string Text, bool Negated = false) : Match(Negated);
}

/// <summary>Which port of a segment or datagram is meant.</summary>
public enum PortSide
{
    /// <summary>The sender's.</summary>
    Source,
    /// <summary>The receiver's.</summary>
    Destination,
    /// <summary>One of both.</summary>
    Either,
}

/// <summary>The states of -m conntrack --ctstate.</summary>
[Flags]
public enum ConntrackStates
{
    /// <summary>No state.</summary>
    None = 0,
    /// <summary>Belongs to no conversation and can't begin one.</summary>
    Invalid = 1,
    /// <summary>Begins a conversation.</summary>
    New = 2,
    /// <summary>Belongs to a conversation that has an answer.</summary>
    Established = 4,
    /// <summary>An error about a conversation, or a helper's expected one.</summary>
    Related = 8,
    /// <summary>Not tracked (raw CT --notrack).</summary>
    Untracked = 16,
    /// <summary>The destination was translated.</summary>
    Dnat = 32,
    /// <summary>The source was translated.</summary>
    Snat = 64,
}

/// <summary>What a rule does.</summary>
public abstract record Target
{
    /// <summary>-j ACCEPT.</summary>
    public sealed record Accept : Target;

    /// <summary>-j DROP.</summary>
    public sealed record Drop : Target;

    /// <summary>-j RETURN.</summary>
    public sealed record Return : Target;

    /// <summary>-j CHAIN.</summary>
    public sealed record Jump(string Chain) : Target;

    /// <summary>-g CHAIN.</summary>
    public sealed record Goto(string Chain) : Target;

    /// <summary>vmap @MAP of nft: a jump to the chain that a map of the table names for the interface the packet came in by (or leaves by); without one the walk goes on.</summary>
    public sealed record Dispatch(string Map, bool ByInput) : Target;

    /// <summary>-j REJECT --reject-with (null: the family's port unreachable).</summary>
    public sealed record Reject(string? With) : Target;

    /// <summary>-j DNAT --to-destination ADDRESS[:PORT]. <paramref name="Options"/> is what follows, as it was written ("--random"), and is not modelled.</summary>
    public sealed record Dnat(IpAddress? Address, ushort? Port, string Options = "") : Target
    {
        /// <summary>The last address of a range; null: there is one only.</summary>
        public IpAddress? LastAddress { get; init; }

        /// <summary>The last port of a range; null: there is one only.</summary>
        public ushort? LastPort { get; init; }
    }

    /// <summary>-j SNAT --to-source [ADDRESS][:PORT]; <paramref name="Options"/> as for DNAT.</summary>
    public sealed record Snat(IpAddress? Address, ushort? Port, string Options = "") : Target
    {
        /// <summary>The last address of a range; null: there is one only.</summary>
        public IpAddress? LastAddress { get; init; }

        /// <summary>The last port of a range; null: there is one only.</summary>
        public ushort? LastPort { get; init; }
    }

    /// <summary>-j MASQUERADE; <paramref name="Options"/> as for DNAT.</summary>
    public sealed record Masquerade(string Options = "") : Target;

    /// <summary>-j REDIRECT --to-ports PORT; 0 keeps the port.</summary>
    public sealed record Redirect(ushort Port) : Target;

    /// <summary>-j LOG --log-prefix PREFIX; does not end the walk. <paramref name="Options"/> as for DNAT.</summary>
    public sealed record Log(string? Prefix, string Options = "") : Target;

    /// <summary>-j MARK --set-xmark VALUE/MASK; does not end the walk.</summary>
    public sealed record SetMark(uint Value, uint Mask) : Target;

    /// <summary>A target that does something to the packet or its conversation and lets it go on: NOTRACK, CT --notrack, CONNMARK, TCPMSS, TTL, HL.</summary>
    public sealed record Effect(string Text) : Target;

    /// <summary>A target that tells somebody and lets the packet go on as it is: NFLOG, TRACE, AUDIT, ULOG, CHECKSUM, CLASSIFY, SECMARK, CONNSECMARK.</summary>
    public sealed record Notice(string Text) : Target;

    /// <summary>A target that is not modelled: its text is kept; it does nothing (a warning says so).</summary>
    public sealed record Unknown(string Text) : Target;
}
