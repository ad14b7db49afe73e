using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>Neighbour discovery: asks for hardware addresses of IPv6 neighbours, answers for the own addresses of a link, learns from what it hears (RFC 4861, section 7.2).
/// Source: linux v6.6 net/ipv6/ndisc.c ndisc_recv_ns, ndisc_recv_na, ndisc_solicit.</summary>
internal sealed class NdpProtocol(NamespaceStack stack)
{
    private const int TargetAt = 8;
    private const int OptionAt = 24;
    private const int Length = 32;
    private const byte SourceOption = 1;
    private const byte TargetOption = 2;
    private const uint Router = 1u << 31;
    private const uint Solicited = 1u << 30;
    private const uint Override = 1u << 29;
    private readonly Kernel _kernel = stack.Kernel;
    private readonly int _detail = stack.Kernel.Recorder.Detail(new SocketDetail(IpProtocol.IcmpV6, IpAddress.AnyV6, default, "kernel"));

    /// <summary>All nodes of a link.</summary>
    private static IpAddress AllNodes => IpAddress.FromV6(0xFF02_0000_0000_0000, 1);

    /// <summary>Asks who has the neighbour's address: the group of those whose addresses end alike, or the neighbour itself when its hardware address is to be confirmed.
    /// The asker shows the source of the packet that waits if it is an address of the link, else its link-local one.</summary>
    public void Request(Neighbour n, MacAddress? to)
    {
        var source = n.Waiting.TryPeek(out var first) ? IpAddress.Read(first.Ip.Slice(8, 16)) : IpAddress.AnyV6;
        if (!n.Device.Facts.Addresses.Exists(a => a.Address == source))
        {
            var linkLocal = n.Device.Facts.Addresses.Find(a => a.Address is { IsV6: true, IsLinkLocal: true }).Address;
            source = linkLocal.IsV6 ? linkLocal : Ipv6Routes.AddressOn(n.Device.Facts, n.Address) ?? IpAddress.AnyV6;
        }
        var group = IpAddress.FromV6(0xFF02_0000_0000_0000, 0x1_FF00_0000 | (ulong)n.Address.Bits & 0xFF_FFFF);
        Send(n.Device, (Icmp6Codes.Solicitation, 0, SourceOption), (source, to is null ? group : n.Address, n.Address), to ?? Group(group));
    }

    /// <summary>Tells all neighbours of a link an own address, unasked (RFC 4861, section 7.2.6).</summary>
    public void Announce(Device device, IpAddress address) =>
        Send(device, (Icmp6Codes.Advertisement, Override | RouterFlag, TargetOption), (address, AllNodes, address), Group(AllNodes));

    /// <summary>Takes a solicitation or an advertisement. Only the own link may send one: nobody forwarded it (hop limit 255).</summary>
    public void Receive(Device device, Frame frame, Ipv6View packet, IcmpView message)
    {
        if (message.Bytes.Length < OptionAt || packet.HopLimit != 255)
        {
            _kernel.Drop(device.Place, frame, DropReason.Malformed);
            return;
        }
        var target = IpAddress.Read(message.Bytes.Slice(TargetAt, 16));
        var (source, destination, type, flags) = (packet.Source, packet.Destination, message.Type, message.RestOfHeader);
        var mac = Option(message.Bytes[OptionAt..], type == Icmp6Codes.Solicitation ? SourceOption : TargetOption) ?? new MacAddress(Device.Source(frame));
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, _detail);
        _kernel.Frames.Release(frame);
        if (type == Icmp6Codes.Solicitation) Solicit(device, source, target, mac);
        else if (stack.Arp.Neighbours.Find(device, target) is { } known && ((flags & Override) != 0 || !known.IsUsable || known.Mac == mac))
            stack.Arp.Neighbours.Heard(known, mac, (flags & Solicited) != 0 && !destination.IsMulticast);
    }

    private uint RouterFlag => stack.Sysctls.Forwarding6 ? Router : 0;

    private void Solicit(Device device, IpAddress source, IpAddress target, MacAddress mac)
    {
        if (!device.Facts.Addresses.Exists(a => a.Address == target)) return;
        if (!source.IsAny) stack.Arp.Neighbours.Heard(stack.Arp.Neighbours.Get(device, source), mac, confirmed: false);
        var to = source.IsAny ? AllNodes : source; // who has no address yet asks whether this one is free
        uint flags = RouterFlag | Override | (source.IsAny ? 0 : Solicited);
        Send(device, (Icmp6Codes.Advertisement, flags, TargetOption), (target, to, target), source.IsAny ? Group(to) : mac);
    }

    private void Send(Device device, (byte Type, uint Word, byte Option) kind, (IpAddress Source, IpAddress Destination, IpAddress Target) addresses, MacAddress to)
    {
        var frame = _kernel.Frames.Rent(Length);
        var body = frame.Span;
        addresses.Target.Write(body[TargetAt..]);
        BinaryPrimitives.WriteUInt64BigEndian(body[OptionAt..], (ulong)kind.Option << 56 | 1UL << 48 | device.Mac.Value);
        var header = new Ipv6Header { Source = addresses.Source, Destination = addresses.Destination, Protocol = IpProtocol.IcmpV6, HopLimit = 255 };
        new IcmpHeader(kind.Type, 0, kind.Word).Write(body, header.PseudoHeaderSum(Length));
        header.Write(frame.Push(Ipv6Header.Length + EthernetHeader.Length)[EthernetHeader.Length..], Length);
        stack.Ipv6.SendOnLink(frame, device, to);
    }

    /// <summary>The hardware address in an option of that type, or null.</summary>
    private static MacAddress? Option(ReadOnlySpan<byte> options, byte type)
    {
        while (options.Length >= 8 && options[1] > 0)
        {
            if (options[0] == type) return new MacAddress(BinaryPrimitives.ReadUInt64BigEndian(options) & 0xFFFF_FFFF_FFFF);
            int length = options[1] * 8;
            if (length > options.Length) return null;
            options = options[length..];
        }
        return null;
    }

    /// <summary>33:33 and the last 32 bits of the group (RFC 2464, section 7).</summary>
    private static MacAddress Group(IpAddress address) => new(0x3333_0000_0000UL | (uint)address.Bits);
}
