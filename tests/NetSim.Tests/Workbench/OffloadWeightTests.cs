using NetSim.Workbench.Recording;
using NUnit.Framework;

namespace NetSim.Tests.Workbench;

public sealed class OffloadWeightTests
{
    private static byte[] Segment(int payload, byte flags)
    {
        var frame = new byte[54 + payload];
        (frame[12], frame[14], frame[23], frame[46], frame[47]) = (0x08, 0x45, 6, 0x50, flags);
        return frame;
    }

    [TestCase(1448, 0x10, 1)]
    [TestCase(0, 0x10, 1)]
    [TestCase(1448, 0x18, 1)]
    [TestCase(5, 0x18, 16)]
    [TestCase(0, 0x02, 16)]
    [TestCase(0, 0x11, 16)]
    public void Full_segments_and_bare_acknowledgments_count_a_sixteenth(int payload, byte flags, int weight) =>
        Assert.That(OffloadWeight.Of(Segment(payload, flags), 54 + payload), Is.EqualTo(weight));

    [Test]
    public void A_frame_too_short_for_a_header_counts_whole() => Assert.That(OffloadWeight.Of(new byte[20], 20), Is.EqualTo(16));
}
