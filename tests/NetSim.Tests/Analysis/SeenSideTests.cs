using NetSim.Analysis.Sightings;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SeenSideTests
{
    private const long Millisecond = 1_000_000;
    private readonly ObservationPoint _point = new(0, "a.pcap", null);
    private readonly SeenSide _side = new();

    private void Send(uint sequence, int length, ushort id, long milliseconds) => _side.Data(sequence, length, id, new(_point, milliseconds, milliseconds * Millisecond));

    [Test]
    public void Data_that_comes_again_was_sent_again()
    {
        Send(1000, 100, 1, 0);
        Send(1000, 100, 2, 200);

        Assert.That(_side.SentAgain, Is.EqualTo(1));
    }

    [Test]
    public void The_same_packet_twice_at_once_was_sent_once()
    {
        Send(1000, 100, 1, 0);
        Send(1000, 100, 1, 1);

        Assert.That(_side.SentAgain, Is.Zero);
    }

    [Test]
    public void What_fills_a_gap_at_once_was_late()
    {
        Send(1000, 100, 1, 0);
        Send(1200, 100, 3, 1);
        Send(1100, 100, 2, 2);

        Assert.That(_side.SentAgain, Is.Zero);
    }

    [Test]
    public void What_fills_a_gap_much_later_was_lost_before()
    {
        Send(1000, 100, 1, 0);
        Send(1200, 100, 3, 1);
        Send(1100, 100, 4, 220);

        Assert.That(_side.SentAgain, Is.EqualTo(1));
    }

    [Test]
    public void A_keep_alive_is_no_data_that_is_sent_again()
    {
        Send(1000, 100, 1, 0);
        Send(1099, 1, 2, 5000);

        Assert.That((_side.SentAgain, _side.KeepAlives), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Sequence_numbers_may_wrap()
    {
        Send(0xFFFF_FFC0, 100, 1, 0);
        Send(36, 100, 2, 10);

        Assert.That((_side.SentAgain, _side.Next), Is.EqualTo((0, 136u)));
    }
}
