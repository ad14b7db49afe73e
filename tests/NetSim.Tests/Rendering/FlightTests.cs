using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class FlightTests
{
    [Test]
    public void Stations_that_do_not_fit_are_counted([Values(30, 60, 90, 120, 400)] double room)
    {
        string[] labels = ["raw", "nat", "FDB", "FORWARD", "nat"];
        var all = labels.Select((l, i) => new Station(i, new("host", "veth0"), l, Verdict.Accepted)).ToList();

        var folded = Flight.Fold(all, room);

        int hidden = folded.Where(s => s.Label.StartsWith('+')).Sum(s => int.Parse(s.Label[1..], System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(folded.Count(s => !s.Label.StartsWith('+')) + hidden, Is.EqualTo(all.Count));
    }

    [Test]
    public void What_ended_a_packet_is_kept_whatever_the_room()
    {
        var all = new[] { "raw", "nat", "FDB", "FORWARD" }.Select((l, i) => new Station(i, new("host", "veth0"), l, l == "nat" ? Verdict.Dropped : Verdict.Accepted)).ToList();

        Assert.That(Flight.Fold(all, 1).Select(s => s.Label), Has.Some.EqualTo("nat"));
    }
}
