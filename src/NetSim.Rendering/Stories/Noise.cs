using NetSim.Model.Packets;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Stories;

/// <summary>Packets that Linux sends by itself when an interface comes up: hidden (and counted as such) while others are there to be shown.</summary>
internal static class Noise
{
    /// <summary>Is it IPv6 duplicate address detection, router solicitation, multicast listening or IGMP?</summary>
    public static bool Is(PacketSummary packet)
    {
        if (packet.Flow is not { } flow) return false;
        if (flow.Protocol is IpProtocol.Igmp or IpProtocol.HopByHop) return true;
        if (flow.Protocol != IpProtocol.IcmpV6) return false;
        return packet.Text.StartsWith("multicast", StringComparison.Ordinal) || packet.Text.StartsWith("router", StringComparison.Ordinal)
            || packet.Text.StartsWith("is ", StringComparison.Ordinal) || flow.Source.IsAny;
    }
}
