using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Encoding;

/// <summary>What NAT changes in an IPv6 packet in place, with the checksums kept right (RFC 1624). A packet that can't be read stays as it is.</summary>
public static class Ipv6Rewrite
{
    /// <summary>Another source: address, and port of TCP or UDP (or identifier of an ICMPv6 echo).</summary>
    public static void Source(Span<byte> packet, IpAddress address, Port port) => End(packet, 8, 0, address, port);

    /// <summary>Another destination: address, and port of TCP or UDP (or identifier of an ICMPv6 echo).</summary>
    public static void Destination(Span<byte> packet, IpAddress address, Port port) => End(packet, 24, 2, address, port);

    private static void End(Span<byte> packet, int addressAt, int portAt, IpAddress address, Port port)
    {
        if (!address.IsV6 || !Ipv6View.TryRead(packet, out var view)) return;
        Span<byte> before = stackalloc byte[16];
        packet.Slice(addressAt, 16).CopyTo(before);
        address.Write(packet[addressAt..]);
        var payload = packet[view.PayloadOffset..];
        if (view.FragmentOffset != 0 || Place(view.Protocol, payload) is not { } at) return;
        var sum = payload[at.Sum..];
        bool none = view.Protocol == IpProtocol.Udp && sum[0] == 0 && sum[1] == 0;
        for (int i = 0; i < 16; i += 2) Update(sum, BinaryPrimitives.ReadUInt16BigEndian(before[i..]), BinaryPrimitives.ReadUInt16BigEndian(packet[(addressAt + i)..]));
        if (at.Ports is { } ports) Change(payload, ports + (view.Protocol == IpProtocol.IcmpV6 ? 0 : portAt), sum, port.Number);
        if (none) sum[0] = sum[1] = 0;
        else if (view.Protocol == IpProtocol.Udp && sum[0] == 0 && sum[1] == 0) sum[0] = sum[1] = 0xFF;
    }

    /// <summary>Where checksum and ports (or identifier) lie, or null where there is neither.</summary>
    private static (int Sum, int? Ports)? Place(IpProtocol protocol, ReadOnlySpan<byte> payload) => protocol switch
    {
        IpProtocol.Tcp when payload.Length >= 18 => (16, 0),
        IpProtocol.Udp when payload.Length >= 8 => (6, 0),
        IpProtocol.IcmpV6 when payload.Length >= 8 => (2, payload[0] is 128 or 129 ? 4 : null),
        _ => null,
    };

    private static void Change(Span<byte> payload, int at, Span<byte> sum, ushort value)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(payload[at..]);
        BinaryPrimitives.WriteUInt16BigEndian(payload[at..], value);
        Update(sum, before, value);
    }

    private static void Update(Span<byte> sum, ushort before, ushort after) =>
        BinaryPrimitives.WriteUInt16BigEndian(sum, Checksum.Update(BinaryPrimitives.ReadUInt16BigEndian(sum), before, after));
}
