using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Addressing;

public sealed class SubnetTests
{
    [TestCase("172.18.0.5/16", "172.18.0.0/16")]
    [TestCase("10.1.2.3/0", "0.0.0.0/0")]
    [TestCase("10.1.2.3/32", "10.1.2.3/32")]
    [TestCase("fd00:1:2:3::9/64", "fd00:1:2:3::/64")]
    [TestCase("fd00::9/128", "fd00::9/128")]
    public void Host_bits_are_cleared(string text, string block) =>
        Assert.That(Subnet.Parse(text).ToString(), Is.EqualTo(block));

    [TestCase("172.18.0.0")]
    [TestCase("172.18.0.0/33")]
    [TestCase("172.18.0.0/-1")]
    [TestCase("172.18.0.0/")]
    [TestCase("fd00::/129")]
    [TestCase("/16")]
    public void What_is_no_block_is_not_read(string text) =>
        Assert.That(Subnet.TryParse(text, out _), Is.False);

    [TestCase("172.18.0.0/16", "172.18.255.255")]
    [TestCase("0.0.0.0/0", "255.255.255.255")]
    [TestCase("10.0.0.8/30", "10.0.0.11")]
    [TestCase("fd00::/64", "fd00::ffff:ffff:ffff:ffff")]
    [TestCase("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void The_last_address_ends_the_block(string block, string last) =>
        Assert.That(Subnet.Parse(block).Last, Is.EqualTo(IpAddress.Parse(last)));

    [Test]
    public void A_block_holds_its_first_and_last_address_and_not_the_next() => Property.Holds<(uint Bits, byte Length)>(x =>
    {
        var block = new Subnet(IpAddress.FromV4(x.Bits), 1 + x.Length % 32);
        bool whole = block.Last.Plus(1) == block.Address;
        return block.Contains(block.Address) && block.Contains(block.Last) && (whole || !block.Contains(block.Last.Plus(1)));
    });

    [Test]
    public void Blocks_overlap_when_one_holds_the_other() => Property.Holds<(uint A, byte LengthA, uint B, byte LengthB)>(x =>
    {
        Subnet a = new(IpAddress.FromV4(x.A), x.LengthA % 33), b = new(IpAddress.FromV4(x.B), x.LengthB % 33);
        return a.Overlaps(b) == (a.Contains(b) || b.Contains(a)) && a.Overlaps(b) == b.Overlaps(a);
    });

    [Test]
    public void A_block_of_one_family_holds_no_address_of_the_other() =>
        Assert.That(Subnet.AllV6.Contains(IpAddress.Parse("10.0.0.1")), Is.False);

    [Test]
    public void The_number_of_addresses_fits_the_block() =>
        Assert.That(Subnet.Parse("172.18.0.0/16").Count, Is.EqualTo((UInt128)65536));
}
