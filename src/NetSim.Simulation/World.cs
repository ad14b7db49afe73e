using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Faults;
using NetSim.Simulation.Stacks;

namespace NetSim.Simulation;

/// <summary>Makes changes true: namespaces get stacks, interfaces become devices that move frames, tables are read anew.</summary>
internal sealed class World(Kernel kernel, Topology topology, LinkSettings link)
{
    private readonly Dictionary<NetworkNamespace, NamespaceStack> _stacks = [];
    private readonly Dictionary<Interface, Device> _devices = [];

    /// <summary>The stack of a namespace.</summary>
    /// <exception cref="KeyNotFoundException">There is no such namespace.</exception>
    public NamespaceStack Stack(string space) => Stack(topology[space]);

    /// <summary>Notes, before a change is folded into the topology, what will be gone afterwards; the result makes the rest true.</summary>
    public Action Prepare(Change change)
    {
        switch (change)
        {
            case Change.InterfaceRemoved c: return Removal(topology.Find(c.Namespace)?.Find(c.Name));
            case Change.NamespaceRemoved c: return Removal(topology.Find(c.Namespace));
            case Change.InterfaceMoved c: return Move(topology.Find(c.Namespace)?.Find(c.Name));
            default: return () => Realise(change);
        }
    }

    private void Realise(Change change)
    {
        switch (change)
        {
            case Change.NamespaceMade c: Stack(c.Namespace); break;
            case Change.InterfaceMade c: Made(topology[c.Namespace].Find(c.Interface.Name)!); break;
            case Change.VethMade c: Cable(c); break;
            case Change.InterfaceChanged c: Changed(c); break;
            case Change.AddressAdded { Address.Address.IsV6: true } or Change.AddressRemoved { Address.Address.IsV6: true }: Find(change)?.Routes.V6Changed(); break;
            case Change.RouteAdded { Route.Destination.Address.IsV6: true } or Change.RouteRemoved { Route.Destination.Address.IsV6: true }: Find(change)?.Routes.V6Changed(); break;
            case Change.AddressAdded or Change.AddressRemoved or Change.RouteAdded or Change.RouteRemoved or Change.RoutingRuleAdded or Change.RoutingRuleRemoved: Find(change)?.Routes.Changed(); break;
            case Change.SysctlSet c when c.Key.StartsWith(Announcer.Key, StringComparison.Ordinal): Find(change)?.Announcer.Begin(c.Key[Announcer.Key.Length..], c.Value); break;
            case Change.FdbSet { Permanent: true } c when c.Origin == Origin.NotDockers && topology.Find(c.Namespace)?.Find(c.Bridge) is { } b: (_devices.GetValueOrDefault(b) as BridgeDevice)?.Pin(c.Mac, c.Port); break;
            case Change.LinkFaultSet c: Trouble(c); break;
            case Change.SysctlSet: Find(change)?.SysctlsChanged(); break;
            default: break;
        }
    }

    private NamespaceStack? Find(Change change) => change is Change.InNamespace c && topology.Find(c.Namespace) is { } space ? Stack(space) : null;

    private NamespaceStack Stack(NetworkNamespace space) => _stacks.TryGetValue(space, out var stack) ? stack : _stacks[space] = new NamespaceStack(kernel, space);

    private void Made(Interface facts)
    {
        var owner = Stack(facts.Namespace);
        Device device = facts.Kind switch
        {
            InterfaceKind.Loopback => new Loopback(kernel, owner, facts),
            InterfaceKind.Bridge => new BridgeDevice(kernel, owner, facts, new BridgeFilter(owner)),
            InterfaceKind.Dummy => new DummyDevice(kernel, owner, facts),
            _ => Stacked(owner, facts) ?? new Dangling(kernel, owner, facts),
        };
        Add(owner, facts, device);
    }

    /// <summary>A device on top of another, or null.</summary>
    private Device? Stacked(NamespaceStack owner, Interface facts)
    {
        if (facts.Parent is not { } parent || !_devices.TryGetValue(parent, out var lower)) return null;
        StackedDevice? device = facts.Kind switch
        {
            InterfaceKind.Macvlan => new MacvlanDevice(kernel, owner, facts, lower),
            InterfaceKind.Ipvlan => new IpvlanDevice(kernel, owner, facts, lower),
            InterfaceKind.Vlan => new VlanDevice(kernel, owner, facts, lower),
            _ => null,
        };
        if (device is not null) (lower.Uppers ??= new Uppers(kernel, lower)).Add(device);
        return device;
    }

    private void Cable(Change.VethMade c)
    {
        var a = topology[c.Namespace].Find(c.Interface.Name)!;
        var b = a.Peer!;
        var one = new VethEnd(kernel, Stack(a.Namespace), a, link);
        var other = new VethEnd(kernel, Stack(b.Namespace), b, link) { Peer = one };
        one.Peer = other;
        Add(Stack(a.Namespace), a, one);
        Add(Stack(b.Namespace), b, other);
    }

    private void Add(NamespaceStack owner, Interface facts, Device device)
    {
        _devices[facts] = device;
        owner.Add(device);
    }

    private void Changed(Change.InterfaceChanged c)
    {
        if (topology.Find(c.Namespace)?.Find(c.Name) is not { } facts || !_devices.TryGetValue(facts, out var device)) return;
        device.Refresh();
        var owner = Stack(facts.Namespace);
        if (c.Up == false || c.Mac is not null) owner.Arp.Neighbours.Forget(device);
        if (c.Mac is { } mac && device.Master is { } bridge) bridge.PortMacChanged(device, mac);
        if (c.Master is not null) Plug(device, facts);
        if (facts.Kind == InterfaceKind.Loopback || facts.Addresses.Exists(a => a.Address.IsV4) || owner.Facts.Routes.Of(facts.Name).Count > 0) owner.Routes.Changed();
        else owner.Routes.V6Changed();
    }

    private void Trouble(Change.LinkFaultSet c)
    {
        if (topology.Find(c.Namespace)?.Find(c.Interface) is not { } facts) return;
        if (_devices.GetValueOrDefault(facts) is VethEnd end) end.Trouble = facts.Faults.Count == 0 ? null : new LinkFaults(kernel, facts.Faults, end);
        else kernel.Warn($"a fault on {facts} is not modelled; faults lie on veth interfaces");
    }

    private void Plug(Device device, Interface facts)
    {
        device.Master?.RemovePort(device);
        if (facts.Master is { } master && _devices[master] is BridgeDevice bridge) bridge.AddPort(device);
    }

    private Action Move(Interface? facts)
    {
        if (facts is null || !_devices.TryGetValue(facts, out var device)) return () => { };
        var from = Stack(facts.Namespace);
        string name = facts.Name;
        return () =>
        {
            from.Remove(device, name);
            device.Master?.RemovePort(device);
            device.Owner = Stack(facts.Namespace);
            Stack(facts.Namespace).Add(device);
        };
    }

    private Action Removal(Interface? facts)
    {
        if (facts is null) return () => { };
        var addresses = facts.Addresses.Select(a => a.Address).Concat(facts.Peer?.Addresses.Select(a => a.Address) ?? []).ToList();
        var gone = new[] { facts, facts.Peer }.OfType<Interface>().SelectMany(i => topology.ChildrenOf(i).Append(i)).Where(_devices.ContainsKey).Select(i => (Facts: i, Device: _devices[i], Stack: Stack(i.Namespace), i.Name)).ToList();
        return () =>
        {
            foreach (var g in gone) Remove(g.Facts, g.Device, g.Stack, g.Name);
            foreach (var g in gone) g.Stack.Forget(addresses);
        };
    }

    private Action Removal(NetworkNamespace? space)
    {
        if (space is null) return () => { };
        var interfaces = space.Interfaces.Select(Removal).ToList();
        return () =>
        {
            foreach (var remove in interfaces) remove();
            if (_stacks.Remove(space, out var stack)) stack.Close();
        };
    }

    private static void Unstack(StackedDevice device)
    {
        if (device.Lower.Uppers is not { } uppers) return;
        uppers.Remove(device);
        if (uppers.IsEmpty) device.Lower.Uppers = null;
    }

    private void Remove(Interface facts, Device device, NamespaceStack stack, string name)
    {
        device.Master?.RemovePort(device);
        if (device is BridgeDevice bridge) bridge.RemovePorts();
        if (device is VethEnd end) end.Peer = null;
        if (device is StackedDevice stacked) Unstack(stacked);
        stack.Remove(device, name);
        _devices.Remove(facts);
        device.Refresh();
    }
}
