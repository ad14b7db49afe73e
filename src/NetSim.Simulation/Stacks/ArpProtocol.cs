using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>ARP: asks for hardware addresses, answers for the namespace's own, learns from what it hears (RFC 826).
/// Source: linux v6.6 net/ipv4/arp.c arp_process, arp_solicit.</summary>
internal sealed class ArpProtocol
{
    private readonly Kernel _kernel;
    private readonly RouteCache _routes;
    private readonly List<ArpSocket> _sockets = [];
    private readonly Sysctls _sysctls;

    public ArpProtocol(Kernel kernel, string space, RouteCache routes, Sysctls sysctls)
    {
        _sysctls = sysctls;
        _kernel = kernel;
        _routes = routes;
        Neighbours = new NeighbourTable(kernel, space, this);
    }

    /// <summary>The cache.</summary>
    public NeighbourTable Neighbours { get; }

    /// <summary>Sends an IP packet to a neighbour, at once or when its hardware address is known. The frame begins with room for the Ethernet header.</summary>
    public void Send(Neighbour n, Frame frame)
    {
        n.Used = _kernel.Loop.Now;
        if (n.State == NeighbourState.Reachable || Neighbours.Use(n, frame)) SendTo(n, frame);
    }

    /// <summary>Sends an IP packet to the neighbour's known hardware address.</summary>
    public void SendTo(Neighbour n, Frame frame)
    {
        EthernetHeader.WriteAddresses(frame.Span, n.Mac, n.Device.Mac);
        BinaryPrimitives.WriteUInt16BigEndian(frame.Span[12..], (ushort)(n.Address.IsV6 ? EtherType.Ipv6 : EtherType.Ipv4));
        n.Device.Transmit(frame);
    }

    /// <summary>Asks who has the neighbour's address. The asker shows the source of the packet that waits if it is its own (arp_announce 1: and of a subnet of the link with the neighbour in it; 2: never),
    /// else an address of the link. Source: linux v6.6 net/ipv4/arp.c arp_solicit.</summary>
    public void Request(Neighbour n, MacAddress to)
    {
        uint source = n.Waiting.TryPeek(out var first) ? BinaryPrimitives.ReadUInt32BigEndian(first.Ip[12..]) : 0;
        bool shown = source != 0 && _routes.IsLocal(source) && _sysctls.Most(n.Device.Name, "arp_announce") switch
        {
            0 => true,
            1 => n.Device.Facts.Addresses.Exists(a => a.Subnet.Contains(n.Address) && a.Subnet.Contains(IpAddress.FromV4(source))),
            _ => false,
        };
        if (!shown) source = RouteCache.AddressOn(n.Device.Facts, n.Address.V4);
        Write(n.Device, ArpView.Request, to, source, (MacAddress.Zero, n.Address.V4));
    }

    /// <summary>Opens a packet socket on a device.</summary>
    public ArpSocket Open(Device device, string program)
    {
        var socket = new ArpSocket(_kernel, this, device, program);
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>Forgets a packet socket.</summary>
    public void Close(ArpSocket socket) => _sockets.Remove(socket);

    /// <summary>Sends a packet of a program's.</summary>
    public void Send(Device device, bool isRequest, MacAddress to, IpAddress sender, IpAddress target) =>
        Write(device, isRequest ? ArpView.Request : ArpView.Reply, to, sender.V4, (isRequest ? to : device.Mac, target.V4));

    /// <summary>Tells all neighbours of a link an own address (gratuitous ARP, RFC 5227 section 3).</summary>
    public void Announce(Device device, uint address) => Write(device, ArpView.Request, MacAddress.Broadcast, address, (MacAddress.Zero, address));

    /// <summary>Takes an ARP packet.</summary>
    public void Receive(Device device, Frame frame)
    {
        if (!ArpView.TryRead(frame.Ip, out var arp))
        {
            _kernel.Drop(device.Place, frame, DropReason.Malformed);
            return;
        }
        uint sender = arp.SenderProtocolAddress.V4, target = arp.TargetProtocolAddress.V4;
        var mac = arp.SenderHardwareAddress;
        bool request = arp.Operation == ArpView.Request, forMe = !frame.Span[..6].SequenceEqual(Broadcast);
        for (int i = 0; i < _sockets.Count; i++)
            if (ReferenceEquals(_sockets[i].Device, device)) _sockets[i].Deliver(new(request, !forMe, mac, arp.SenderProtocolAddress, arp.TargetProtocolAddress));
        bool answer = request && target >> 24 != 127 && Answers(device, sender, target);
        if (answer && sender != 0 && sender != target) Neighbours.Heard(Neighbours.Get(device, arp.SenderProtocolAddress), mac, confirmed: false);
        else if (!answer && sender != 0 && Neighbours.Find(device, arp.SenderProtocolAddress) is { } known) Neighbours.Heard(known, mac, confirmed: !request && forMe);
        _kernel.Frames.Release(frame);
        if (answer) Write(device, ArpView.Reply, mac, target, (mac, sender));
    }

    /// <summary>Is a request answered? For own addresses as arp_ignore and arp_filter say, and with proxy_arp for those that are reached by another device.
    /// Source: linux v6.6 net/ipv4/arp.c arp_process, arp_ignore, arp_filter, arp_fwd_proxy.</summary>
    private bool Answers(Device device, uint sender, uint target)
    {
        var route = _routes.Decide(target);
        if (route.Kind == RouteKind.Unicast) return _sysctls.Forwarding && _sysctls.Any(device.Name, "proxy_arp") && !ReferenceEquals(route.Out, device);
        if (route.Kind != RouteKind.Local) return false;
        bool here = device.Facts.Addresses.Exists(a => a.Address == IpAddress.FromV4(target));
        bool ignored = _sysctls.Most(device.Name, "arp_ignore") switch
        {
            0 => false,
            1 => !here,
            2 => !device.Facts.Addresses.Exists(a => a.Address == IpAddress.FromV4(target) && a.Subnet.Contains(IpAddress.FromV4(sender))),
            _ => true,
        };
        return !ignored && !(_sysctls.Any(device.Name, "arp_filter") && !ReferenceEquals(_routes.Decide(sender).Out, device));
    }

    private static ReadOnlySpan<byte> Broadcast => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    private void Write(Device device, ushort operation, MacAddress to, uint source, (MacAddress Mac, uint Ip) target)
    {
        var frame = _kernel.Frames.Rent(EthernetHeader.Length + ArpPacket.Length);
        EthernetHeader.Write(frame.Span, to, device.Mac, EtherType.Arp);
        ArpPacket.Write(frame.Ip, operation, (device.Mac, IpAddress.FromV4(source)), (target.Mac, IpAddress.FromV4(target.Ip)));
        device.Transmit(frame);
    }
}
