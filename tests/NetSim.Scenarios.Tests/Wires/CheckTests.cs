using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>The judges themselves, on frames of a real engine's recording.</summary>
public sealed class CheckTests
{
    private static readonly List<byte[]> Real = Agreement.PcapFile.Read(Path.Combine(Recorded.Folder("28.5.2", "03-golden-curl"), "pcap/host.br-app.pcap")).Select(f => f.Bytes).ToList();

    [Test]
    public void Conversations_of_a_real_bridge_are_whole() => Assert.That(StreamCheck.Problems(Real), Is.Empty);

    [Test]
    public void A_segment_that_is_missing_is_noticed()
    {
        int data = Real.FindIndex(f => f.Length > 100 && f[23] == 6);

        Assert.That(StreamCheck.Problems(Real.Where((_, i) => i != data)), Is.Not.Empty);
    }

    [Test]
    public void A_segment_that_comes_twice_is_noticed()
    {
        int data = Real.FindIndex(f => f.Length > 100 && f[23] == 6);

        Assert.That(StreamCheck.Problems([.. Real.Take(data + 1), .. Real.Skip(data)]), Is.Not.Empty);
    }

    [Test]
    public void A_flipped_bit_in_a_header_is_noticed()
    {
        var frame = (byte[])Real.First(f => f[12] == 8 && f[13] == 0).Clone();
        frame[22] ^= 1;

        Assert.That(FrameCheck.Problem(frame), Is.EqualTo("IPv4 checksum"));
    }

    [Test]
    public void A_frame_that_is_cut_is_noticed()
    {
        var frame = Real.First(f => f[12] == 8 && f[13] == 0);

        Assert.That(FrameCheck.Problem(frame.AsSpan(0, 40)), Is.EqualTo("IPv4 lengths do not fit"));
    }
}
