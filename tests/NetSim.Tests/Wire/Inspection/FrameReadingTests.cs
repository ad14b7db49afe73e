using NUnit.Framework;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;
using NetSim.Wire.Inspection;

namespace NetSim.Tests.Wire.Inspection;

public sealed class FrameReadingTests
{
    private static readonly IpAddress Here = IpAddress.Parse("172.18.0.3");
    private static readonly IpAddress There = IpAddress.Parse("172.18.0.2");

    [TestCase("", TcpFlags.Syn, "SYN 6379")]
    [TestCase("", TcpFlags.Syn | TcpFlags.Ack, "SYN ACK")]
    [TestCase("", TcpFlags.Fin | TcpFlags.Ack, "FIN")]
    [TestCase("", TcpFlags.Rst, "RST")]
    [TestCase("*2\r\n$4\r\nINCR\r\n$4\r\nhits\r\n", TcpFlags.Ack, "INCR hits")]
    [TestCase("+PONG\r\n", TcpFlags.Ack, "PONG")]
    [TestCase("GET /cgi HTTP/1.1\r\nHost: x\r\n\r\n", TcpFlags.Ack, "GET /cgi")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\n", TcpFlags.Ack, "200 OK")]
    public void A_segment_is_told_by_its_flags_or_first_line(string data, TcpFlags flags, string told) =>
        Assert.That(FrameReading.Summarise(Segment(data, flags), LinkTypes.Raw).Text, Is.EqualTo(told));

    [Test]
    public void An_ARP_request_asks_for_what_differs()
    {
        var frame = new byte[42];
        EthernetHeader.Write(frame, MacAddress.Broadcast, default, EtherType.Arp);
        ArpPacket.Write(frame.AsSpan(14), ArpView.Request, (new(1), Here), (default, There));
        Assert.That(FrameReading.Summarise(frame), Is.EqualTo(new PacketSummary("who has .2?", PacketClass.Arp, null)));
    }

    [Test]
    public void A_question_for_a_name_is_told_as_a_question()
    {
        byte[] message = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, (byte)'d', (byte)'b', 0, 0, 1, 0, 1];
        Assert.That(FrameReading.Summarise(Datagram(message, 53), LinkTypes.Raw).Text, Is.EqualTo("A db?"));
    }

    [Test]
    public void An_answer_is_told_with_its_address()
    {
        byte[] message = [0, 1, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 2, (byte)'d', (byte)'b', 0, 0, 1, 0, 1, 0xC0, 12, 0, 1, 0, 1, 0, 0, 2, 0x58, 0, 4, 172, 18, 0, 2];
        Assert.That(FrameReading.Summarise(Datagram(message, 53), LinkTypes.Raw).Text, Is.EqualTo("db = 172.18.0.2"));
    }

    [Test]
    public void A_compression_loop_is_no_name()
    {
        byte[] message = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1];
        Assert.That(FrameReading.Summarise(Datagram(message, 53), LinkTypes.Raw).Class, Is.EqualTo(PacketClass.Udp));
    }

    private static byte[] Segment(string data, TcpFlags flags)
    {
        var ip = new Ipv4Header { Source = Here, Destination = There, Protocol = IpProtocol.Tcp };
        var packet = new byte[40 + data.Length];
        System.Text.Encoding.ASCII.GetBytes(data, packet.AsSpan(40));
        new TcpHeader { SourcePort = 33316, DestinationPort = 6379, Flags = flags }.Write(packet.AsSpan(20), ip.PseudoHeaderSum(packet.Length - 20));
        ip.Write(packet, packet.Length - 20);
        return packet;
    }

    private static byte[] Datagram(byte[] data, ushort port)
    {
        var ip = new Ipv4Header { Source = Here, Destination = There, Protocol = IpProtocol.Udp };
        var packet = new byte[28 + data.Length];
        data.CopyTo(packet, 28);
        new UdpHeader(40000, port).Write(packet.AsSpan(20), ip.PseudoHeaderSum(packet.Length - 20));
        ip.Write(packet, packet.Length - 20);
        return packet;
    }
}
