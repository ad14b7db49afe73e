using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>An ipvlan: it shares its parent's Ethernet address and is told apart by its IP addresses. Of layer 2 it speaks ARP; of layer 3 its packets are routed
/// by the table of the parent's namespace, and nothing goes to all. Source: linux v6.6 drivers/net/ipvlan/ipvlan_core.c ipvlan_queue_xmit, ipvlan_handle_frame.</summary>
internal sealed class IpvlanDevice(Kernel kernel, IFrameReceiver owner, Interface facts, Device lower) : StackedDevice(kernel, owner, facts, lower)
{
    private readonly bool _private = facts.ModeFlag == "private";
    private readonly bool _vepa = facts.ModeFlag == "vepa";

    /// <summary>Is it of layer 3?</summary>
    public bool IsLayer3 { get; } = facts.Mode is "l3" or "l3s";

    /// <summary>Do its packets pass the netfilter of the parent's namespace on their way in?</summary>
    public bool IsLayer3Filtered { get; } = facts.Mode == "l3s";

    public override void Transmit(Frame frame)
    {
        if (!IsOpen)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Recorder.Transmitted(Place, frame);
        ulong destination = Destination(frame);
        bool local = !_vepa && (IsLayer3 || destination == Source(frame));
        if (local && Lower.Uppers!.Ipvlan(frame) is { } sibling) ToSibling(frame, sibling);
        else if (IsLayer3) Out(frame, destination);
        else if (local) HandDown(frame); // for the parent's namespace itself
        else
        {
            if (IsGroup(destination)) Lower.Uppers!.Spread(frame, this);
            Lower.Transmit(frame);
        }
    }

    private void ToSibling(Frame frame, IpvlanDevice sibling)
    {
        Tell(frame, sibling);
        if (_private) Drop(frame, DropReason.OtherHost);
        else sibling.HandUp(frame);
    }

    private void Out(Frame frame, ulong destination)
    {
        if (IsGroup(destination) || Lower.Owner is not IRoutesThrough router)
        {
            Drop(frame, DropReason.NotModelled);
            return;
        }
        frame = Kernel.Frames.Own(frame);
        frame.Scrub();
        router.SendThrough(Lower, frame);
    }
}
