using NetSim.Model.Addressing;
using NetSim.Model.Bridging;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Devices;

/// <summary>What netfilter has to say about bridged IP packets (net.bridge.bridge-nf-call-iptables).</summary>
internal interface IBridgeHooks
{
    /// <summary>Does it look at bridged packets at all?</summary>
    bool Watches(ushort etherType);

    /// <summary>PREROUTING. False: the packet ended there, or waits for its neighbour's hardware address or other pieces. The frame may be rewritten, or another one: a whole packet in place of its last piece.</summary>
    bool Prerouting(BridgeDevice bridge, Device port, ref Frame frame, out BridgeWay way);

    /// <summary>FORWARD and POSTROUTING towards a port, in and out being the bridge. False: the packet ended there.</summary>
    bool Forward(BridgeDevice bridge, Device port, Frame frame);

    /// <summary>Sends a packet that was put together from pieces out by a port, in pieces. Takes the frame.</summary>
    void Leave(Device port, Frame frame);
}

/// <summary>Where a bridged packet goes after PREROUTING.</summary>
internal enum BridgeWay
{
    /// <summary>Where its hardware address says.</summary>
    Unchanged,
    /// <summary>Its destination was translated to one on the same bridge: it has that one's hardware address now and is bridged on.</summary>
    Redirected,
    /// <summary>Its destination was translated to one elsewhere: the host takes it.</summary>
    ToHost,
}

/// <summary>A bridge: learns who lives behind which port, sends each frame there, floods what it doesn't know, and is an interface of its host besides.</summary>
internal sealed class BridgeDevice : Device, ITimerTarget
{
    private const long Ageing = 300_000_000_000;
    private const int Self = 0;
    private readonly IBridgeHooks _hooks;
    private readonly List<Device?> _ports = [null]; // number 0 is the bridge itself
    private readonly ForwardingDatabase _addresses = new(Ageing);
    private TimerHandle _cleanup;

    public BridgeDevice(Kernel kernel, IFrameReceiver owner, Interface facts, IBridgeHooks hooks) : base(kernel, owner, facts)
    {
        _hooks = hooks;
        Refresh();
        Permanent(Mac, Self, Name);
    }

    /// <summary>Plugs a port in.</summary>
    public void AddPort(Device port)
    {
        port.Master = this;
        port.PortNumber = _ports.Count;
        _ports.Add(port);
        Permanent(port.Mac, port.PortNumber, port.Name);
    }

    /// <summary>Pulls a port out and forgets all that lived behind it.</summary>
    public void RemovePort(Device port)
    {
        _ports[port.PortNumber] = null;
        foreach (var (mac, _) in _addresses.Entries.Where(e => e.Value.Port == port.PortNumber).ToList())
            Kernel.Tell(new Change.FdbSet(Owner.Key, Name, mac, null));
        _addresses.RemovePort(port.PortNumber);
        port.Master = null;
    }

    /// <summary>Pulls all ports out: the bridge goes away.</summary>
    public void RemovePorts()
    {
        foreach (var port in _ports.OfType<Device>().ToList()) RemovePort(port);
    }

    /// <summary>An administrator put an address behind a port for good, or (null) took it out.</summary>
    public void Pin(MacAddress mac, string? port)
    {
        if (port is null) _addresses.Remove(mac);
        else if (_ports.Find(p => p?.Name == port) is { } behind) _addresses.AddPermanent(mac, behind.PortNumber);
    }

    /// <summary>A port has another address of its own.</summary>
    public void PortMacChanged(Device port, MacAddress mac) => Permanent(mac, port.PortNumber, port.Name);

    /// <summary>A frame comes in through a port.</summary>
    public void Enter(Device port, Frame frame)
    {
        if (!Up)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Tap?.Saw(Kernel.Loop.Now, frame.Span);
        bool watched = _hooks.Watches(Type(frame));
        var way = BridgeWay.Unchanged;
        if (watched)
        {
            frame = Kernel.Frames.Own(frame);
            frame.Prerouted = true;
            frame.PhysicalIn = port;
            if (!_hooks.Prerouting(this, port, ref frame, out way)) return;
        }
        Finish(port, frame, watched, way);
    }

    private void Finish(Device port, Frame frame, bool watched, BridgeWay way)
    {
        Learn(port, frame);
        ulong destination = Destination(frame);
        if (way == BridgeWay.ToHost)
        {
            PassUp(frame);
            return;
        }
        if ((destination & 0x0100_0000_0000) != 0)
        {
            frame.References++;
            if (Uppers is not null)
            {
                Arrive(frame);
                Flood(port, frame, watched);
                return;
            }
            Kernel.Recorder.Received(Place, frame, onlyTap: false);
            Flood(port, frame, watched);
            Owner.Receive(this, frame);
            return;
        }
        // A frame for the host stays one when it is redirected, so a promiscuous bridge also routes it (linux v6.6 net/bridge/br_input.c br_handle_frame_finish, local_rcv).
        var routed = way == BridgeWay.Redirected && Kernel.PromiscuousBridges ? Kernel.Frames.Copy(frame) : null;
        Switch(port, frame, destination, watched);
        if (routed is not null) Owner.Receive(this, routed);
    }

    /// <summary>The host sends a frame into the bridge.</summary>
    public override void Transmit(Frame frame)
    {
        if (!Up)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Recorder.Transmitted(Place, frame);
        if (frame.BridgedFrom is { } origin)
        {
            Resume(origin, frame);
            return;
        }
        ulong destination = Destination(frame);
        int to = (destination & 0x0100_0000_0000) != 0 ? -1 : _addresses.Lookup(new(destination), Kernel.Loop.Now);
        if (to > Self && _ports[to] is { } port)
        {
            Kernel.Recorder.Step(Place, frame, StepKind.Switched, port.Place, 1);
            port.Transmit(frame);
        }
        else Flood(null, frame, watched: false);
    }

    /// <summary>A redirected frame whose neighbour is known now is bridged on with the source it came with. Source: linux v6.6 net/bridge/br_netfilter_hooks.c br_nf_pre_routing_finish_bridge_slow.</summary>
    private void Resume(Device port, Frame frame)
    {
        frame.BridgedFrom = null;
        if (!ReferenceEquals(port.Master, this))
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        frame.BridgedSource.Write(frame.Span[6..]);
        frame.HeadRewritten();
        Finish(port, frame, watched: true, BridgeWay.Redirected);
    }

    private void Switch(Device port, Frame frame, ulong destination, bool watched)
    {
        int to = _addresses.Lookup(new(destination), Kernel.Loop.Now);
        if (to == Self)
        {
            PassUp(frame);
            return;
        }
        // A bridge below macvlans is promiscuous: it can't filter by their addresses. Source: linux v6.6 net/core/dev_addr_lists.c, net/bridge/br_input.c br_handle_frame_finish.
        if (Uppers?.Wants(destination) == true)
        {
            frame.References++;
            Uppers.Take(frame);
        }
        else Kernel.Recorder.Received(Place, frame, onlyTap: true);
        if (to < 0 || _ports[to] is not { } target)
        {
            Flood(port, frame, watched);
            return;
        }
        Kernel.Recorder.Step(Place, frame, StepKind.Switched, target.Place, 1);
        if (ReferenceEquals(target, port) && !port.Hairpin) Drop(frame, DropReason.SamePort);
        else if (target.Isolated && port.Isolated) Drop(frame, DropReason.Isolated);
        else if (!watched || _hooks.Forward(this, target, frame)) Leave(target, frame);
    }

    private void Leave(Device port, Frame frame)
    {
        if (frame.LargestPiece > 0) _hooks.Leave(port, frame);
        else port.Transmit(frame);
    }

    private void PassUp(Frame frame)
    {
        if (Uppers is { } uppers && uppers.Take(frame)) return;
        if (Uppers is null) Kernel.Recorder.Received(Place, frame, onlyTap: false);
        Kernel.Recorder.Step(Place, frame, StepKind.Switched, -2, 1);
        Owner.Receive(this, frame);
    }

    /// <summary>Sends a frame to all ports but the one it came from; takes the reference.</summary>
    private void Flood(Device? from, Frame frame, bool watched)
    {
        Kernel.Recorder.Step(Place, frame, StepKind.Switched, -1, 0);
        bool isTaken = (Destination(frame) & 0x0100_0000_0000) != 0; // a group's frame is the host's as well
        for (int i = 1; i < _ports.Count; i++)
        {
            if (_ports[i] is not { Up: true } port || ReferenceEquals(port, from) && !port.Hairpin || port.Isolated && from is { Isolated: true }) continue;
            isTaken = true;
            if (watched)
            {
                var copy = Kernel.Frames.Copy(frame);
                if (_hooks.Forward(this, port, copy)) Leave(port, copy);
                continue;
            }
            frame.References++;
            port.Transmit(frame);
        }
        if (isTaken) Kernel.Frames.Release(frame);
        else Drop(frame, DropReason.NoPort);
    }

    private void Learn(Device port, Frame frame)
    {
        ulong source = Source(frame);
        if (!_addresses.Learn(new(source), port.PortNumber, Kernel.Loop.Now)) return;
        Kernel.Tell(new Change.FdbSet(Owner.Key, Name, new(source), port.Name));
        if (!Kernel.Timers.Runs(_cleanup)) _cleanup = Kernel.Timers.Start(Ageing, this, 0);
    }

    /// <summary>Forgets what was not heard of for 300 s. Source: linux v6.6 net/bridge/br_fdb.c br_fdb_cleanup.</summary>
    public void Expired(int purpose)
    {
        long now = Kernel.Loop.Now;
        foreach (var mac in _addresses.Expire(now)) Kernel.Tell(new Change.FdbSet(Owner.Key, Name, mac, null));
        if (_addresses.Oldest is { } oldest) _cleanup = Kernel.Timers.Start(Math.Max(oldest + Ageing - now, 10_000_000), this, 0);
    }

    private void Permanent(MacAddress mac, int number, string name)
    {
        _addresses.AddPermanent(mac, number);
        Kernel.Tell(new Change.FdbSet(Owner.Key, Name, mac, name, Permanent: true));
    }
}
