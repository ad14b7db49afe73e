using NUnit.Framework;

namespace NetSim.Tests.Capture.Hostile;

/// <summary>Files made to break something: none is more than refused, or read up to its damage. Hundreds of thousands were run the same way (`dotnet NetSim.Tests.dll hostile`); these few thousand run each time.</summary>
public sealed class HostileCaptureTests
{
    private const int Files = 500;
    private static readonly Mutator Mutator = new(HostileRun.Seeds([Path.Combine(Folder.Top, "captures")]), 1);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [CancelAfter(120_000)]
    public void No_file_breaks_reading_or_analysis(int part)
    {
        var broken = new List<string>();
        for (int i = part * Files; i < (part + 1) * Files; i++)
        {
            var (file, how) = Mutator.Make(i);
            try
            {
                HostileRun.Read(file, maps: i % 16 == 0);
            }
            catch (Exception e)
            {
                broken.Add($"{i} ({how}): {e.GetType().Name}: {e.Message}");
            }
        }

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void A_cut_file_gives_every_packet_before_the_cut()
    {
        foreach (byte[] whole in HostileRun.Seeds([Path.Combine(Folder.Top, "captures")]))
        {
            var packets = Anatomy.Of(whole).Packets;
            if (packets.Count < 3 || Samples.ReadAll(whole).Count != packets.Count) continue;
            var (at, length) = packets[packets.Count / 2];

            var read = Samples.ReadAll(whole[..(at + length - 1)]);

            Assert.That(read.Select(p => Convert.ToHexString(p.Bytes)), Is.EqualTo(packets.Take(packets.Count / 2).Select(p => Convert.ToHexString(whole.AsSpan(p.At, p.Length)))));
        }
    }
}
