using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules;
using NetSim.Analysis.Sightings;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Workbench.Diagnosing;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

public sealed class HostileDiagnosisTests
{
    private const int Mutations = 60;

    private static IEnumerable<string> Names => Directory.GetFiles(AnalysisRun.Capture("analysis")).Concat(Directory.GetFiles(AnalysisRun.Capture(""), "*.pcap*")).Select(f => Path.GetRelativePath(AnalysisRun.Capture(""), f)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void Mutated_captures_are_diagnosed_without_an_exception(string name)
    {
        byte[] whole = File.ReadAllBytes(AnalysisRun.Capture(name));
        var random = new Random(name.Length);

        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < Mutations; i++) Diagnose(Mutated(whole[..Math.Min(whole.Length, 20_000)], random), name);
        });
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        // The head of the file stays, so that its packets are reached.
        for (int n = random.Next(1, 60); n > 0 && bytes.Length > 200; n--) bytes[random.Next(60, bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static void Diagnose(byte[] bytes, string name)
    {
        var book = new TrafficBook();
        try
        {
            TrafficReading.Read(book, CaptureReader.Open(new MemoryStream(bytes), name), _ => null, [], CancellationToken.None);
        }
        catch (InputException)
        {
            return; // no capture any more
        }
        Diagnoses.Of(new DiagnosisCase { Traffic = book });
    }
}
