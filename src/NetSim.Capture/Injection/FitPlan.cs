using NetSim.Capture.Files;
using NetSim.Capture.Inference;
using NetSim.Model.Addressing;

namespace NetSim.Capture.Injection;

/// <summary>Who lives on the link that a capture is sent to.</summary>
/// <param name="Name">"web"; one computer may have several addresses.</param>
/// <param name="Address">One of its addresses.</param>
/// <param name="Mac">Its MAC address on the link.</param>
/// <param name="IsGateway">Does it pass packets on for others?</param>
public sealed record LinkNeighbour(string Name, IpAddress Address, MacAddress Mac, bool IsGateway);

/// <summary>Decides which address of a capture becomes which on the link it is sent to: those that are known there stay; the gateway becomes the gateway; every other computer, in order of address, takes the place of one that the capture does not have.</summary>
public static class FitPlan
{
    /// <summary>Reads the captures once and decides.</summary>
    /// <param name="paths">Capture files.</param>
    /// <param name="neighbours">Who lives on the link, in order.</param>
    /// <param name="wanted">What was said: which address becomes which.</param>
    /// <param name="unfitted">Computers of the capture for which there was no place.</param>
    /// <exception cref="Model.Input.InputException">A file can't be read at all.</exception>
    public static FrameFit Make(IReadOnlyList<string> paths, IReadOnlyList<LinkNeighbour> neighbours, IReadOnlyDictionary<IpAddress, IpAddress> wanted, out IReadOnlyList<IpAddress> unfitted)
    {
        var addresses = new Dictionary<IpAddress, IpAddress>(wanted);
        var known = neighbours.Select(n => n.Address).ToHashSet();
        var stations = Stations(paths).Where(s => s.Own.Count > 0).OrderBy(s => s.Own.Min).ToList();
        var taken = neighbours.Where(n => wanted.Values.Contains(n.Address) || stations.Exists(s => s.Own.Contains(n.Address))).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var left = new List<IpAddress>();
        foreach (var station in stations.Where(s => !s.Own.Any(a => known.Contains(a) || wanted.ContainsKey(a))))
        {
            string? name = neighbours.FirstOrDefault(n => station.IsGateway ? n.IsGateway : !n.IsGateway && !taken.Contains(n.Name))?.Name;
            if (name is not null) taken.Add(name);
            foreach (var address in station.Own.Where(a => !a.IsLinkLocal))
                if (neighbours.FirstOrDefault(n => n.Name == name && n.Address.IsV4 == address.IsV4) is { } place) addresses.TryAdd(address, place.Address);
                else left.Add(address);
        }
        unfitted = left;
        return new(addresses, neighbours.DistinctBy(n => n.Address).ToDictionary(n => n.Address, n => n.Mac), neighbours.FirstOrDefault(n => n.IsGateway)?.Mac);
    }

    private static IEnumerable<Station> Stations(IReadOnlyList<string> paths)
    {
        var met = new Neighbourhood();
        foreach (string path in paths)
        {
            using var reader = CaptureReader.Open(path);
            while (reader.TryNext(out var packet))
                if (LinkEnds.TryRead(packet.Bytes, reader.Interfaces[packet.Interface].LinkType, out var ends)) met.Learn(ends, packet.Interface);
        }
        met.Settle();
        return met.Stations;
    }
}
