namespace NetSim.Simulation.Stacks;

/// <summary>Types and codes of ICMP (RFC 792, RFC 1812).</summary>
internal static class IcmpCodes
{
    public const byte EchoReply = 0;
    public const byte Unreachable = 3;
    public const byte Echo = 8;
    public const byte TimeExceeded = 11;

    public const byte ReassemblyTime = 1;
    public const byte NetUnreachable = 0;
    public const byte HostUnreachable = 1;
    public const byte ProtocolUnreachable = 2;
    public const byte PortUnreachable = 3;
    public const byte FragmentationNeeded = 4;
    public const byte Prohibited = 13;

    /// <summary>The code that iptables' --reject-with names.</summary>
    public static byte OfReject(string? with) => with switch
    {
        "icmp-net-unreachable" => NetUnreachable,
        "icmp-host-unreachable" => HostUnreachable,
        "icmp-proto-unreachable" => ProtocolUnreachable,
        "icmp-net-prohibited" => 9,
        "icmp-host-prohibited" => 10,
        "icmp-admin-prohibited" => Prohibited,
        _ => PortUnreachable,
    };

    /// <summary>Is it an error about another packet, not a question or an answer?</summary>
    public static bool IsError(byte type) => type is 3 or 4 or 5 or 11 or 12;
}
