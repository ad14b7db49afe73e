using NetSim.Capture.Injection;
using NetSim.Model.Addressing;
using NetSim.Model.Input;

namespace NetSim.Workbench.Live;

/// <summary>Puts captures back on a wire.</summary>
public static class WireReplaying
{
    /// <summary>Sends until all is sent or <paramref name="stop"/> asks.</summary>
    /// <exception cref="InputException">A file can't be read at all, or a map is none.</exception>
    /// <exception cref="MachineException">The interface or a right is missing.</exception>
    public static WireOutcome Run(WireWish wish, CancellationToken stop)
    {
        if (wish.Paths.Contains("-") && (wish.Topology is not null || wish.Loops > 1)) throw new InputException("-", "", "standard input can be read once; --topology and --loop need a file");
        IReadOnlyList<IpAddress> unfitted = [];
        var fit = wish.Topology is null && wish.Maps.Count == 0 ? null : Fit(wish, stop, out unfitted);
        using var replay = WireReplay.Open(new()
        {
            Interface = wish.Interface,
            NamespaceFile = wish.Namespace is { } n ? (n.StartsWith('/') ? n : "/run/netns/" + n) : null,
            Speed = wish.Speed,
            PacketsPerSecond = wish.PacketsPerSecond,
            IsTopSpeed = wish.IsTopSpeed,
            Loops = wish.Loops,
            Fit = fit,
        });
        var sent = replay.Run(wish.Paths, stop);
        return new()
        {
            Interface = wish.Interface,
            Sent = sent.Sent,
            Bytes = sent.Bytes,
            NotSent = sent.TooLong + sent.Refused + sent.WithoutHeader,
            Seconds = sent.Took.TotalSeconds,
            LateMedianUs = wish.IsTopSpeed ? null : sent.LateMedian / 1000.0,
            LateP99Us = wish.IsTopSpeed ? null : sent.LateP99 / 1000.0,
            LateMaxUs = wish.IsTopSpeed ? null : sent.LateMost / 1000.0,
            Addresses = fit?.Addresses.OrderBy(a => a.Key).ToDictionary(a => a.Key.ToString(), a => a.Value.ToString(), StringComparer.Ordinal) ?? [],
            Warnings = [.. Warnings(wish, sent, unfitted)],
        };
    }

    private static FrameFit Fit(WireWish wish, CancellationToken stop, out IReadOnlyList<IpAddress> unfitted)
    {
        var neighbours = wish.Topology is { } topology ? LinkNeighbours.Of(topology, wish.Interface, stop) : [];
        var wanted = new Dictionary<IpAddress, IpAddress>();
        foreach (string map in wish.Maps)
        {
            string[] ends = map.Split('=', 2);
            if (ends.Length < 2 || !IpAddress.TryParse(ends[0], out var from)) throw new InputException("--map", "", $"\"{map}\" should read like 10.0.0.5=web or 10.0.0.5=172.18.0.2");
            var named = neighbours.Where(n => n.Name == ends[1] && n.Address.IsV4 == from.IsV4).Select(n => n.Address).ToList();
            if (named.Count > 0) wanted[from] = named[0];
            else wanted[from] = IpAddress.TryParse(ends[1], out var to) && to.IsV4 == from.IsV4 ? to : throw new InputException("--map", "", $"\"{ends[1]}\" is neither an address of that kind nor somebody on the link{(neighbours.Count > 0 ? "; there are " + string.Join(", ", neighbours.Select(n => n.Name).Distinct()) : " (--topology tells who is)")}");
        }
        // Without a topology nobody is to be replaced but by a map.
        if (neighbours.Count > 0) return FitPlan.Make(wish.Paths, neighbours, wanted, out unfitted);
        unfitted = [];
        return new(wanted, new Dictionary<IpAddress, MacAddress>(), null);
    }

    private static IEnumerable<string> Warnings(WireWish wish, ReplayOutcome sent, IReadOnlyList<IpAddress> unfitted)
    {
        foreach (string w in sent.Warnings) yield return w;
        foreach (var a in unfitted) yield return $"for {a} there is no place on the link of {wish.Interface}; it was sent as it is (--map {a}=NAME gives it one)";
        if (sent.TooLong > 0) yield return $"{sent.TooLong} frames are longer than {wish.Interface} takes and were not sent (ip link set {wish.Interface} mtu 65535 lets it take more)";
        if (sent.Refused > 0) yield return $"{wish.Interface} refused {sent.Refused} frames";
        if (sent.WithoutHeader > 0) yield return $"{sent.WithoutHeader} packets have no Ethernet header and were not sent{(wish.Topology is null ? "; --topology tells the MAC addresses for one" : "")}";
        if (sent.Cut > 0) yield return $"{sent.Cut} packets were cut by the capture's snap length and were sent so";
    }
}
