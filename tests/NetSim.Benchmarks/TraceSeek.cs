using System.Diagnostics;
using System.Globalization;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Workbench.Tracing;
using Trace = NetSim.Model.Tracing.Trace;

namespace NetSim.Benchmarks;

/// <summary>A trace of more than 10 million events that goes to a file while it is made: how long it takes to write, and then, opened anew, how long to go to an instant:
/// to find the event, the state of all tables then, and to read the 1000 events before and after.</summary>
internal static class TraceSeek
{
    /// <summary>Runs w3 twice over into a file (or opens one that is there), and seeks.</summary>
    public static int Run(string[] options)
    {
        string path = options.Length > 0 ? options[0] : Path.Combine(Path.GetTempPath(), "netsim-seek.netsim-trace");
        int seeks = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : 200;
        if (!File.Exists(path)) Write(path);
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        using var file = TraceFile.Open(path);
        var trace = file.Trace();
        double opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        long first = trace.Row(0).Time, last = trace.Row(trace.Count - 1).Time;
        var chance = new Random(1);
        var times = Enumerable.Range(0, seeks).Select(_ => Seek(trace, new SimTime(first + chance.NextInt64(last - first)))).Order().ToList();
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"trace-seek events={trace.Count} changes={trace.Changes.Count} frames={trace.Packets.Count} file_mb={new FileInfo(path).Length / 1048576.0:0} states={file.Blocks(TraceBlock.State).Count} open_ms={opened:0.0} seek_ms_median={times[seeks / 2]:0.0} p95={times[seeks * 95 / 100]:0.0} worst={times[^1]:0.0} rss_mb={self.PeakWorkingSet64 / 1048576.0:0}"));
        return times[seeks * 95 / 100] < 100 ? 0 : 1;
    }

    private static void Write(string path)
    {
        long start = Stopwatch.GetTimestamp();
        using var self = Process.GetCurrentProcess();
        double before = self.TotalProcessorTime.TotalSeconds;
        using var file = TraceFile.Create(path, new("w3", "", 0));
        var trace = new Trace(file);
        new Transactions().Build(trace).RunUntil(() => false, new SimTime(long.MaxValue / 2));
        trace.Complete();
        file.Complete();
        self.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trace-write events={trace.Count} cpu={self.TotalProcessorTime.TotalSeconds - before:0.00} wall={Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} rss_mb={self.PeakWorkingSet64 / 1048576.0:0}"));
    }

    private static double Seek(Trace trace, SimTime time)
    {
        long start = Stopwatch.GetTimestamp();
        long n = trace.FirstAfter(time);
        var state = Topology.At(trace, time);
        int names = 0;
        foreach (var (number, row) in trace.Backwards(n).Take(1000)) names += trace.Event(number, row).Place.Namespace.Length;
        for (long i = n; i < Math.Min(n + 1000, trace.Count); i++) names += trace.Event(i, trace.Row(i)).Place.Namespace.Length;
        if (names == 0 || !state.Namespaces.Any()) throw new InvalidOperationException("nothing is there");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
