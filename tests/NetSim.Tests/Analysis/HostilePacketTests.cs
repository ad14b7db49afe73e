using NetSim.Analysis;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

public sealed class HostilePacketTests
{
    private const int Mutations = 150;

    private static IEnumerable<string> Names => Directory.GetFiles(AnalysisRun.Capture("analysis")).Concat(Directory.GetFiles(AnalysisRun.Capture(""), "*.pcap*")).Select(f => Path.GetRelativePath(AnalysisRun.Capture(""), f)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void Mutated_packets_are_analysed_without_an_exception(string name)
    {
        byte[] whole = File.ReadAllBytes(AnalysisRun.Capture(name));
        var random = new Random(name.Length);

        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < Mutations; i++) Analyse(Mutated(whole[..Math.Min(whole.Length, 20_000)], random));
        });
    }

    [Test]
    public void Chance_under_every_link_type_is_analysed_without_an_exception()
    {
        var random = new Random(4711);
        var analysis = new CaptureAnalysis();
        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < 60_000; i++)
            {
                byte[] bytes = new byte[random.Next(160)];
                random.NextBytes(bytes);
                Begin(bytes, random);
                analysis.Add(new() { Bytes = bytes, OriginalLength = bytes.Length + random.Next(3) * 40, LinkType = i % 300, UnixNanoseconds = random.NextInt64(), HasTime = true, Interface = -1 });
            }
            analysis.Result();
        });
    }

    /// <summary>Frames that begin well come further.</summary>
    private static void Begin(byte[] bytes, Random random)
    {
        if (bytes.Length < 40) return;
        bytes[12] = (byte)(random.Next(4) switch { 0 => 8, 1 => 0x86, 2 => 0x88, _ => bytes[12] });
        bytes[13] = (byte)(random.Next(5) switch { 0 => 0, 1 => 0xDD, 2 => 0x47, 3 => 0x64, _ => 6 });
        bytes[14] = (byte)(random.Next(2) == 0 ? 0x45 : 0x60);
        bytes[0] = (byte)(random.Next(2) == 0 ? 0x45 : 0x60);
        bytes[23] = bytes[9] = (byte)(random.Next(9) switch { 0 => 6, 1 => 17, 2 => 1, 3 => 4, 4 => 41, 5 => 47, 6 => 132, 7 => 51, _ => 58 });
    }

    private static byte[] Mutated(byte[] file, Random random)
    {
        for (int n = random.Next(1, 12); n > 0; n--)
        {
            int at = 24 + random.Next(Math.Max(1, file.Length - 24));
            if (at < file.Length) file[at] = (byte)random.Next(256);
        }
        return file;
    }

    private static void Analyse(byte[] file)
    {
        try
        {
            using var reader = CaptureReader.Open(new MemoryStream(file), "x");
            var analysis = new CaptureAnalysis();
            while (reader.TryNext(out var p))
                analysis.Add(new() { Bytes = p.Bytes, OriginalLength = p.OriginalLength, UnixNanoseconds = p.UnixNanoseconds, HasTime = p.HasTime, LinkType = reader.Interfaces[p.Interface].LinkType, Interface = p.Interface });
            analysis.Result();
        }
        catch (InputException)
        {
            // Refused, with a sentence.
        }
    }
}
