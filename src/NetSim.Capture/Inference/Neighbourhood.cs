using NetSim.Model.Addressing;

namespace NetSim.Capture.Inference;

/// <summary>Learns from frames which MAC addresses share a link, which addresses belong to them, and who is a gateway.</summary>
internal sealed class Neighbourhood
{
    /// <summary>More conversations are not looked at to tell who is here.</summary>
    private const int MostPairs = 100_000;

    private readonly SortedDictionary<MacAddress, Station> _stations = [];
    private readonly SortedDictionary<IpAddress, long> _bare = [];
    private readonly SortedDictionary<(IpAddress, IpAddress), long> _barePairs = [];
    private readonly Dictionary<int, int> _joined = [];

    /// <summary>Computers by MAC address.</summary>
    public IEnumerable<Station> Stations => _stations.Values;

    /// <summary>Addresses met without a MAC address, and in how many frames.</summary>
    public IReadOnlyDictionary<IpAddress, long> Bare => _bare;

    /// <summary>Which of them spoke to each other, and in how many frames.</summary>
    public IReadOnlyDictionary<(IpAddress A, IpAddress B), long> BarePairs => _barePairs;

    /// <summary>Is 127.0.0.11 among the addresses: was the capture taken in a container?</summary>
    public bool IsInContainer { get; private set; }

    /// <summary>Was anything of loopback?</summary>
    public bool HasLoopback { get; private set; }

    /// <summary>The computer of a MAC address, or null.</summary>
    public Station? Find(MacAddress mac) => _stations.GetValueOrDefault(mac);

    /// <summary>Learns from a frame.</summary>
    /// <param name="ends">Its ends.</param>
    /// <param name="link">Where it was seen: frames of one capture interface share a link.</param>
    public void Learn(in LinkEnds ends, int link)
    {
        if (ends.Source is { IsLoopback: true } || ends.Destination is { IsLoopback: true })
        {
            HasLoopback = true;
            IsInContainer |= IsResolver(ends.Source) || IsResolver(ends.Destination);
            return;
        }
        if (ends.SourceMac is { } from && ends.DestinationMac is { } to)
        {
            Meet(from, link, ends.Source, ends.IsArp);
            if (!to.IsMulticast) Meet(to, link, ends.Destination, false);
            return;
        }
        Count(ends.Source, ends.Destination);
    }

    /// <summary>Decides what everybody is.</summary>
    public void Settle()
    {
        foreach (var s in _stations.Values) s.Link = Root(s.Link);
        foreach (var link in _stations.Values.GroupBy(s => s.Link))
        {
            // What one proves to own, another only passes on.
            var owned = link.SelectMany(s => s.Own).ToHashSet();
            bool isPrivate = link.Any(s => s.Met.Any(a => a.IsV4 && LinkEnds.IsPrivate(a)));
            foreach (var s in link) s.Met.RemoveWhere(a => owned.Contains(a) && !s.Own.Contains(a));
            foreach (var s in link) s.Settle(isPrivate);
            foreach (var s in link) s.Claim([.. link.Where(o => !o.IsGateway).SelectMany(o => o.Own)]);
        }
    }

    private static bool IsResolver(IpAddress? address) => address is { IsV4: true, V4: 0x7F00_000B };

    private void Meet(MacAddress mac, int link, IpAddress? address, bool proven)
    {
        if (mac.IsMulticast || mac == MacAddress.Zero) return;
        if (!_stations.TryGetValue(mac, out var station)) _stations.Add(mac, station = new(mac, link));
        else if (Root(station.Link) != Root(link)) _joined[Math.Max(Root(station.Link), Root(link))] = Math.Min(Root(station.Link), Root(link));
        if (address is { } a) station.Meet(a, proven);
    }

    private void Count(IpAddress? source, IpAddress? destination)
    {
        foreach (var end in new[] { source, destination })
            if (end is { } a && LinkEnds.IsOne(a)) _bare[a] = _bare.GetValueOrDefault(a) + 1;
        if (source is not { } s || destination is not { } d || !LinkEnds.IsOne(s) || !LinkEnds.IsOne(d)) return;
        var pair = s < d ? (s, d) : (d, s);
        if (_barePairs.Count < MostPairs || _barePairs.ContainsKey(pair)) _barePairs[pair] = _barePairs.GetValueOrDefault(pair) + 1;
    }

    /// <summary>Links that share a MAC address are one.</summary>
    private int Root(int link)
    {
        while (_joined.TryGetValue(link, out int lower)) link = lower;
        return link;
    }
}
