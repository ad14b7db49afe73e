using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>A device on top of another: it has no wire of its own. Frames reach it a moment after its parent took them (netif_rx).</summary>
internal abstract class StackedDevice : Device
{
    private const long Delay = 500;
    private const int Upwards = 0;
    private const int Downwards = 1;
    private readonly int _handler;

    protected StackedDevice(Kernel kernel, IFrameReceiver owner, Interface facts, Device lower) : base(kernel, owner, facts)
    {
        Lower = lower;
        _handler = kernel.Loop.Register(this);
        Refresh();
    }

    /// <summary>The device below.</summary>
    public Device Lower { get; }

    /// <summary>May frames leave?</summary>
    protected bool IsOpen => Up && Facts.Carrier;

    /// <summary>Gives it a frame that its parent, or a device beside it, has for it. Takes the reference.</summary>
    public void HandUp(Frame frame) => Kernel.Loop.After(Delay, _handler, Upwards, frame.Id);

    public override void Handle(int kind, int a, int b)
    {
        var frame = Kernel.Frames[a];
        if (kind == Downwards) Lower.Arrive(frame);
        else if (!Up) Drop(frame, DropReason.LinkDown);
        else Enter(frame);
    }

    /// <summary>The frame comes in here as if the parent had received it from its wire.</summary>
    protected void HandDown(Frame frame) => Kernel.Loop.After(Delay, _handler, Downwards, frame.Id);

    /// <summary>Shows which device gets the frame.</summary>
    protected void Tell(Frame frame, Device target) => Kernel.Recorder.Step(Place, frame, StepKind.Switched, target.Place, 1);

    private void Enter(Frame frame)
    {
        Kernel.Hops++;
        frame.Scrub();
        if (Uppers is { } uppers && uppers.Take(frame)) return;
        if (Uppers is null) Kernel.Recorder.Received(Place, frame, onlyTap: false);
        Owner.Receive(this, frame);
    }
}
