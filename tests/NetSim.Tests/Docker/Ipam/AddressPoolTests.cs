using NetSim.Docker.Ipam;
using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Ipam;

public sealed class AddressPoolTests
{
    [Test]
    public void The_lowest_address_that_was_given_back_comes_next()
    {
        var pool = new AddressPool(Subnet.Parse("10.0.0.0/24"), null, keepEnds: false);
        for (int i = 0; i < 5; i++) pool.TryTakeNext(out _);
        pool.Release(IpAddress.Parse("10.0.0.4"));
        pool.Release(IpAddress.Parse("10.0.0.2"));

        pool.TryTakeNext(out var next);

        Assert.That(next, Is.EqualTo(IpAddress.Parse("10.0.0.2")));
    }

    [TestCase("10.0.0.0/29", 6)]
    [TestCase("10.0.0.0/30", 2)]
    [TestCase("10.0.0.0/31", 2)]
    [TestCase("fd00::/126", 3)]
    public void A_pool_gives_all_but_its_reserved_ends(string subnet, int count)
    {
        var pool = new AddressPool(Subnet.Parse(subnet), null, keepEnds: false);

        int given = 0;
        while (pool.TryTakeNext(out _)) given++;

        Assert.That(given, Is.EqualTo(count));
    }

    [Test]
    public void The_cursor_goes_on_after_the_last_subnet_given()
    {
        var space = new AddressSpace(new NextSubnetByCursor(), []);
        var first = space.Next(v6: false, [])!.Value;
        space.Release(first);

        Assert.That(space.Next(v6: false, []), Is.EqualTo(Subnet.Parse("172.18.0.0/16")));
    }

    [Test]
    public void The_lowest_free_subnet_comes_again_at_once()
    {
        var space = new AddressSpace(new LowestFreeSubnet(), []);
        var first = space.Next(v6: false, [])!.Value;
        space.Release(first);

        Assert.That(space.Next(v6: false, []), Is.EqualTo(first));
    }
}
