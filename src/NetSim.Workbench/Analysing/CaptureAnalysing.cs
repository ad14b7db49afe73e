using System.Runtime.CompilerServices;
using NetSim.Capture.Files;
using NetSim.Capture.Filtering;
using NetSim.Model.Addressing;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Analysing;

/// <summary>Analyses captures for a door: one, or several each for itself and together.</summary>
public static class CaptureAnalysing
{
    private const int ProgressStep = 1 << 16;

    /// <summary>Reads the captures once and analyses them.</summary>
    /// <param name="wish">What is asked.</param>
    /// <param name="stop">Ends the reading; what was read so far is told.</param>
    /// <exception cref="InputException">A file can't be read at all, or the filter is none.</exception>
    /// <exception cref="MachineException">A filter is asked for, and there is no libpcap.</exception>
    public static Analysed Run(AnalysisWish wish, CancellationToken stop)
    {
        var names = wish.Topology is null ? new Dictionary<IpAddress, string>() : NamesOf(wish.Topology, stop);
        using var filter = wish.Filter is null ? null : PacketFilter.Compile(wish.Filter);
        return wish.Paths.Count == 1 ? One(wish, filter, names, stop) : Several(wish, filter, names, stop);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Analysed One(AnalysisWish wish, PacketFilter? filter, IReadOnlyDictionary<IpAddress, string> names, CancellationToken stop)
    {
        string path = wish.Paths[0];
        CaptureFeed? feed = null;
        var reader = wish.Follow && path != "-" ? CaptureReader.Follow(path, () => { if (feed is not null) wish.Idle?.Invoke(feed.Result()); }, stop) : CaptureReader.Open(path);
        using (feed = new(reader, wish, filter))
        {
            var pace = new Pace(wish, [path]);
            long seen = 0;
            bool more;
            while ((more = reader.TryNext(out var packet)) && !(seen % ProgressStep == 0 && stop.IsCancellationRequested && !wish.Follow))
            {
                feed.Take(packet);
                if (++seen % ProgressStep == 0) pace.Tell(seen, reader.Position);
            }
            var result = feed.Result();
            if (wish.Follow) result = result with { Error = null };
            return new([result], null, names, WarningsOf([result]), stop.IsCancellationRequested && (more || wish.Follow));
        }
    }

    private static Analysed Several(AnalysisWish wish, PacketFilter? filter, IReadOnlyDictionary<IpAddress, string> names, CancellationToken stop)
    {
        if (wish.Follow) throw new InputException("--follow", "", "follows one file, and several are given");
        var feeds = new List<CaptureFeed>();
        try
        {
            foreach (string path in wish.Paths) feeds.Add(new(CaptureReader.Open(path), wish, filter));
            var merge = new CaptureMerge(feeds);
            var pace = new Pace(wish, wish.Paths);
            long seen = 0;
            bool more = true;
            while (!(seen % ProgressStep == 0 && stop.IsCancellationRequested) && (more = merge.TakeNext()))
                if (++seen % ProgressStep == 0) pace.Tell(seen, feeds.Sum(f => f.Reader.Position));
            var results = feeds.ConvertAll(f => f.Result());
            string title = $"{Path.GetFileName(wish.Paths[0])} and {wish.Paths.Count - 1} more";
            var together = new AnalysedCapture(title, "together", merge.Together.Result(wish.Streams), [.. results.SelectMany(r => r.Interfaces)], results.Find(r => r.Error is not null)?.Error);
            return new(results, together, names, WarningsOf(results), more && stop.IsCancellationRequested);
        }
        finally
        {
            feeds.ForEach(f => f.Dispose());
        }
    }

    private static List<string> WarningsOf(IEnumerable<AnalysedCapture> captures)
    {
        var warnings = new List<string>();
        foreach (var c in captures)
        {
            if (c.Error is not null) warnings.Add($"{c.Error}; the {c.Statistics.Packets:#,0} packets before it are told");
            foreach (var (type, packets) in c.Statistics.LinkTypes.Where(t => !LinkTypeNames.IsRead(t.Key)))
                warnings.Add($"{c.Name}: {packets:#,0} packets of link type {LinkTypeNames.Name(type)} are counted and not looked into");
        }
        return warnings;
    }

    /// <summary>What a topology calls the addresses of its interfaces.</summary>
    private static Dictionary<IpAddress, string> NamesOf(string path, CancellationToken stop)
    {
        var topology = new Topology();
        var changes = BundleOpening.IsBundle(path) ? BundleOpening.Read(path).Changes : [.. ScenarioOpening.Run(path, null, 1, stop).Trace.Changes];
        var names = new Dictionary<IpAddress, string>();
        foreach (var change in changes)
        {
            topology.Apply(change);
            // An address that was given back keeps the name it had last.
            foreach (var space in topology.Namespaces)
                foreach (var address in space.Interfaces.SelectMany(i => i.Addresses))
                    if (!address.Address.IsLoopback) names[address.Address] = space.Key;
        }
        return names;
    }

    /// <summary>Tells how far the reading is; packed files don't say how long they are.</summary>
    private sealed class Pace(AnalysisWish wish, IReadOnlyList<string> paths)
    {
        private readonly long _length = paths.All(IsPlain) ? paths.Sum(p => new FileInfo(p).Length) : 0;

        public void Tell(long packets, long position) => wish.Progress?.Invoke(new(packets, _length > 0 ? Math.Min(1, (double)position / _length) : null));

        private static bool IsPlain(string path) => path != "-" && File.Exists(path) && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
    }
}
