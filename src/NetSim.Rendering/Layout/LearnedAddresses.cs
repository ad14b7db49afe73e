using NetSim.Model.Addressing;
using NetSim.Rendering.Stories;
using NetSim.Wire.Decoding;

namespace NetSim.Rendering.Layout;

/// <summary>Addresses of containers that a capture's changes don't tell: who sends from an interface's MAC address has the packet's source address.</summary>
internal static class LearnedAddresses
{
    /// <summary>Fills the feet that have no address.</summary>
    public static void Fill(MapPlan plan, TraceIndex index)
    {
        var open = plan.Cards.SelectMany(c => c.Feet).Where(f => f.Address is null && f.Mac != default).GroupBy(f => f.Mac).ToDictionary(g => g.Key, g => g.First());
        foreach (var entry in index.Entries)
        {
            if (open.Count == 0) return;
            if (entry.Frame < 0 || !LinkView.TryRead(index.Bytes(entry.Frame), index.Trace.Packets.LinkType(entry.Frame), out var link)) continue;
            if (link.Source is not { } mac || !open.TryGetValue(mac, out var foot)) continue;
            if (Sender(link) is not { } address) continue;
            if (address.IsV6) foot.Address6 ??= address;
            else
            {
                foot.Address = address;
                open.Remove(mac);
            }
        }
    }

    private static IpAddress? Sender(LinkView link)
    {
        if (link.EtherType == 0x0806 && ArpView.TryRead(link.Payload, out var arp)) return Useful(arp.SenderProtocolAddress);
        if (link.EtherType == 0x0800 && Ipv4View.TryRead(link.Payload, out var v4)) return Useful(v4.Source);
        return link.EtherType == 0x86DD && Ipv6View.TryRead(link.Payload, out var v6) ? Useful(v6.Source) : null;
    }

    private static IpAddress? Useful(IpAddress address) => address.IsAny || address.IsMulticast || address.IsLoopback || address.IsLinkLocal ? null : address;
}
