using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>A dummy: what is sent is gone. Docker puts the macvlans of a network without a parent on one. Source: linux v6.6 drivers/net/dummy.c dummy_xmit.</summary>
internal sealed class DummyDevice : Device
{
    public DummyDevice(Kernel kernel, IFrameReceiver owner, Interface facts) : base(kernel, owner, facts) => Refresh();

    public override void Transmit(Frame frame)
    {
        if (Up) Kernel.Recorder.Transmitted(Place, frame);
        Drop(frame, DropReason.LinkDown);
    }
}
