using NetSim.Analysis.Flows;
using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Summary;

/// <summary>ARP, ICMP, VLANs and tunnels, from the books to statistics.</summary>
internal static class NetworkMaking
{
    public static NetworkStatistics Make(Books books) => new()
    {
        ArpOperations = books.Neighbours.Operations,
        ArpConflicts = books.Neighbours.Conflicts.Select(c => (c.Key, (IReadOnlyList<MacAddress>)c.Value)).ToList(),
        Icmp = Pairs(books.Icmp.V4),
        Icmpv6 = Pairs(books.Icmp.V6),
        IcmpMtus = books.Icmp.Mtus,
        IcmpErrors = books.Icmp.Errors.Select(e => new IcmpErrorShare(Kind(e.Key), e.Key.From, Quoted(e.Key), e.Value))
            .OrderByDescending(e => e.Count).ThenBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.From).ThenBy(e => e.Quoted, StringComparer.Ordinal).Take(100).ToList(),
        Vlans = books.Vlans,
        VirtualNetworks = books.VirtualNetworks.ToDictionary(v => v.Key.IsGeneve ? $"geneve 0x{v.Key.Id:x6}" : $"vxlan {v.Key.Id}", v => v.Value),
        Gre = books.Gre.ToDictionary(g => $"0x{g.Key:x4}", g => g.Value),
        Dhcp = books.Dhcp,
        Quic = books.Quic.ToDictionary(q => QuicView.Name(q.Key), q => q.Value),
    };

    private static Dictionary<string, long> Pairs(IReadOnlyDictionary<int, long> counts) => counts.ToDictionary(c => $"{c.Key >> 8}/{c.Key & 255}", c => c.Value);

    /// <summary>RFC 792, RFC 1812 and RFC 4443 in words.</summary>
    private static string Kind(IcmpError e) => (e.IsV6, e.Type, e.Code) switch
    {
        (false, 3, 0) or (true, 1, 0) => "network unreachable",
        (false, 3, 1) => "host unreachable",
        (true, 1, 3) => "address unreachable",
        (false, 3, 2) => "protocol unreachable",
        (false, 3, 3) or (true, 1, 4) => "port unreachable",
        (false, 3, 4) or (true, 2, _) => "packet too big",
        (false, 3, 9 or 10 or 13) or (true, 1, 1) => "prohibited",
        (false, 3, _) or (true, 1, _) => "unreachable",
        (false, 4, _) => "source quench",
        (false, 5, _) => "redirect",
        (false, 11, 1) or (true, 3, 1) => "reassembly took too long",
        (false, 11, _) or (true, 3, _) => "time to live exceeded",
        _ => "parameter problem",
    };

    private static string Quoted(IcmpError e)
    {
        string protocol = e.Protocol == default ? "packet" : e.Protocol.ToName();
        return e.DestinationPort == 0 ? $"{protocol} {e.Source} > {e.Destination}" : $"{protocol} {e.Source} > {FlowKey.End(e.Destination, new(e.DestinationPort))}";
    }
}
