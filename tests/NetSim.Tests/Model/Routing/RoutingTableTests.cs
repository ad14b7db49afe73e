using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Routing;

public sealed class RoutingTableTests
{
    [TestCase("172.18.0.9", "eth0")]
    [TestCase("172.18.4.9", "eth1")]
    [TestCase("8.8.8.8", "eth2")]
    public void The_longest_prefix_wins(string to, string expected)
    {
        var table = Table(Make("0.0.0.0/0", "eth2", "172.19.0.1"), Make("172.18.0.0/16", "eth0"), Make("172.18.4.0/24", "eth1"));

        var route = table.Lookup(IpAddress.Parse(to));

        Assert.That(route?.Interface, Is.EqualTo(expected));
    }

    [Test]
    public void Of_equal_prefixes_the_lowest_metric_wins()
    {
        var table = Table(Make("10.0.0.0/8", "slow") with { Metric = 200 }, Make("10.0.0.0/8", "fast") with { Metric = 100 });

        Assert.That(table.Lookup(IpAddress.Parse("10.1.1.1"))?.Interface, Is.EqualTo("fast"));
    }

    [Test]
    public void A_row_of_an_interface_that_is_down_is_passed_over()
    {
        var table = Table(Make("172.18.0.0/16", "eth0"), Make("0.0.0.0/0", "eth1", "10.0.0.1"));

        Assert.That(table.Lookup(IpAddress.Parse("172.18.0.2"), name => name != "eth0")?.Interface, Is.EqualTo("eth1"));
    }

    [Test]
    public void A_blackhole_needs_no_interface()
    {
        var table = Table(Make("10.9.0.0/16", "") with { Type = RouteType.Blackhole }, Make("0.0.0.0/0", "eth0", "10.0.0.1"));

        Assert.That(table.Lookup(IpAddress.Parse("10.9.1.1"), _ => true)?.Type, Is.EqualTo(RouteType.Blackhole));
    }

    [Test]
    public void Without_a_matching_row_there_is_no_route() =>
        Assert.That(Table(Make("172.18.0.0/16", "eth0")).Lookup(IpAddress.Parse("8.8.8.8")), Is.Null);

    [Test]
    public void An_IPv4_default_route_takes_no_IPv6_packet() =>
        Assert.That(Table(Make("0.0.0.0/0", "eth0")).Lookup(IpAddress.Parse("2001:db8::1")), Is.Null);

    [Test]
    public void Rows_are_listed_as_ip_route_lists_them()
    {
        string[] listed = ["0.0.0.0/0", "10.0.0.0/24", "10.0.0.0/8", "172.18.0.0/16", "fd00::/64", "fe80::/64", "::/0"];

        var table = Table([.. listed.Reverse().Select(d => Make(d, "eth0"))]);

        Assert.That(table.Routes.Select(r => r.Destination.ToString()), Is.EqualTo(listed));
    }

    [Test]
    public void An_equal_row_is_replaced()
    {
        var table = Table(Make("10.0.0.0/8", "eth0"), Make("10.0.0.0/8", "eth0") with { Protocol = "static" });

        Assert.That(table.Routes.Select(r => r.Protocol), Is.EqualTo(new[] { "static" }));
    }

    [Test]
    public void Removing_a_row_that_is_not_there_says_so() =>
        Assert.That(Table().Remove(Make("10.0.0.0/8", "eth0")), Is.False);

    [Test]
    public void Rows_follow_the_new_name_of_their_interface()
    {
        var table = Table(Make("10.0.0.0/8", "veth1"));

        table.RenameInterface("veth1", "eth0");

        Assert.That(table.Routes.Single().Interface, Is.EqualTo("eth0"));
    }

    [Test]
    public void Rows_of_an_interface_go_with_it()
    {
        var table = Table(Make("10.0.0.0/8", "eth0"), Make("0.0.0.0/0", "eth1"));

        table.RemoveInterface("eth0");

        Assert.That(table.Routes.Select(r => r.Interface), Is.EqualTo(new[] { "eth1" }));
    }

    [Test]
    public void Every_change_is_counted()
    {
        var table = Table();
        int before = table.Version;

        table.Add(Make("10.0.0.0/8", "eth0"));

        Assert.That(table.Version, Is.GreaterThan(before));
    }

    [TestCase("0.0.0.0/0", "172.18.0.1", "", "", "default via 172.18.0.1 dev eth0")]
    [TestCase("172.18.0.0/16", null, "kernel", "link", "172.18.0.0/16 dev eth0 proto kernel scope link")]
    [TestCase("10.0.0.1/32", null, "", "", "10.0.0.1 dev eth0")]
    public void A_row_is_written_as_ip_route_writes_it(string to, string? via, string protocol, string scope, string text) =>
        Assert.That((Make(to, "eth0", via) with { Protocol = protocol, Scope = scope }).ToString(), Is.EqualTo(text));

    [Test]
    public void The_row_found_is_the_best_of_all_that_match() => Property.Holds<(uint To, uint[] Blocks)>(x =>
    {
        var table = Table([.. x.Blocks.Select((b, i) => Make(new Subnet(IpAddress.FromV4(b), (int)(b % 9)).ToString(), $"eth{i}"))]);
        var matching = table.Routes.Where(r => r.Destination.Contains(IpAddress.FromV4(x.To))).ToList();
        int? longest = matching.Count == 0 ? null : matching.Max(r => r.Destination.PrefixLength);
        return table.Lookup(IpAddress.FromV4(x.To))?.Destination.PrefixLength == longest;
    });

    private static Route Make(string to, string on, string? via = null) =>
        new() { Destination = Subnet.Parse(to), Interface = on, Gateway = via is null ? null : IpAddress.Parse(via) };

    private static RoutingTable Table(params Route[] routes)
    {
        var table = new RoutingTable();
        foreach (var r in routes) table.Add(r);
        return table;
    }
}
