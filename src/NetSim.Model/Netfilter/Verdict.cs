using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>What a table says of a packet.</summary>
public enum VerdictKind : byte
{
    /// <summary>It goes on (in nat: as it is).</summary>
    Accept,
    /// <summary>It ends here, silently.</summary>
    Drop,
    /// <summary>It ends here, and an error goes back.</summary>
    Reject,
    /// <summary>Its destination becomes <see cref="Verdict.Address"/> and <see cref="Verdict.Port"/>.</summary>
    Dnat,
    /// <summary>Its source becomes <see cref="Verdict.Address"/> and <see cref="Verdict.Port"/>.</summary>
    Snat,
    /// <summary>Its source becomes the address of the interface it leaves by.</summary>
    Masquerade,
    /// <summary>Its destination becomes this namespace itself, at <see cref="Verdict.Port"/>.</summary>
    Redirect,
}

/// <summary>What a table says of a packet, and the rule that said so.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Rule">The rule that decided; number 0 is the policy of the chain. Null when the table has nothing at the hook.</param>
/// <param name="Mark">The firewall mark after all rules that were met.</param>
public readonly record struct Verdict(VerdictKind Kind, CompiledRule? Rule, uint Mark)
{
    /// <summary>The address that DNAT or SNAT names; null keeps the packet's.</summary>
    public IpAddress? Address => Rule?.Rule.Target switch { Target.Dnat t => t.Address, Target.Snat t => t.Address, _ => null };

    /// <summary>The port that DNAT, SNAT or REDIRECT names; null keeps the packet's.</summary>
    public ushort? Port => Rule?.Rule.Target switch { Target.Dnat t => t.Port, Target.Snat t => t.Port, Target.Redirect { Port: > 0 } t => t.Port, _ => null };

    /// <summary>The last address of the range that DNAT or SNAT names, or null.</summary>
    public IpAddress? LastAddress => Rule?.Rule.Target switch { Target.Dnat t => t.LastAddress, Target.Snat t => t.LastAddress, _ => null };

    /// <summary>The last port of the range that DNAT or SNAT names, or null.</summary>
    public ushort? LastPort => Rule?.Rule.Target switch { Target.Dnat t => t.LastPort, Target.Snat t => t.LastPort, _ => null };

    /// <summary>The error that REJECT sends, by iptables' name ("icmp-port-unreachable", "tcp-reset"); null means the family's port unreachable.</summary>
    public string? RejectWith => (Rule?.Rule.Target as Target.Reject)?.With;
}
