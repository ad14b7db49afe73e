using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>One end of a veth pair. A frame leaves at the cable's rate behind those before it, and arrives at the other end after the cable's delay.</summary>
internal sealed class VethEnd : Device
{
    private readonly int _handler;
    private readonly LinkSettings _link;
    private readonly ulong _nanosecondsPerByte; // 32.32 fixed point
    private readonly Arrivals _arrivals = new(); // frames on their way here, behind the first
    private long _busyUntil, _firstArrives;
    private int _underWay; // frames on their way here

    public VethEnd(Kernel kernel, IFrameReceiver owner, Interface facts, LinkSettings link) : base(kernel, owner, facts)
    {
        _link = link;
        _nanosecondsPerByte = (ulong)((8_000_000_000UL << 32) / (UInt128)link.BitsPerSecond);
        _handler = kernel.Loop.Register(this);
        Refresh();
    }

    /// <summary>The other end; null when it is gone.</summary>
    public VethEnd? Peer { get; set; }

    /// <summary>What goes wrong here; null: nothing.</summary>
    public ILinkTrouble? Trouble { get; set; }

    public override void Transmit(Frame frame)
    {
        if (Trouble?.Leaving(frame) != true) Leave(frame);
    }

    /// <summary>A frame leaves the interface: a tap shows it.</summary>
    public void Leave(Frame frame)
    {
        if (!Up || Peer is not { Up: true })
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Recorder.Transmitted(Place, frame);
        if (Trouble?.Sent(frame) != true) Carry(frame);
    }

    /// <summary>A frame goes through the cable.</summary>
    public void Carry(Frame frame)
    {
        if (Peer is null)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        long now = Kernel.Loop.Now;
        if (_busyUntil <= now) _busyUntil = now;
        else if (!HasRoom(now))
        {
            Drop(frame, DropReason.QueueFull);
            return;
        }
        _busyUntil += (long)((ulong)frame.Length * _nanosecondsPerByte >> 32);
        Peer.Expect(_busyUntil + _link.DelayNanoseconds, frame);
    }

    /// <summary>A frame will arrive. They come in order, so only the first is in the loop's queue; each keeps its place in the order of scheduling.</summary>
    private void Expect(long time, Frame frame)
    {
        if (_underWay++ > 0)
        {
            _arrivals.Add(time, Kernel.Loop.TakeOrder(), frame.Id);
            return;
        }
        _firstArrives = time;
        Kernel.Loop.At(time, _handler, 0, frame.Id);
    }

    /// <summary>A frame arrives from the other end.</summary>
    public override void Handle(int kind, int a, int b)
    {
        var frame = Kernel.Frames[a];
        if (--_underWay > 0)
        {
            ref var next = ref _arrivals[0];
            _firstArrives = next.Time;
            Kernel.Loop.AtInOrder(next.Time, next.Order, _handler, 0, next.Frame, 0);
            _arrivals.RemoveFirst();
        }
        if (!Up)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Hops++;
        frame.Scrub();
        if (Master is not null)
        {
            Kernel.Recorder.Received(Place, frame, onlyTap: false);
            if (Trouble?.Received(frame) != true) Enter(frame);
            return;
        }
        Arrive(frame);
    }

    /// <summary>A frame goes into the bridge of which this is a port.</summary>
    public void Enter(Frame frame)
    {
        if (Master is { } bridge) bridge.Enter(this, frame);
        else Drop(frame, DropReason.LinkDown);
    }

    /// <summary>Do fewer frames wait to leave than may? Those that have left are on the cable still.</summary>
    private bool HasRoom(long now) => Peer!._underWay <= _link.QueueFrames || Peer.ArriveAfter(now + _link.DelayNanoseconds) <= _link.QueueFrames;

    /// <summary>How many of the frames under way arrive after an instant.</summary>
    private int ArriveAfter(long time) => _underWay > 0 && _firstArrives > time ? _underWay : _arrivals.After(time);
}

/// <summary>What may go wrong with frames at an interface. Each answer is true when it took the frame over, to hand it on later or never.</summary>
internal interface ILinkTrouble
{
    /// <summary>A frame is about to leave: no tap has seen it.</summary>
    bool Leaving(Frame frame);

    /// <summary>A frame has left and goes into the cable.</summary>
    bool Sent(Frame frame);

    /// <summary>A frame came in and is about to enter the bridge.</summary>
    bool Received(Frame frame);
}
