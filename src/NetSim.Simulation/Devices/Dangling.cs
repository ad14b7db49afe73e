using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>A device whose other side is not modelled (a physical card, macvlan, ipvlan): what is sent is lost, and the trace says so.</summary>
internal sealed class Dangling : Device
{
    public Dangling(Kernel kernel, IFrameReceiver owner, Interface facts) : base(kernel, owner, facts) => Refresh();

    public override void Transmit(Frame frame)
    {
        Kernel.Recorder.Transmitted(Place, frame);
        Drop(frame, DropReason.NotModelled);
    }
}
