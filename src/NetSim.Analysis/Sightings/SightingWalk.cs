using System.Buffers.Binary;
using NetSim.Analysis.Reading;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Sightings;

/// <summary>Takes the layers off a packet and notes what it shows. Hostile bytes are passed over.</summary>
internal sealed class SightingWalk
{
    /// <summary>Flows and the like that are followed.</summary>
    public int Followed { get; private set; }

    public void Take(PointBook book, PacketMark mark, in SeenPacket packet)
    {
        if (!LinkView.TryRead(packet.Bytes, packet.LinkType, out var link)) return;
        if (link.EtherType == (ushort)EtherType.Arp) Arp(book, mark, link.Payload);
        else if (link.EtherType is (ushort)EtherType.Ipv4 or (ushort)EtherType.Ipv6 && IpView.TryRead(link.Payload, out var ip)) Ip(book, mark, ip);
    }

    private bool MayFollow() => Followed < TrafficBook.MostFollowed && Followed++ >= 0;

    private void Ip(PointBook book, PacketMark mark, IpView ip)
    {
        if (ip.IsLaterFragment) return;
        switch (ip.Protocol)
        {
            case IpProtocol.Tcp: Tcp(book, mark, ip); break;
            case IpProtocol.Udp: Udp(book, mark, ip); break;
            case IpProtocol.Icmp when !ip.IsV6 && IcmpView.TryRead(ip.Payload, out var icmp): Icmp(book, mark, ip, icmp); break;
            case IpProtocol.IcmpV6 when ip.IsV6 && IcmpView.TryRead(ip.Payload, out var icmp): Icmp(book, mark, ip, icmp); break;
        }
    }

    private SeenFlow? FlowOf(PointBook book, FlowKey key, bool begins)
    {
        if (!begins && book.ByKey.TryGetValue(key, out var known)) return known;
        if (!MayFollow()) return null;
        var flow = new SeenFlow(key, book.Point);
        book.Flows.Add(flow);
        book.ByKey[key] = book.ByKey[key.Reversed] = flow;
        return flow;
    }

    private static bool IsAnswer(TcpFlags flags) => (flags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack);

    private void Tcp(PointBook book, PacketMark mark, IpView ip)
    {
        if (!TcpHeaderView.TryRead(ip.Payload, out var tcp) || !tcp.HasWholeHeader || ip.IsFragment) return;
        var key = new FlowKey(IpProtocol.Tcp, ip.Source, new(tcp.SourcePort), ip.Destination, new(tcp.DestinationPort));
        bool syn = (tcp.Flags & TcpFlags.Syn) != TcpFlags.None, answer = IsAnswer(tcp.Flags);
        bool begins = syn && !answer && book.ByKey.TryGetValue(key, out var old) && !(old.Key == key && old.HasSyn && old.Client.InitialSequence == tcp.SequenceNumber);
        // Who answers a SYN, or speaks from the lower port in the middle of a conversation, is the server.
        bool turned = !book.ByKey.ContainsKey(key) && (answer || !syn && tcp.SourcePort < tcp.DestinationPort);
        if (FlowOf(book, turned ? key.Reversed : key, begins) is { } flow) new TcpSighting(flow, flow.Key == key, mark, ip, tcp).Note();
    }

    private void Udp(PointBook book, PacketMark mark, IpView ip)
    {
        if (!UdpView.TryRead(ip.Payload, out var udp)) return;
        var key = new FlowKey(IpProtocol.Udp, ip.Source, new(udp.SourcePort), ip.Destination, new(udp.DestinationPort));
        DnsSighting.Note(book, mark, key, udp.Payload, MayFollow);
        if (ip.Destination.IsMulticast || ip.Destination.IsLimitedBroadcast || FlowOf(book, key, false) is not { } flow) return;
        var side = flow.Key == key ? flow.Client : flow.Server;
        if (side.Packets++ == 0) side.First = mark;
        side.Last = mark;
        side.Bytes += ip.Payload.Length;
    }

    private void Icmp(PointBook book, PacketMark mark, IpView ip, IcmpView icmp)
    {
        bool request = ip.IsV6 ? icmp.Type == 128 : icmp.Type == 8, reply = ip.IsV6 ? icmp.Type == 129 : icmp.Type == 0;
        if (request || reply) Echo(book, mark, ip, icmp, request);
        else if (ip.IsV6 ? icmp.Type is >= 1 and <= 4 : icmp.Type is 3 or 11 or 12) Error(book, mark, ip, icmp);
    }

    private void Echo(PointBook book, PacketMark mark, IpView ip, IcmpView icmp, bool request)
    {
        if (ip.Destination.IsMulticast || ip.Source.IsMulticast) return;
        var key = request ? (ip.Source, ip.Destination, icmp.Identifier) : (ip.Destination, ip.Source, icmp.Identifier);
        if (!book.Echoes.TryGetValue(key, out var echo))
        {
            if (!request || !MayFollow()) return;
            book.Echoes.Add(key, echo = new() { Point = book.Point, Source = key.Item1, Destination = key.Item2, Id = key.Item3, First = mark });
        }
        echo.Last = mark;
        if (!request) echo.Replies++;
        else
        {
            echo.Requests++;
            echo.LargestSent = Math.Max(echo.LargestSent, ip.Bytes.Length);
        }
    }

    private void Error(PointBook book, PacketMark mark, IpView ip, IcmpView icmp)
    {
        if (!IpView.TryRead(icmp.Payload, out var quoted)) return;
        var ports = quoted.Payload;
        bool has = quoted.Protocol is IpProtocol.Tcp or IpProtocol.Udp && ports.Length >= 4 && !quoted.IsLaterFragment;
        var about = new FlowKey(quoted.Protocol, quoted.Source, new(has ? BinaryPrimitives.ReadUInt16BigEndian(ports) : (ushort)0), quoted.Destination, new(has ? BinaryPrimitives.ReadUInt16BigEndian(ports[2..]) : (ushort)0));
        var error = new SeenIcmpError(mark, ip.IsV6, icmp.Type, icmp.Code, ip.Source, ip.Destination, about, ip.IsV6 ? (int)Math.Min(icmp.RestOfHeader, 65535) : icmp.NextHopMtu);
        if (!MayFollow()) return;
        book.Errors.Add(error);
        if (has && book.ByKey.TryGetValue(about, out var flow)) flow.Errors.Add(error);
        else if (quoted.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && ports.Length >= 6 && book.Echoes.TryGetValue((quoted.Source, quoted.Destination, BinaryPrimitives.ReadUInt16BigEndian(ports[4..])), out var echo)) echo.Errors.Add(error);
    }

    private void Arp(PointBook book, PacketMark mark, ReadOnlySpan<byte> bytes)
    {
        if (!ArpView.TryRead(bytes, out var arp)) return;
        var (sender, mac, target) = (arp.SenderProtocolAddress, arp.SenderHardwareAddress, arp.TargetProtocolAddress);
        if (!sender.IsAny && mac != MacAddress.Zero) Claim(book, mark, sender, mac);
        if (arp.Operation == ArpView.Request && sender != target && !sender.IsAny)
        {
            if (!book.Arps.TryGetValue((sender, target), out var asked))
            {
                if (!MayFollow()) return;
                book.Arps.Add((sender, target), asked = new() { First = mark, Asker = sender, Target = target });
            }
            asked.Times++;
            asked.Last = mark;
        }
        else if (arp.Operation == ArpView.Reply && book.Arps.TryGetValue((target, sender), out var open)) open.IsAnswered = true;
    }

    private void Claim(PointBook book, PacketMark mark, IpAddress sender, MacAddress mac)
    {
        if (!book.Claims.TryGetValue((sender, mac), out var claim))
        {
            if (!MayFollow()) return;
            book.Claims.Add((sender, mac), claim = new() { Address = sender, Mac = mac, First = mark });
        }
        claim.Times++;
        claim.Last = mark;
    }
}
