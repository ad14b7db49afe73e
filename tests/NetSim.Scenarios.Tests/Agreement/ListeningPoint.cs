using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Sorts the frames heard at one point into conversations. ARP questions, ICMP echoes, DNS questions, other UDP, TCP; what a kernel chatters by itself (MLD, mDNS, unicast probes) is left out.</summary>
internal sealed class ListeningPoint(Names names)
{
    private readonly ArpTalk _arp = new(names);
    private readonly IcmpTalk _icmp = new(names);
    private readonly UdpTalk _udp = new(names);
    private readonly TcpTalk _tcp = new(names);

    /// <summary>All conversations, by protocol and in order of their beginning; asked once, at the end.</summary>
    public IEnumerable<Conversation> Conversations() => [.. _arp.All, .. _icmp.All, .. _udp.All, .. _tcp.Finished()];

    public void Hear(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 14) return;
        string to = MacAddress.Read(frame).ToString(), from = MacAddress.Read(frame[6..]).ToString();
        switch (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]))
        {
            case 0x0806 when frame.Length >= 42: _arp.Hear(to, from, frame[14..]); break;
            case 0x0800 when frame.Length >= 34: HearIp(to, from, frame[14..]); break;
        }
    }

    private void HearIp(string to, string from, ReadOnlySpan<byte> packet)
    {
        int header = (packet[0] & 15) * 4, total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        bool laterFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) != 0;
        if (header < 20 || laterFragment || packet.Length < header) return;
        var body = packet[header..Math.Clamp(total == 0 ? packet.Length : total, header, packet.Length)];
        var sender = new Sender($"{names.Mac(from)} > {names.Mac(to)} ttl {packet[8]}", IpAddress.Read(packet.Slice(12, 4)), IpAddress.Read(packet.Slice(16, 4)));
        switch (packet[9])
        {
            case 1 when body.Length >= 8: _icmp.Hear(sender, body); break;
            case 6 when body.Length >= 20: _tcp.Hear(sender, body); break;
            case 17 when body.Length >= 8: _udp.Hear(sender, body); break;
        }
    }
}

/// <summary>The outer side of a packet: whose MAC addresses and which TTL it has, and its IP addresses.</summary>
internal readonly record struct Sender(string Frame, IpAddress From, IpAddress To)
{
    /// <summary>A client's port is chance, unless it is a well-known one.</summary>
    public static string ClientPort(int port) => port < 1024 ? $"{port}" : "*";

    /// <summary>A server's port counts, but for those of the resolver.</summary>
    public static string ServerPort(IpAddress server, int port) => server.ToString() == "127.0.0.11" && port != 53 ? "<port>" : $"{port}";
}
