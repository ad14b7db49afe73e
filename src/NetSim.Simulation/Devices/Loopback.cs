using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>lo: what is sent comes back at once. A tap shows each frame once, as it is sent. The frame keeps what connection tracking noted on it.</summary>
internal sealed class Loopback : Device
{
    private const long Delay = 1_000;
    private readonly int _handler;

    public Loopback(Kernel kernel, IFrameReceiver owner, Interface facts) : base(kernel, owner, facts)
    {
        _handler = kernel.Loop.Register(this);
        Refresh();
    }

    public override void Transmit(Frame frame)
    {
        if (!Up)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Recorder.Transmitted(Place, frame);
        Kernel.Loop.After(Delay, _handler, 0, frame.Id);
    }

    public override void Handle(int kind, int a, int b)
    {
        var frame = Kernel.Frames[a];
        if (Up) Owner.Receive(this, frame);
        else Drop(frame, DropReason.LinkDown);
    }
}
