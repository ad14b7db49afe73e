using NetSim.Model.Addressing;

namespace NetSim.Analysis.Flows;

/// <summary>Who talks with whom, without direction: two addresses and two ports, the lower end first. An IPv4 address has a high part that no IPv6 address of a host has.</summary>
internal struct EndPair
{
    private const ulong V4 = ulong.MaxValue;

    public ulong LowHigh, LowLow, HighHigh, HighLow;
    public ushort LowPort, HighPort;

    /// <summary>The pair of a packet, and whether its sender is the higher end.</summary>
    public static EndPair Of(in Ends ends, ushort sourcePort, ushort destinationPort, out bool fromHigh)
    {
        fromHigh = ends.SourceHigh != ends.DestinationHigh ? ends.SourceHigh > ends.DestinationHigh
            : ends.SourceLow != ends.DestinationLow ? ends.SourceLow > ends.DestinationLow
            : sourcePort > destinationPort;
        EndPair pair;
        (pair.LowHigh, pair.LowLow, pair.LowPort) = fromHigh ? (ends.DestinationHigh, ends.DestinationLow, destinationPort) : (ends.SourceHigh, ends.SourceLow, sourcePort);
        (pair.HighHigh, pair.HighLow, pair.HighPort) = fromHigh ? (ends.SourceHigh, ends.SourceLow, sourcePort) : (ends.DestinationHigh, ends.DestinationLow, destinationPort);
        return pair;
    }

    /// <summary>A number for the pair; its upper and lower half are both well mixed.</summary>
    public readonly ulong Hash()
    {
        ulong hash = (LowLow ^ LowHigh * 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
        hash ^= hash >> 32;
        hash = (hash ^ HighLow ^ HighHigh * 0xC2B2_AE3D_27D4_EB4F ^ ((ulong)LowPort << 48 | (ulong)HighPort << 16)) * 0x9FB2_1C65_1E98_DF25;
        hash ^= hash >> 29;
        hash *= 0xD6E8_FEB8_6659_FD93;
        return hash ^ hash >> 32;
    }

    public readonly bool Same(in EndPair other) => LowLow == other.LowLow && HighLow == other.HighLow && LowPort == other.LowPort && HighPort == other.HighPort
        && LowHigh == other.LowHigh && HighHigh == other.HighHigh;

    /// <summary>The address of the lower or the higher end.</summary>
    public readonly IpAddress Address(bool high) => high ? AddressOf(HighHigh, HighLow) : AddressOf(LowHigh, LowLow);

    public readonly ushort Port(bool high) => high ? HighPort : LowPort;

    public static IpAddress AddressOf(ulong high, ulong low) => high == V4 ? IpAddress.FromV4((uint)low) : IpAddress.FromV6(high, low);
}

/// <summary>Source and destination of an IP packet as two numbers each.</summary>
internal struct Ends
{
    public ulong SourceHigh, SourceLow, DestinationHigh, DestinationLow;

    public readonly IpAddress Source => EndPair.AddressOf(SourceHigh, SourceLow);

    public readonly IpAddress Destination => EndPair.AddressOf(DestinationHigh, DestinationLow);

    public static Ends OfV4(uint source, uint destination) => new() { SourceHigh = ulong.MaxValue, SourceLow = source, DestinationHigh = ulong.MaxValue, DestinationLow = destination };
}
