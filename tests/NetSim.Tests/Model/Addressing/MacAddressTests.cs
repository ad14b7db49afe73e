using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Addressing;

public sealed class MacAddressTests
{
    [TestCase("02:42:ac:12:00:02", "02:42:ac:12:00:02")]
    [TestCase("DE-3A-00-3C-4F-71", "de:3a:00:3c:4f:71")]
    [TestCase("2:42:ac:12:0:2", "02:42:ac:12:00:02")]
    public void An_address_is_read_in_every_usual_spelling(string text, string written) =>
        Assert.That(MacAddress.Parse(text).ToString(), Is.EqualTo(written));

    [TestCase("")]
    [TestCase("02:42:ac:12:00")]
    [TestCase("02:42:ac:12:00:02:03")]
    [TestCase("02:42:ac:12:00:0g")]
    [TestCase("02:42:ac:12:00:002")]
    [TestCase("02:42:ac:12::02")]
    public void What_is_no_address_is_not_read(string text) =>
        Assert.That(MacAddress.TryParse(text, out _), Is.False);

    [Test]
    public void Any_address_comes_back_from_its_text() =>
        Property.Holds<ulong>(n => new MacAddress(n & 0xFFFF_FFFF_FFFF) is var mac && MacAddress.Parse(mac.ToString()) == mac);

    [Test]
    public void Any_address_comes_back_from_its_octets() => Property.Holds<ulong>(n =>
    {
        var octets = new byte[6];
        new MacAddress(n & 0xFFFF_FFFF_FFFF).Write(octets);
        return MacAddress.Read(octets).Value == (n & 0xFFFF_FFFF_FFFF);
    });

    [Test]
    public void Docker_makes_the_address_from_the_IPv4_address() =>
        Assert.That(MacAddress.FromIpv4(IpAddress.Parse("172.18.0.2")).ToString(), Is.EqualTo("02:42:ac:12:00:02"));

    [Test]
    public void The_link_local_address_is_made_by_EUI_64() =>
        Assert.That(MacAddress.Parse("02:42:ac:12:00:02").ToLinkLocal().ToString(), Is.EqualTo("fe80::42:acff:fe12:2"));

    [Test]
    public void Broadcast_is_a_group_address() =>
        Assert.That(MacAddress.Broadcast.IsMulticast);

    [TestCase("02:42:ac:12:00:02", true)]
    [TestCase("00:1b:21:3c:9d:f8", false)]
    public void The_bit_of_addresses_without_a_maker_is_known(string text, bool local) =>
        Assert.That(MacAddress.Parse(text).IsLocallyAdministered, Is.EqualTo(local));
}
