using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Capture.Injection;

/// <summary>Gives frames the addresses of those who live where they are sent, with the checksums kept right.</summary>
public sealed class FrameFit
{
    private const int MacLength = 6;
    private const int ArpSender = 8, ArpTarget = 18;
    private readonly IReadOnlyDictionary<IpAddress, IpAddress> _addresses;
    private readonly IReadOnlyDictionary<IpAddress, MacAddress> _macs;
    private readonly MacAddress? _gateway;

    /// <summary>Makes one.</summary>
    /// <param name="addresses">Which address becomes which; what is not among them stays.</param>
    /// <param name="macs">The MAC address of each address on the link.</param>
    /// <param name="gateway">The MAC address for all others; null: those of the capture stay.</param>
    public FrameFit(IReadOnlyDictionary<IpAddress, IpAddress> addresses, IReadOnlyDictionary<IpAddress, MacAddress> macs, MacAddress? gateway) =>
        (_addresses, _macs, _gateway) = (addresses, macs, gateway);

    /// <summary>Which address becomes which.</summary>
    public IReadOnlyDictionary<IpAddress, IpAddress> Addresses => _addresses;

    /// <summary>Fits an Ethernet frame in place. One that can't be read stays as it is.</summary>
    public void Apply(Span<byte> frame)
    {
        if (!LinkView.TryRead(frame, LinkTypes.Ethernet, out var link)) return;
        var packet = frame[link.PayloadOffset..];
        switch ((EtherType)link.EtherType)
        {
            case EtherType.Ipv4 when Ipv4View.TryRead(packet, out var ip):
                var (from, to) = (To(ip.Source), To(ip.Destination));
                Fit4(packet, ip, from, to);
                SetMacs(frame, from, to);
                break;
            case EtherType.Ipv6 when Ipv6View.TryRead(packet, out var ip):
                (from, to) = (To(ip.Source), To(ip.Destination));
                var (source, destination) = Ports(ip.Protocol, ip.FragmentOffset == 0 ? ip.Payload : default);
                if (from != ip.Source) Ipv6Rewrite.Source(packet, from, source);
                if (to != ip.Destination) Ipv6Rewrite.Destination(packet, to, destination);
                SetMacs(frame, from, to);
                break;
            case EtherType.Arp when ArpView.TryRead(packet, out var arp):
                FitArp(frame, packet, To(arp.SenderProtocolAddress), To(arp.TargetProtocolAddress));
                break;
        }
    }

    private IpAddress To(IpAddress address) => _addresses.TryGetValue(address, out var other) ? other : address;

    private static void Fit4(Span<byte> packet, in Ipv4View ip, IpAddress from, IpAddress to)
    {
        var (source, destination) = Ports(ip.Protocol, ip.FragmentOffset == 0 ? ip.Payload : default);
        var (before, after) = (ip.Source, ip.Destination);
        if (from != before) Rewrite.Source(packet, from, source);
        if (to != after) Rewrite.Destination(packet, to, destination);
    }

    private void FitArp(Span<byte> frame, Span<byte> packet, IpAddress sender, IpAddress target)
    {
        sender.Write(packet[(ArpSender + MacLength)..]);
        target.Write(packet[(ArpTarget + MacLength)..]);
        SetMacs(frame, sender, target);
        if (_macs.TryGetValue(sender, out var own)) own.Write(packet[ArpSender..]);
        bool isAsked = packet.Slice(ArpTarget, MacLength).IndexOfAnyExcept((byte)0) < 0;
        if (!isAsked && _macs.TryGetValue(target, out var other)) other.Write(packet[ArpTarget..]);
    }

    /// <summary>The MAC addresses of who sends and who receives on this link; a group stays a group.</summary>
    private void SetMacs(Span<byte> frame, IpAddress from, IpAddress to)
    {
        if (!MacAddress.Read(frame).IsMulticast && MacOf(to) is { } receiver) receiver.Write(frame);
        if (MacOf(from) is { } sender) sender.Write(frame[MacLength..]);
    }

    private MacAddress? MacOf(IpAddress address) => _macs.TryGetValue(address, out var mac) ? mac : _gateway;

    /// <summary>Ports, which stay; of an echo its identifier in both places.</summary>
    private static (Port Source, Port Destination) Ports(IpProtocol protocol, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 8) return default;
        if (protocol is IpProtocol.Tcp or IpProtocol.Udp) return (new(BinaryPrimitives.ReadUInt16BigEndian(payload)), new(BinaryPrimitives.ReadUInt16BigEndian(payload[2..])));
        var identifier = new Port(BinaryPrimitives.ReadUInt16BigEndian(payload[4..]));
        return (identifier, identifier);
    }
}
