using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Devices;

/// <summary>What lies on top of a device, and which of it gets a frame that comes in there.</summary>
internal sealed class Uppers(Kernel kernel, Device lower)
{
    private readonly List<VlanDevice> _vlans = [];
    private readonly List<MacvlanDevice> _macvlans = [];
    private readonly List<IpvlanDevice> _ipvlans = [];

    /// <summary>Does nothing lie there any more?</summary>
    public bool IsEmpty => _vlans.Count + _macvlans.Count + _ipvlans.Count == 0;

    /// <summary>Puts a device on top.</summary>
    public void Add(StackedDevice device)
    {
        if (device is VlanDevice vlan) _vlans.Add(vlan);
        else if (device is MacvlanDevice macvlan) _macvlans.Add(macvlan);
        else if (device is IpvlanDevice ipvlan) _ipvlans.Add(ipvlan);
    }

    /// <summary>Takes a device off.</summary>
    public void Remove(StackedDevice device)
    {
        if (device is VlanDevice vlan) _vlans.Remove(vlan);
        else if (device is MacvlanDevice macvlan) _macvlans.Remove(macvlan);
        else if (device is IpvlanDevice ipvlan) _ipvlans.Remove(ipvlan);
    }

    /// <summary>Does a macvlan want what goes to this hardware address?</summary>
    public bool Wants(ulong destination) => Macvlan(destination) is not null;

    /// <summary>The macvlan of a hardware address, or null.</summary>
    public MacvlanDevice? Macvlan(ulong mac)
    {
        foreach (var m in _macvlans)
            if (m.Mac.Value == mac && m.Up) return m;
        return null;
    }

    /// <summary>The ipvlan that has the address a packet goes to (of ARP: the address asked for), or null.</summary>
    public IpvlanDevice? Ipvlan(Frame frame) => Ipvlan(Target(frame));

    /// <summary>Gives a frame to the macvlans that may have it, but the one it came from. Keeps the caller's reference.</summary>
    public void Spread(Frame frame, MacvlanDevice? from, Func<MacvlanDevice, bool> may)
    {
        foreach (var m in _macvlans)
        {
            if (ReferenceEquals(m, from) || !m.Up || !may(m)) continue;
            frame.References++;
            m.HandUp(frame);
        }
    }

    /// <summary>Gives a frame to all ipvlans of layer 2 but the one it came from. Keeps the caller's reference.</summary>
    public void Spread(Frame frame, IpvlanDevice? from)
    {
        foreach (var i in _ipvlans)
        {
            if (ReferenceEquals(i, from) || !i.Up || i.IsLayer3) continue;
            frame.References++;
            i.HandUp(frame);
        }
    }

    /// <summary>Takes a frame that came in at the device below, if one on top gets it and nobody else. The tap of the device below sees it in any case.</summary>
    /// <returns>False when the device's own namespace gets it (too); the reference is the caller's still.</returns>
    public bool Take(Frame frame)
    {
        if (Device.Type(frame) == VlanDevice.TagType && _vlans.Find(v => v.Id == VlanDevice.IdOf(frame)) is { } vlan)
        {
            Tell(frame, vlan);
            vlan.Untag(frame);
            return true;
        }
        ulong destination = Device.Destination(frame);
        if (Device.IsGroup(destination)) return TakeGroup(frame);
        StackedDevice? one = _macvlans.Find(m => m.IsPassthru) ?? Macvlan(destination) ?? (StackedDevice?)Ipvlan(frame);
        if (one is IpvlanDevice { IsLayer3Filtered: true } && lower.Owner is IRoutesThrough router && !Admit(router, ref frame)) return true;
        if (one is null)
        {
            kernel.Recorder.Received(lower.Place, frame, onlyTap: !lower.IsForMe(frame));
            return false;
        }
        Tell(frame, one);
        one.HandUp(frame);
        return true;
    }

    private bool Admit(IRoutesThrough router, ref Frame frame)
    {
        frame = kernel.Frames.Own(frame);
        return router.Admit(lower, ref frame);
    }

    /// <summary>A frame for all, or for a group: from beyond it is for every device, from a macvlan of its own only for those that did not see it on its way out.</summary>
    private bool TakeGroup(Frame frame)
    {
        var own = Macvlan(Device.Source(frame));
        if (own is { IsBridge: false, IsVepa: false })
        {
            Tell(frame, own);
            own.HandUp(frame);
            return true;
        }
        kernel.Recorder.Received(lower.Place, frame, onlyTap: false);
        Spread(frame, own, m => own is null || m.IsVepa || m.IsBridge && own.IsVepa);
        if (Device.Source(frame) != lower.Mac.Value) Spread(frame, from: null);
        return false;
    }

    private void Tell(Frame frame, Device target)
    {
        kernel.Recorder.Received(lower.Place, frame, onlyTap: true);
        kernel.Recorder.Step(lower.Place, frame, StepKind.Switched, target.Place, 1);
    }

    private IpvlanDevice? Ipvlan(IpAddress? target)
    {
        if (target is not { } address) return null;
        foreach (var i in _ipvlans)
            if (i.Up && i.Facts.Addresses.Exists(a => a.Address == address)) return i;
        return null;
    }

    private IpAddress? Target(Frame frame)
    {
        if (_ipvlans.Count == 0) return null;
        return (EtherType)Device.Type(frame) switch
        {
            EtherType.Ipv4 when Ipv4View.TryRead(frame.Ip, out var packet) => packet.Destination,
            EtherType.Ipv6 when Ipv6View.TryRead(frame.Ip, out var packet) => packet.Destination,
            EtherType.Arp when ArpView.TryRead(frame.Ip, out var packet) => packet.TargetProtocolAddress,
            _ => null,
        };
    }
}
