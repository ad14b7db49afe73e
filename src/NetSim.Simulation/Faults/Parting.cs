using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Faults;

/// <summary>Tells which frames a partition keeps apart: those whose IP or ARP addresses lie on the other side.</summary>
internal static class Parting
{
    /// <summary>Is it from or to one of the addresses?</summary>
    public static bool Concerns(IReadOnlyList<IpAddress> addresses, ReadOnlySpan<byte> frame)
    {
        if (addresses.Count == 0 || !EthernetView.TryRead(frame, out var ethernet)) return false;
        if (ethernet.EtherType == (ushort)EtherType.Arp)
            return ArpView.TryRead(ethernet.Payload, out var arp) && (Has(addresses, arp.SenderProtocolAddress) || Has(addresses, arp.TargetProtocolAddress));
        return IpView.TryRead(ethernet.Payload, out var packet) && (Has(addresses, packet.Source) || Has(addresses, packet.Destination));
    }

    private static bool Has(IReadOnlyList<IpAddress> addresses, IpAddress wanted)
    {
        foreach (var a in addresses)
            if (a == wanted) return true;
        return false;
    }
}
