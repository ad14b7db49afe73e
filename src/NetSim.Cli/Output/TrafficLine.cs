using NetSim.Analysis.Statistics;

namespace NetSim.Cli.Output;

/// <summary>Throughput as a row of small bars.</summary>
internal static class TrafficLine
{
    private const int MostBars = 60;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <summary>"▂▅█▁ peak 1.2 MB/s, mean 80 kB/s".</summary>
    public static string Of(Throughput t)
    {
        if (t.Bytes.Count == 0) return "";
        int group = (t.Bytes.Count + MostBars - 1) / MostBars;
        var sums = t.Bytes.Chunk(group).Select(c => c.Sum()).ToList();
        long peak = Math.Max(1, sums.Max());
        string bars = string.Concat(sums.Select(b => b == 0 ? ' ' : Bars[(int)Math.Clamp(1 + b * (double)(Bars.Length - 2) / peak, 1, Bars.Length - 1)]));
        double seconds = t.Width * (double)group / 1e9;
        return $"{bars}  peak {Rate(peak / seconds)}, mean {Rate(t.Bytes.Sum() / Math.Max(t.Width / 1e9, seconds * sums.Count))}";
    }

    private static string Rate(double bytesPerSecond) => Figures.Bytes((long)Math.Min(bytesPerSecond, long.MaxValue / 2.0)) + "/s";
}
