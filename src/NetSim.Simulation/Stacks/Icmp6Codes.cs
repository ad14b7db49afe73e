using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Types and codes of ICMPv6 (RFC 4443, RFC 4861).</summary>
internal static class Icmp6Codes
{
    public const byte Unreachable = 1;
    public const byte TooBig = 2;
    public const byte TimeExceeded = 3;
    public const byte ParameterProblem = 4;
    public const byte Echo = 128;
    public const byte EchoReply = 129;
    public const byte Solicitation = 135;
    public const byte Advertisement = 136;

    public const byte ReassemblyTime = 1;
    public const byte NoRoute = 0;
    public const byte Prohibited = 1;
    public const byte AddressUnreachable = 3;
    public const byte PortUnreachable = 4;
    public const byte UnknownHeader = 1;

    /// <summary>The code that ip6tables' --reject-with names.</summary>
    public static byte OfReject(string? with) => with switch
    {
        "icmp6-no-route" or "no-route" => NoRoute,
        "icmp6-adm-prohibited" or "adm-prohibited" => Prohibited,
        "icmp6-addr-unreachable" or "addr-unreach" => AddressUnreachable,
        _ => PortUnreachable,
    };

    /// <summary>Is it an error about another packet (RFC 4443, section 2.1)?</summary>
    public static bool IsError(byte type) => type < 128;

    /// <summary>The same error in the words of IPv4, for sockets that don't care by which family their packets went.</summary>
    public static IcmpHeader ToV4(IcmpHeader error) => error.Type switch
    {
        TooBig => new(IcmpCodes.Unreachable, IcmpCodes.FragmentationNeeded, Math.Min(error.RestOfHeader, 65535)),
        TimeExceeded => new(IcmpCodes.TimeExceeded, error.Code, 0),
        Unreachable => new(IcmpCodes.Unreachable, error.Code switch { NoRoute => IcmpCodes.NetUnreachable, Prohibited => IcmpCodes.Prohibited, PortUnreachable => IcmpCodes.PortUnreachable, _ => IcmpCodes.HostUnreachable }, 0),
        _ => new(IcmpCodes.Unreachable, IcmpCodes.ProtocolUnreachable, 0),
    };
}
