using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Tracing;
using NetSim.Rendering.AddressMaps;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class AddressTests
{
    private static readonly Subnet[] Pools = [.. Enumerable.Range(17, 4).Select(n => Subnet.Parse($"172.{n}.0.0/16"))];

    [Test]
    public void A_pool_is_used_skipped_next_or_free()
    {
        var b = Made();
        b.Do(new Change.RouteAdded("host", new Route { Destination = Subnet.Parse("172.18.4.0/24"), Interface = "up0" }));

        var cells = PoolCell.RowsOf(Pools, Book(b)).SelectMany(r => r);

        Assert.That(cells.Select(c => (c.State, c.Name)), Is.EqualTo(new[] { (PoolState.Used, "app"), (PoolState.Skipped, "skipped"), (PoolState.Next, "next"), (PoolState.Free, "free") }));
    }

    [Test]
    public void A_route_of_the_host_within_a_network_is_a_clash()
    {
        var b = Made();
        b.Do(new Change.RouteAdded("host", new Route { Destination = Subnet.Parse("172.17.5.0/24"), Gateway = IpAddress.Parse("203.0.113.9"), Interface = "up0" }));

        Assert.That(Book(b).Clashes.Select(c => (c.Number, c.Sentence)), Is.EqualTo(new[] { (1, "172.17.5.0/24 leads via 203.0.113.9, not into app.") }));
    }

    [Test]
    public void Two_networks_that_claim_the_same_are_a_clash()
    {
        var b = Made();
        b.Network("twin", "br-2", "172.17.128.0/17");

        Assert.That(Book(b).Clashes.Select(c => c.Sentence), Has.Some.EqualTo("app and twin both claim 172.17.0.0/16."));
    }

    [Test]
    public void A_network_on_its_own_bridge_is_no_clash() => Assert.That(Book(Made()).Clashes, Is.Empty);

    [Test]
    public void The_room_left_counts_gateway_network_and_broadcast_addresses_as_taken()
    {
        var book = Book(Made());

        Assert.That(book.Room(book.Networks[0], book.Networks[0].Subnets[0]), Is.EqualTo(((UInt128)5, (UInt128)65536)));
    }

    [Test]
    public void Who_comes_back_with_another_address_while_the_old_one_is_taken_is_told_of()
    {
        var b = Made();
        Let(b, new Change.LeaseReleased("app", IpAddress.Parse("172.17.0.2"), "a"));
        Let(b, new Change.LeaseMade("app", IpAddress.Parse("172.17.0.2"), "new"));
        Let(b, new Change.LeaseMade("app", IpAddress.Parse("172.17.0.4"), "a"));

        var panel = new LeasePanel(Theme.Light, Book(b));

        Assert.That((panel.Wanderer, panel.WasGivenAway), Is.EqualTo(("a", true)));
    }

    private static void Let(StoryBuilder b, Change change)
    {
        b.Wait(200);
        b.Do(change);
    }

    private static StoryBuilder Made()
    {
        var b = new StoryBuilder().Host();
        b.Network("app", "br-1", "172.17.0.0/16");
        b.Container("a", "x", "app", "172.17.0.2");
        b.Container("c", "x", "app", "172.17.0.3");
        return b;
    }

    private static AddressBook Book(StoryBuilder b)
    {
        var index = TraceIndex.Of(b.Trace);
        return AddressBook.Of(index, PlanFold.Of(b.Trace, index), b.Trace.Count - 1);
    }
}
