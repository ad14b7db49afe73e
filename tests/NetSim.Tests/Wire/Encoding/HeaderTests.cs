using NUnit.Framework;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;
using NetSim.Wire;

namespace NetSim.Tests.Wire.Encoding;

public sealed class HeaderTests
{
    private static readonly MacAddress Here = MacAddress.Parse("02:42:ac:12:00:03");
    private static readonly MacAddress There = MacAddress.Parse("02:42:ac:12:00:02");
    private static readonly Ipv4Header Ip = new() { Source = IpAddress.Parse("172.18.0.3"), Destination = IpAddress.Parse("172.18.0.2"), Protocol = IpProtocol.Tcp, Identification = 4711 };

    [Test]
    public void A_segment_written_is_the_segment_read()
    {
        var written = new TcpHeader
        {
            SourcePort = 33316,
            DestinationPort = 6379,
            SequenceNumber = 0xFFFF_FFF0,
            AcknowledgmentNumber = 7,
            Flags = TcpFlags.Syn | TcpFlags.Ack,
            Window = 64240,
            Options = new() { MaximumSegmentSize = 1460, SackPermitted = true, HasTimestamps = true, TimestampValue = 1, TimestampEchoReply = 2, WindowScale = 7 },
        };
        var frame = Segment(written, "hello"u8);
        EthernetView.TryRead(frame, out var ethernet);
        Ipv4View.TryRead(ethernet.Payload, out var ip);
        TcpView.TryRead(ip.Payload, out var tcp);
        var read = new TcpHeader
        {
            SourcePort = tcp.SourcePort,
            DestinationPort = tcp.DestinationPort,
            SequenceNumber = tcp.SequenceNumber,
            AcknowledgmentNumber = tcp.AcknowledgmentNumber,
            Flags = tcp.Flags,
            Window = tcp.Window,
            Options = tcp.Options,
        };
        Assert.That(read, Is.EqualTo(written));
    }

    [Test]
    public void The_checksums_of_a_written_segment_are_good([Values(0, 1, 5, 1000)] int data)
    {
        var frame = Segment(new() { SourcePort = 1, DestinationPort = 2, Flags = TcpFlags.Ack }, new byte[data]);
        Ipv4View.TryRead(frame.AsSpan(14), out var ip);
        Assert.That((ip.IsHeaderChecksumGood, Checksum.Of(ip.Payload, ip.PseudoHeaderSum(ip.Payload.Length))), Is.EqualTo((true, (ushort)0)));
    }

    [Test]
    public void Three_SACK_blocks_find_room_beside_timestamps()
    {
        var options = new TcpOptions { HasTimestamps = true, SackBlocks = 4, Sack0 = (1, 2), Sack1 = (3, 4), Sack2 = (5, 6), Sack3 = (7, 8) };
        var frame = Segment(new() { Flags = TcpFlags.Ack, Options = options }, []);
        TcpView.TryRead(frame.AsSpan(34), out var tcp);
        Assert.That((tcp.HeaderLength, tcp.Options.SackBlocks, tcp.Options.Sack2), Is.EqualTo((60, 3, (5u, 6u))));
    }

    [Test]
    public void Translated_addresses_and_ports_keep_the_checksums_good([Values(IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp)] IpProtocol protocol)
    {
        var packet = Packet(protocol);
        Rewrite.Destination(packet, IpAddress.Parse("10.9.8.7"), new(4567));
        Rewrite.Source(packet, IpAddress.Parse("203.0.113.1"), new(61000));
        Rewrite.DecrementTimeToLive(packet);
        Ipv4View.TryRead(packet, out var ip);
        uint pseudo = protocol == IpProtocol.Icmp ? 0 : ip.PseudoHeaderSum(ip.Payload.Length);
        Assert.That((ip.IsHeaderChecksumGood, Checksum.Of(ip.Payload, pseudo), ip.TimeToLive), Is.EqualTo((true, (ushort)0, (byte)63)));
    }

    [Test]
    public void An_IPv6_datagram_written_is_good()
    {
        var header = new Ipv6Header { Source = IpAddress.Parse("fd00::2"), Destination = IpAddress.Parse("fd00::3"), Protocol = IpProtocol.Udp };
        var packet = new byte[40 + 8 + 3];
        "abc"u8.CopyTo(packet.AsSpan(48));
        new UdpHeader(53, 1024).Write(packet.AsSpan(40), header.PseudoHeaderSum(11));
        header.Write(packet, 11);
        Ipv6View.TryRead(packet, out var ip);
        Assert.That((ip.Destination, Checksum.Of(ip.Payload, ip.PseudoHeaderSum(ip.Payload.Length))), Is.EqualTo((header.Destination, (ushort)0)));
    }

    private static byte[] Segment(TcpHeader tcp, ReadOnlySpan<byte> data)
    {
        var frame = new byte[34 + tcp.Length + data.Length];
        data.CopyTo(frame.AsSpan(34 + tcp.Length));
        tcp.Write(frame.AsSpan(34), Ip.PseudoHeaderSum(frame.Length - 34));
        Ip.Write(frame.AsSpan(14), frame.Length - 34);
        EthernetHeader.Write(frame, There, Here, EtherType.Ipv4);
        return frame;
    }

    private static byte[] Packet(IpProtocol protocol)
    {
        var ip = Ip with { Protocol = protocol };
        var packet = new byte[20 + 32];
        var payload = packet.AsSpan(20);
        if (protocol == IpProtocol.Tcp) new TcpHeader { SourcePort = 1024, DestinationPort = 80, Flags = TcpFlags.Ack }.Write(payload, ip.PseudoHeaderSum(32));
        else if (protocol == IpProtocol.Udp) new UdpHeader(1024, 80).Write(payload, ip.PseudoHeaderSum(32));
        else IcmpHeader.Echo(8, 17, 1).Write(payload);
        ip.Write(packet, 32);
        return packet;
    }
}
