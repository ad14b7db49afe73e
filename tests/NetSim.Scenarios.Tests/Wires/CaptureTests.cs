using NetSim.Capture.Files;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>Every file of captures/ is a test.</summary>
public sealed class CaptureTests
{
    private static IEnumerable<string> Captures => Tree.Files("captures", ".pcap", ".pcapng", ".gz", ".zst");

    [Test]
    public void There_are_captures() => Assert.That(Captures, Is.Not.Empty);

    [TestCaseSource(nameof(Captures))]
    public void A_capture_has_the_packets_that_its_line_says(string file)
    {
        using var reader = CaptureReader.Open(Path.Combine(Tree.Root, "captures", file));
        int packets = 0;
        while (reader.TryNext(out _)) packets++;

        Assert.That(File.ReadAllLines(Path.Combine(Tree.Root, "captures/README.md")), Has.Some.Match($@"^\| {System.Text.RegularExpressions.Regex.Escape(file)} \|.*\| {packets} \|"));
    }

    [TestCaseSource(nameof(Captures))]
    public void Only_the_cut_capture_is_damaged(string file)
    {
        using var reader = CaptureReader.Open(Path.Combine(Tree.Root, "captures", file));
        while (reader.TryNext(out _))
        {
        }

        Assert.That(reader.Damage is not null, Is.EqualTo(file == "cut.pcap"));
    }
}
