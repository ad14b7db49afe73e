using System.Diagnostics;
using System.Globalization;
using NetSim.Capture.Files;
using NetSim.Model.Input;

namespace NetSim.Benchmarks;

/// <summary>Counts the packets and bytes of a capture: the reader alone.</summary>
internal static class Count
{
    /// <summary>Counts, and prints one line of figures.</summary>
    public static int Run(string path)
    {
        var wall = Stopwatch.StartNew();
        long packets = 0, bytes = 0;
        try
        {
            using var reader = CaptureReader.Open(path);
            while (reader.TryNext(out var packet))
            {
                packets++;
                bytes += packet.OriginalLength;
            }
            if (reader.Damage is { } damage) Console.Error.WriteLine(damage);
            Print(packets, bytes, wall.Elapsed, reader.Damage is null);
            return 0;
        }
        catch (InputException e)
        {
            Console.Error.WriteLine(e.Message);
            return 3;
        }
    }

    private static void Print(long packets, long bytes, TimeSpan wall, bool whole)
    {
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"packets={packets} bytes={bytes} wall={wall.TotalSeconds:0.000} cpu={self.TotalProcessorTime.TotalSeconds:0.000} rss_mb={self.PeakWorkingSet64 / 1048576.0:0.0} ok={(whole ? "yes" : "no")}"));
    }
}
