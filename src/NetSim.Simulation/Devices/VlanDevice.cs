using System.Buffers.Binary;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Devices;

/// <summary>A VLAN of its parent: frames carry its number in a tag while they are on the parent (IEEE 802.1Q, clause 9). A tap at the parent shows the tag, one here does not.
/// Source: linux v6.6 net/8021q/vlan_dev.c vlan_dev_hard_start_xmit, vlan_core.c vlan_do_receive.</summary>
internal sealed class VlanDevice(Kernel kernel, IFrameReceiver owner, Interface facts, Device lower) : StackedDevice(kernel, owner, facts, lower)
{
    /// <summary>What a frame with a tag says instead of its type.</summary>
    public const ushort TagType = 0x8100;

    private const int Tag = 4;
    private const int Addresses = 12;

    /// <summary>Its number.</summary>
    public int Id { get; } = facts.VlanId;

    /// <summary>The number in a frame's tag.</summary>
    public static int IdOf(Frame frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.Span[(Addresses + 2)..]) & 0xFFF;

    public override void Transmit(Frame frame)
    {
        if (!IsOpen)
        {
            Drop(frame, DropReason.LinkDown);
            return;
        }
        Kernel.Recorder.Transmitted(Place, frame);
        frame = Kernel.Frames.Own(frame);
        frame.Push(Tag);
        frame.Span.Slice(Tag, Addresses).CopyTo(frame.Span);
        BinaryPrimitives.WriteUInt16BigEndian(frame.Span[Addresses..], TagType);
        BinaryPrimitives.WriteUInt16BigEndian(frame.Span[(Addresses + 2)..], (ushort)Id);
        frame.Rewritten();
        Lower.Transmit(frame);
    }

    /// <summary>Takes a tagged frame from its parent, without the tag.</summary>
    public void Untag(Frame frame)
    {
        frame = Kernel.Frames.Own(frame);
        frame.Span[..Addresses].CopyTo(frame.Span[Tag..]);
        frame.Start += Tag;
        frame.Length -= Tag;
        frame.Rewritten();
        if (IsForMe(frame) || Uppers is not null) HandUp(frame);
        else Drop(frame, DropReason.OtherHost);
    }
}
