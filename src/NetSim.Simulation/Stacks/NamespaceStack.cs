using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Netfilter;

namespace NetSim.Simulation.Stacks;

/// <summary>The network stack of one namespace: its devices, its protocols, and the tables they go by.</summary>
internal sealed class NamespaceStack : IFrameReceiver, IFilterHost, IAddressTypes, IRoutesThrough
{
    private readonly Dictionary<string, Device> _devices = new(StringComparer.Ordinal);
    private readonly bool _counts;

    public NamespaceStack(Kernel kernel, NetworkNamespace facts)
    {
        Kernel = kernel;
        Facts = facts;
        Place = kernel.Recorder.Place(facts.Key, null);
        _counts = facts.Kind == NamespaceKind.Container;
        Sysctls = new(facts);
        Routes = new(kernel, facts, Device);
        Filter = new(kernel, (facts.Key, Place), facts.Rules, this);
        Arp = new(kernel, facts.Key, Routes, Sysctls);
        Fragments = new(this);
        Sources = new(this);
        IcmpLimit = new(kernel, Sysctls);
        Ipv4 = new(this);
        Icmp = new(this);
        Udp = new(this);
        Tcp = new(this);
        Announcer = new(this);
        Filter6 = new(kernel, (facts.Key, Place), facts.Rules6, this);
        Ipv6 = new(this);
        Icmp6 = new(this);
        Ndp = new(this);
        Fragments6 = new(this);
        Arp.Neighbours.Discovery = Ndp;
        Arp.Neighbours.Unreachable = NeighbourFailed;
    }

    /// <summary>What all share.</summary>
    public Kernel Kernel { get; }

    /// <summary>The same namespace in the topology: its live tables.</summary>
    public NetworkNamespace Facts { get; }

    /// <summary>Number of the stack itself among the trace's places.</summary>
    public int Place { get; }

    public string Key => Facts.Key;

    public Sysctls Sysctls { get; }

    public RouteCache Routes { get; }

    public PacketFilter Filter { get; }

    public ArpProtocol Arp { get; }

    public Fragments Fragments { get; }

    /// <summary>Which sources may come in by which device.</summary>
    public SourceCheck Sources { get; }

    /// <summary>How many ICMP errors are sent.</summary>
    public IcmpLimit IcmpLimit { get; }

    public Ipv4Protocol Ipv4 { get; }

    public IcmpProtocol Icmp { get; }

    public UdpProtocol Udp { get; }

    public TcpProtocol Tcp { get; }

    /// <summary>netfilter of IPv6.</summary>
    public PacketFilter Filter6 { get; }

    public Ipv6Protocol Ipv6 { get; }

    public Icmp6Protocol Icmp6 { get; }

    public NdpProtocol Ndp { get; }

    public Ipv6Fragments Fragments6 { get; }

    public Announcer Announcer { get; }

    IAddressTypes IFilterHost.Types => this;

    ConntrackSettings IFilterHost.Tracking => Sysctls.Tracking;

    /// <summary>The devices by name.</summary>
    public IReadOnlyDictionary<string, Device> Devices => _devices;

    /// <summary>Takes over what sysctls say.</summary>
    public void SysctlsChanged()
    {
        Sysctls.Changed();
        Tcp.SysctlsChanged();
    }

    /// <summary>The device of a name, or null.</summary>
    public Device? Device(string name) => _devices.GetValueOrDefault(name);

    /// <summary>A device came.</summary>
    public void Add(Device device)
    {
        _devices[device.Name] = device;
        if (device.Facts.Addresses.Count > 0 || Facts.Routes.Of(device.Name).Count > 0) Routes.Changed();
        else Routes.V6Changed();
    }

    /// <summary>A device went.</summary>
    public void Remove(Device device, string name)
    {
        _devices.Remove(name);
        Arp.Neighbours.Forget(device);
        Routes.Changed();
    }

    /// <summary>Addresses went with the other end of a cable: conversations with them are over (an engine flushes them from its host's table).</summary>
    public void Forget(IReadOnlyList<IpAddress> addresses)
    {
        foreach (var a in addresses) (a.IsV6 ? Filter6 : Filter).Forget(a);
    }

    /// <summary>The namespace goes away.</summary>
    public void Close() => Routes.Changed();

    /// <summary>Takes a frame that is for this namespace.</summary>
    public void Receive(Device device, Frame frame)
    {
        if (_counts) Kernel.Accepted++;
        switch ((EtherType)Simulation.Devices.Device.Type(frame))
        {
            case EtherType.Ipv4: Ipv4.Receive(device, frame); break;
            case EtherType.Ipv6: Ipv6.Receive(device, frame); break;
            case EtherType.Arp when device.Resolves: Arp.Receive(device, frame); break;
            default: Kernel.Drop(device.Place, frame, DropReason.NotModelled); break; // no protocol of that type
        }
    }

    /// <inheritdoc/>
    public void SendThrough(Device device, Frame frame)
    {
        frame.HeadRewritten();
        if ((EtherType)Simulation.Devices.Device.Type(frame) == EtherType.Ipv6) Ipv6.SendLocal(frame, Routes.V6.Through(device, frame));
        else Ipv4.SendLocal(frame, Routes.Through(device, frame));
    }

    /// <inheritdoc/>
    public bool Admit(Device device, ref Frame frame)
    {
        var filter = (EtherType)Simulation.Devices.Device.Type(frame) == EtherType.Ipv6 ? Filter6 : Filter;
        if (!filter.IsActive) return true;
        return filter.Pass(Hook.Prerouting, frame, device, null) && filter.Pass(Hook.Input, frame, device, null);
    }

    /// <summary>Is it an address of an interface of this namespace?</summary>
    public bool HasAddress(IpAddress address) => address.IsV4 ? Routes.IsLocal(address.V4) : Routes.V6.IsLocal(address);

    /// <summary>The source address towards a destination, or null when there is no route.</summary>
    public IpAddress? SourceFor(IpAddress destination)
    {
        var route = Routes.Decide(destination);
        return route.Kind is RouteKind.None or RouteKind.Forbidden ? null : route.Source;
    }

    /// <summary>What an address is to this namespace, for -m addrtype.</summary>
    public AddressTypes TypeOf(IpAddress address)
    {
        if (address.IsAny) return AddressTypes.Unspecified;
        if (address.IsV6) return HasAddress(address) ? AddressTypes.Local : address.IsMulticast ? AddressTypes.Multicast : AddressTypes.Unicast;
        var route = Routes.Decide(address.V4);
        return route.Kind switch
        {
            RouteKind.Local => AddressTypes.Local,
            RouteKind.Broadcast => AddressTypes.Broadcast,
            _ when address.IsMulticast => AddressTypes.Multicast,
            RouteKind.Forbidden => route.Route!.Type switch { RouteType.Blackhole => AddressTypes.Blackhole, RouteType.Prohibit => AddressTypes.Prohibit, _ => AddressTypes.Unreachable },
            _ => AddressTypes.Unicast,
        };
    }

    /// <summary>The address of a device that masquerading takes: the one that its route to the destination would show.</summary>
    public IpAddress AddressOn(Device device, IpAddress destination)
    {
        if (destination.IsV6) return Ipv6Routes.AddressOn(device.Facts, destination) ?? IpAddress.AnyV6;
        bool through = Routes.Decide(destination.V4) is { Kind: RouteKind.Unicast } r && ReferenceEquals(r.Out, device);
        return IpAddress.FromV4(RouteCache.AddressOn(device.Facts, through ? Routes.Decide(destination.V4).NextHop.V4 : destination.V4));
    }

    /// <summary>Answers a packet that a rule rejected.</summary>
    public void Reject(Frame frame, string? with)
    {
        if (with == "tcp-reset") Tcp.Reset(frame);
        else if (frame.Ip[0] >> 4 == 6) Icmp6.Error(frame, Icmp6Codes.Unreachable, Icmp6Codes.OfReject(with), 0);
        else Icmp.Error(frame, IcmpCodes.Unreachable, IcmpCodes.OfReject(with), 0);
    }

    /// <summary>The way from an own address to a peer. A socket that was not bound to it asks for its routes without a source (rules of policy routing).</summary>
    public IpPath PathTo(IpAddress local, IpAddress remote, IpProtocol protocol, bool bound = true) =>
        remote.IsV6 ? new Ipv6Path(this, local, remote, protocol) : new Ipv4Path(this, local, remote, protocol, bound);

    private void NeighbourFailed(Frame frame)
    {
        if (frame.Ip[0] >> 4 == 6) Ipv6.NeighbourFailed(frame);
        else Ipv4.NeighbourFailed(frame);
    }
}
