using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NUnit.Framework;

namespace NetSim.Tests.Model.Packets;

public sealed class FlowKeyTests
{
    private static readonly FlowKey Flow = new(IpProtocol.Tcp, IpAddress.Parse("172.18.0.3"), new(33316), IpAddress.Parse("172.18.0.2"), new(6379));

    [Test]
    public void The_other_end_sees_the_flow_turned_round() =>
        Assert.That(Flow.Reversed.ToString(), Is.EqualTo("tcp 172.18.0.2:6379 > 172.18.0.3:33316"));

    [Test]
    public void Turned_round_twice_it_is_the_same() => Assert.That(Flow.Reversed.Reversed, Is.EqualTo(Flow));

    [Test]
    public void An_IPv6_end_stands_in_brackets() =>
        Assert.That(FlowKey.End(IpAddress.Parse("fd00::2"), new(80)), Is.EqualTo("[fd00::2]:80"));

    [Test]
    public void ICMP_has_no_ports() =>
        Assert.That((Flow with { Protocol = IpProtocol.Icmp }).ToString(), Is.EqualTo("icmp 172.18.0.3 > 172.18.0.2"));

    [TestCase("tcp", IpProtocol.Tcp)]
    [TestCase("ipv6-icmp", IpProtocol.IcmpV6)]
    [TestCase("132", IpProtocol.Sctp)]
    public void A_protocol_is_read_by_name_and_by_number(string text, IpProtocol protocol)
    {
        bool read = IpProtocolNames.TryParse(text, out var found);

        Assert.That((read, found), Is.EqualTo((true, protocol)));
    }

    [TestCase("tpc")]
    [TestCase("256")]
    [TestCase("")]
    public void An_unknown_protocol_is_not_read(string text) => Assert.That(IpProtocolNames.TryParse(text, out _), Is.False);
}
