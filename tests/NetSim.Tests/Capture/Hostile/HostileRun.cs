using System.Diagnostics;
using System.Globalization;
using NetSim.Capture.Correlation;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Wire.Inspection;
using NetSim.Workbench.Analysing;

namespace NetSim.Tests.Capture.Hostile;

/// <summary>Runs hostile files through reading, analysis and mapping: `dotnet NetSim.Tests.dll hostile COUNT SEED FOLDER…`. A file that breaks something is kept in the folder "finds".</summary>
internal static class HostileRun
{
    /// <summary>A file may not take longer.</summary>
    public const int MostSeconds = 20;

    /// <summary>Nor more memory, for what is kept of it and what is thrown away together.</summary>
    public const long MostBytes = 600L * 1024 * 1024;

    private const int SeedLength = 48 * 1024;
    private static volatile int _now = -1;
    private static long _since;

    /// <summary>Runs so many and tells what broke; 1 when something did.</summary>
    public static int Run(int count, int seed, IReadOnlyList<string> folders)
    {
        var mutator = new Mutator(Seeds(folders), seed);
        new Thread(() => Watch(mutator)) { IsBackground = true }.Start();
        var (refused, damaged, whole, broken, most) = (0, 0, 0, 0, 0L);
        for (int i = 0; i < count; i++)
        {
            var (file, how) = mutator.Make(i);
            Interlocked.Exchange(ref _since, Stopwatch.GetTimestamp());
            _now = i;
            try
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                bool? sound = Read(file, maps: i % 16 == 0);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > MostBytes) throw new InvalidOperationException($"{allocated} bytes were allocated");
                most = Math.Max(most, allocated);
                if (sound is null) refused++;
                else if (sound.Value) whole++;
                else damaged++;
            }
            catch (Exception e)
            {
                broken++;
                Keep(i, file, how, e.ToString());
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} files: {refused} refused, {damaged} read up to their damage, {whole} whole, {broken} broke something; at most {most / 1048576.0:0} MiB allocated for one, {Environment.WorkingSet / 1048576.0:0} MiB in all"));
        return broken == 0 ? 0 : 1;
    }

    /// <summary>Sound captures to begin with, unpacked, the first part of each.</summary>
    public static List<byte[]> Seeds(IReadOnlyList<string> folders)
    {
        var seeds = new List<byte[]>();
        foreach (string path in folders.SelectMany(f => Directory.GetFiles(f, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            byte[] file = File.ReadAllBytes(path);
            if (path.EndsWith(".gz", StringComparison.Ordinal))
            {
                using var unpacked = new MemoryStream();
                using (var gzip = new System.IO.Compression.GZipStream(new MemoryStream(file), System.IO.Compression.CompressionMode.Decompress)) gzip.CopyTo(unpacked);
                file = unpacked.ToArray();
            }
            if (Anatomy.Of(file).Starts.Count > 0) seeds.Add(file.Length > SeedLength ? file[..SeedLength] : file);
        }
        return seeds;
    }

    /// <summary>Reads, analyses and tells every packet; null: refused, false: damaged.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maps">Is it also mapped onto a guessed host?</param>
    public static bool? Read(byte[] file, bool maps)
    {
        try
        {
            var wish = new AnalysisWish { Paths = ["x"] };
            using var feed = new CaptureFeed(CaptureReader.Open(new MemoryStream(file), "x"), wish, null);
            long packets = 0;
            while (feed.Reader.TryNext(out var packet))
            {
                feed.Take(packet);
                if (packets++ < 2000) FrameReading.Summarise(packet.Bytes, feed.Reader.Interfaces[packet.Interface].LinkType);
            }
            var result = feed.Result();
            if (result.Statistics.Packets != packets) throw new InvalidOperationException($"{packets} packets were read and {result.Statistics.Packets} told");
            if (maps) Map(file);
            return feed.Reader.Damage is null;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static void Map(byte[] file)
    {
        string path = Path.Combine(Path.GetTempPath(), $"netsim-hostile-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(path, file);
            CaptureTrace.Read([path]);
        }
        catch (InputException)
        {
            // Refused, with a sentence.
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Watch(Mutator mutator)
    {
        while (true)
        {
            Thread.Sleep(1000);
            int now = _now;
            if (now < 0 || Stopwatch.GetElapsedTime(Interlocked.Read(ref _since)).TotalSeconds < MostSeconds) continue;
            var (file, how) = mutator.Make(now);
            Keep(now, file, how, "it hangs");
            Process.GetCurrentProcess().Kill();
        }
    }

    private static void Keep(int number, byte[] file, string how, string why)
    {
        Directory.CreateDirectory("finds");
        File.WriteAllBytes($"finds/{number}.pcap", file);
        Console.WriteLine($"{number} ({how}; {file.Length} bytes): {why}");
    }
}
