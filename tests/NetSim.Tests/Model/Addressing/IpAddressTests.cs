using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Addressing;

public sealed class IpAddressTests
{
    [TestCase("0.0.0.0")]
    [TestCase("172.18.0.2")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("fe80::dc3a:ff:fe3c:4f71")]
    [TestCase("2001:db8::1")]
    [TestCase("::ffff:192.0.2.1")]
    public void An_address_is_written_as_it_was_read(string text) =>
        Assert.That(IpAddress.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1", Description = "RFC 5952, 4.2.3: the first of two equal runs")]
    [TestCase("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", Description = "RFC 5952, 4.2.2: one zero group is not shortened")]
    [TestCase("2001:0:0:1:0:0:0:1", "2001:0:0:1::1", Description = "RFC 5952, 4.2.3: the longest run")]
    [TestCase("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::")]
    [TestCase("fe80::5efe:192.0.2.1", "fe80::5efe:c000:201", Description = "no dotted quad but in ::ffff:0:0/96")]
    public void An_IPv6_address_is_written_by_RFC_5952(string text, string written) =>
        Assert.That(IpAddress.Parse(text).ToString(), Is.EqualTo(written));

    [TestCase("")]
    [TestCase("172.18.0")]
    [TestCase("172.18.0.256")]
    [TestCase("172.18.0.02", Description = "octal or decimal? neither")]
    [TestCase("172.18.0.2.1")]
    [TestCase("0x7f.0.0.1")]
    [TestCase("172.18.0.2/16")]
    [TestCase(" 172.18.0.2")]
    [TestCase("fe80::1%eth0")]
    [TestCase("[::1]")]
    [TestCase("1::2::3")]
    [TestCase("12345::")]
    [TestCase("localhost")]
    public void What_is_no_address_is_not_read(string text) =>
        Assert.That(IpAddress.TryParse(text, out _), Is.False);

    [Test]
    public void Any_IPv4_address_comes_back_from_its_text() =>
        Property.Holds<uint>(bits => IpAddress.Parse(IpAddress.FromV4(bits).ToString()).V4 == bits);

    [Test]
    public void Any_IPv6_address_comes_back_from_its_text() =>
        Property.Holds<(ulong High, ulong Low)>(b => Sparse(b) is var a && IpAddress.Parse(a.ToString()) == a);

    [Test]
    public void The_platform_reads_the_same_IPv6_text() =>
        Property.Holds<(ulong High, ulong Low)>(b => Sparse(b) is var a && System.Net.IPAddress.Parse(a.ToString()).GetAddressBytes() is var bytes && IpAddress.Read(bytes) == a);

    [Test]
    public void Any_address_comes_back_from_its_octets() => Property.Holds<(ulong High, ulong Low)>(b =>
    {
        var octets = new byte[16];
        Sparse(b).Write(octets);
        return IpAddress.Read(octets) == Sparse(b);
    });

    [TestCase("172.18.0.255", 1, "172.18.1.0")]
    [TestCase("255.255.255.255", 1, "0.0.0.0")]
    [TestCase("0.0.0.0", -1, "255.255.255.255")]
    [TestCase("::ffff:ffff:ffff:ffff", 1, "0:0:0:1::")]
    [TestCase("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1, "::")]
    public void Counting_on_wraps_within_the_family(string from, int n, string to) =>
        Assert.That(IpAddress.Parse(from).Plus(n), Is.EqualTo(IpAddress.Parse(to)));

    [Test]
    public void IPv4_addresses_come_before_IPv6_and_by_value_else()
    {
        string[] sorted = ["10.0.0.9", "10.0.0.10", "::", "fd00::1"];

        var again = sorted.Reverse().Select(IpAddress.Parse).Order().Select(a => a.ToString());

        Assert.That(again, Is.EqualTo(sorted));
    }

    [Test]
    public void The_two_unspecified_addresses_differ() =>
        Assert.That(IpAddress.AnyV4, Is.Not.EqualTo(IpAddress.AnyV6));

    [TestCase("127.0.0.11", true)]
    [TestCase("::1", true)]
    [TestCase("128.0.0.1", false)]
    [TestCase("::", false)]
    public void Loopback_is_a_block_in_IPv4_and_one_address_in_IPv6(string text, bool loopback) =>
        Assert.That(IpAddress.Parse(text).IsLoopback, Is.EqualTo(loopback));

    [TestCase("169.254.1.1", true)]
    [TestCase("fe80::1", true)]
    [TestCase("febf::1", true)]
    [TestCase("fec0::1", false)]
    [TestCase("169.255.0.1", false)]
    public void Link_local_blocks_are_known(string text, bool local) =>
        Assert.That(IpAddress.Parse(text).IsLinkLocal, Is.EqualTo(local));

    [TestCase("224.0.0.251", true)]
    [TestCase("239.255.255.255", true)]
    [TestCase("240.0.0.1", false)]
    [TestCase("ff02::fb", true)]
    [TestCase("fe80::1", false)]
    public void Multicast_blocks_are_known(string text, bool multicast) =>
        Assert.That(IpAddress.Parse(text).IsMulticast, Is.EqualTo(multicast));

    /// <summary>Small generated numbers spread over the groups, so that runs of zeros are met.</summary>
    private static IpAddress Sparse((ulong High, ulong Low) b) => IpAddress.FromV6(b.High << 48 | b.Low % 3, b.Low << 32 | b.High % 5);
}
