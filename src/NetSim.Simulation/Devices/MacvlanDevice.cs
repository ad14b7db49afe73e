using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>A macvlan: an Ethernet address of its own on its parent's link. In mode bridge it reaches its siblings over the parent, in the other modes only what is beyond
/// the parent; the parent's own stack never. Source: linux v6.6 drivers/net/macvlan.c macvlan_queue_xmit, macvlan_handle_frame.</summary>
internal sealed class MacvlanDevice(Kernel kernel, IFrameReceiver owner, Interface facts, Device lower) : StackedDevice(kernel, owner, facts, lower)
{
    /// <summary>Does it talk with its siblings?</summary>
    public bool IsBridge { get; } = facts.Mode is "bridge" or "";

    /// <summary>Does the switch beyond talk for it with its siblings?</summary>
    public bool IsVepa { get; } = facts.Mode == "vepa";

    /// <summary>Has it the parent for itself?</summary>
    public bool IsPassthru { get; } = facts.Mode == "passthru";

    public override void Transmit(Frame frame)
    {
        if (!IsOpen)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Recorder.Transmitted(Place, frame);
        if (!IsBridge)
        {
            Lower.Transmit(frame);
            return;
        }
        ulong destination = Destination(frame);
        if (IsGroup(destination))
        {
            Lower.Uppers!.Spread(frame, this, m => m.IsBridge);
            Lower.Transmit(frame);
        }
        else if (Lower.Uppers!.Macvlan(destination) is { IsBridge: true } sibling)
        {
            Tell(frame, sibling);
            HandDown(frame); // the parent's tap shows it coming in
        }
        else Lower.Transmit(frame);
    }
}
