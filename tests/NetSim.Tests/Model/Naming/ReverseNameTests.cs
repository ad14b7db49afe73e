using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NUnit.Framework;

namespace NetSim.Tests.Model.Naming;

public sealed class ReverseNameTests
{
    [TestCase("172.18.0.2", "2.0.18.172.in-addr.arpa")]
    [TestCase("4321:0:1:2:3:4:567:89ab", "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa", Description = "the example of RFC 3596, 2.5")]
    public void The_name_is_that_of_the_RFC(string address, string name) =>
        Assert.That(ReverseName.Of(IpAddress.Parse(address)), Is.EqualTo(name));

    [Test]
    public void Any_address_comes_back_from_its_name() => Property.Holds<(ulong High, ulong Low, bool V6)>(x =>
    {
        var address = x.V6 ? IpAddress.FromV6(x.High, x.Low) : IpAddress.FromV4((uint)x.Low);
        return ReverseName.TryParse(ReverseName.Of(address).ToUpperInvariant(), out var back) && back == address;
    });

    [TestCase("")]
    [TestCase("db")]
    [TestCase("18.172.in-addr.arpa")]
    [TestCase("::1.in-addr.arpa")]
    [TestCase("300.0.18.172.in-addr.arpa")]
    [TestCase("1.0.ip6.arpa")]
    [TestCase(".ip6.arpa")]
    [TestCase(".in-addr.arpa")]
    public void What_is_no_such_name_is_not_read(string name) =>
        Assert.That(ReverseName.TryParse(name, out _), Is.False);
}
