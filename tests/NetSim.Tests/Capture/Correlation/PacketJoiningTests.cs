using NetSim.Capture.Correlation;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Correlation;

public sealed class PacketJoiningTests
{
    private const long Millisecond = 1_000_000;

    [Test]
    public void Sightings_at_different_places_are_one_packet()
    {
        var joining = new PacketJoining();
        Assert.That(new[] { joining.PacketOf(7, 0, 0, true), joining.PacketOf(7, 10, 1, false), joining.PacketOf(7, 20, 2, false) }, Is.All.EqualTo(0));
    }

    [Test]
    public void A_second_sighting_at_a_place_is_a_retransmission()
    {
        var joining = new PacketJoining();
        int[] packets = [joining.PacketOf(7, 0, 0, true), joining.PacketOf(7, 200 * Millisecond, 0, true), joining.PacketOf(7, 201 * Millisecond, 1, false)];
        Assert.That(packets, Is.EqualTo(new[] { 0, 1, 1 }));
    }

    [Test]
    public void A_hairpin_shows_one_packet_going_in_and_out()
    {
        var joining = new PacketJoining();
        Assert.That(joining.PacketOf(7, 0, 0, false), Is.EqualTo(joining.PacketOf(7, 5, 0, true)));
    }

    [Test]
    public void What_is_seen_long_after_is_another_packet()
    {
        var joining = new PacketJoining();
        joining.PacketOf(7, 0, 0, true);
        Assert.That(joining.PacketOf(7, 1000 * Millisecond, 1, false), Is.EqualTo(1));
    }
}
