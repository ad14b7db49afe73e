using NetSim.Model.Addressing;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Devices;

/// <summary>An Ethernet frame under way, with what the kernel notes on it. Pooled; whoever holds a reference hands it on or releases it.</summary>
internal sealed class Frame(int id)
{
    /// <summary>Room before the first byte for headers of lower layers.</summary>
    public const int Headroom = 96;

    /// <summary>Number by which events name it.</summary>
    public readonly int Id = id;

    /// <summary>The buffer in which it lies.</summary>
    public byte[] Bytes = [];

    /// <summary>Where it begins in the buffer.</summary>
    public int Start;

    /// <summary>Its bytes.</summary>
    public int Length;

    /// <summary>How many hold it (a flooded frame is held by several); more than one: read only.</summary>
    public int References;

    /// <summary>Number of the packet in the trace.</summary>
    public int Packet;

    /// <summary>Number of these bytes in the trace's store, or -1 when they are not in it.</summary>
    public int Kept;

    /// <summary>Number of the bytes before the head was rewritten, or -1.</summary>
    public int KeptBefore;

    /// <summary>The conversation it belongs to in the namespace that it passes (connection tracking), or null.</summary>
    public object? Track;

    /// <summary>What connection tracking says of it; see the netfilter folder.</summary>
    public byte TrackState;

    /// <summary>Has the bridge asked PREROUTING already?</summary>
    public bool Prerouted;

    /// <summary>The port it came in by, while it waits for the hardware address to which its bridge redirects it; else null.</summary>
    public Device? BridgedFrom;

    /// <summary>The hardware address it came from, then.</summary>
    public MacAddress BridgedSource;

    /// <summary>The ports of a bridge that netfilter saw it come in and go out by, or null.</summary>
    public Device? PhysicalIn, PhysicalOut;

    /// <summary>The mark that rules set.</summary>
    public uint Mark;

    /// <summary>The whole frame.</summary>
    public Span<byte> Span => new(Bytes, Start, Length);

    /// <summary>What follows the Ethernet header.</summary>
    public Span<byte> Ip => new(Bytes, Start + EthernetView.HeaderLength, Length - EthernetView.HeaderLength);

    /// <summary>Makes room for a header before the first byte and returns it.</summary>
    public Span<byte> Push(int bytes)
    {
        Start -= bytes;
        Length += bytes;
        return new(Bytes, Start, bytes);
    }

    /// <summary>What one namespace noted on a frame is not for the next.</summary>
    public void Scrub()
    {
        Track = null;
        TrackState = 0;
        Mark = 0;
        Prerouted = false;
        PhysicalIn = PhysicalOut = null;
    }

    /// <summary>Notes that the first bytes were rewritten.</summary>
    public void HeadRewritten()
    {
        if (Kept < 0) return;
        KeptBefore = Kept;
        Kept = -1;
    }

    /// <summary>Notes that any of its bytes may have changed.</summary>
    public void Rewritten() => Kept = KeptBefore = -1;
}
