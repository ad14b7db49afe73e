using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Devices;

/// <summary>Takes frames that arrive for a namespace itself.</summary>
internal interface IFrameReceiver
{
    /// <summary>The namespace's key.</summary>
    string Key { get; }

    /// <summary>Takes the frame and one reference to it.</summary>
    void Receive(Device device, Frame frame);
}

/// <summary>Sends, in a namespace, what one of its devices is given by an ipvlan of layer 3.</summary>
internal interface IRoutesThrough
{
    /// <summary>Routes a packet by the namespace's table as if it had made it, but out through that device. Takes the frame; it begins with an Ethernet header of no meaning.</summary>
    void SendThrough(Device device, Frame frame);

    /// <summary>PREROUTING and INPUT of the namespace for what came in through that device. False: the packet ended there.</summary>
    bool Admit(Device device, ref Frame frame);
}

/// <summary>A network device of Linux. Its properties are those of the <see cref="Interface"/> in the topology, kept at hand.</summary>
internal abstract class Device(Kernel kernel, IFrameReceiver owner, Interface facts) : EventTarget
{
    /// <summary>What all share.</summary>
    protected readonly Kernel Kernel = kernel;

    private IFrameReceiver _owner = owner;

    /// <summary>Whose it is.</summary>
    public IFrameReceiver Owner
    {
        get => _owner;
        set
        {
            _owner = value;
            Refresh();
        }
    }

    /// <summary>The same device in the topology.</summary>
    public Interface Facts { get; } = facts;

    /// <summary>"eth0".</summary>
    public string Name => Facts.Name;

    /// <summary>The number of `ip link`.</summary>
    public int Index => Facts.Index;

    /// <summary>Hardware address.</summary>
    public MacAddress Mac { get; private set; }

    /// <summary>Bytes of an IP packet that fit.</summary>
    public int Mtu { get; private set; }

    /// <summary>Set up by the administrator?</summary>
    public bool Up { get; private set; }

    /// <summary>Does it send frames back where they came from (bridge port)?</summary>
    public bool Hairpin { get; private set; }

    /// <summary>As a port: does it reach only ports that are not isolated?</summary>
    public bool Isolated { get; private set; }

    /// <summary>Its number among the trace's places.</summary>
    public int Place { get; private set; }

    /// <summary>The bridge of which it is a port, or null.</summary>
    public BridgeDevice? Master { get; set; }

    /// <summary>Its number among the ports of its bridge.</summary>
    public int PortNumber { get; set; }

    /// <summary>Does it ask for neighbours' hardware addresses?</summary>
    public bool Resolves { get; private set; }

    /// <summary>What lies on top of it: VLANs, macvlans, ipvlans; null when nothing does.</summary>
    public Uppers? Uppers { get; set; }

    /// <summary>Takes over what changed in the topology.</summary>
    public void Refresh()
    {
        Mac = Facts.Mac;
        Mtu = Facts.Mtu;
        Resolves = Facts.Resolves;
        Up = Facts.Up;
        Hairpin = Facts.Hairpin;
        Isolated = Facts.Isolated;
        Place = Kernel.Recorder.Place(Owner.Key, Facts.Name);
    }

    /// <summary>Sends a frame; takes one reference to it.</summary>
    public abstract void Transmit(Frame frame);

    /// <summary>Is a frame for this device: its own address, broadcast or a group?</summary>
    public bool IsForMe(Frame frame)
    {
        ulong destination = Destination(frame);
        return destination == Mac.Value || (destination & 0x0100_0000_0000) != 0;
    }

    /// <summary>The hardware address that a frame goes to.</summary>
    public static ulong Destination(Frame frame) => BinaryPrimitives.ReadUInt64BigEndian(frame.Bytes.AsSpan(frame.Start)) >> 16;

    /// <summary>Is it the address of a group, or of all?</summary>
    public static bool IsGroup(ulong mac) => (mac & 0x0100_0000_0000) != 0;

    /// <summary>The hardware address that a frame comes from.</summary>
    public static ulong Source(Frame frame) => BinaryPrimitives.ReadUInt64BigEndian(frame.Bytes.AsSpan(frame.Start + 4)) & 0xFFFF_FFFF_FFFF;

    /// <summary>What a frame carries.</summary>
    public static ushort Type(Frame frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.Bytes.AsSpan(frame.Start + 12));

    /// <summary>Takes a frame that came in: for what lies on top of this device, or for the namespace.</summary>
    public void Arrive(Frame frame)
    {
        if (Uppers is { } uppers && uppers.Take(frame)) return;
        bool mine = IsForMe(frame);
        if (Uppers is null) Kernel.Recorder.Received(Place, frame, onlyTap: !mine);
        if (mine) Owner.Receive(this, frame);
        else Drop(frame, DropReason.OtherHost);
    }

    /// <summary>Drops a frame that can't go through this device.</summary>
    protected void Drop(Frame frame, DropReason reason) => Kernel.Drop(Place, frame, reason);
}
