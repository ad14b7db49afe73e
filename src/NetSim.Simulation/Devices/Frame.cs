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

    private FrameNotes? _notes; // most frames have none, and so stay in one line of the cache

    /// <summary>The conversation it belongs to in the namespace that it passes (connection tracking), or null.</summary>
    public object? Track
    {
        get => _notes?.Track;
        set => Notes.Track = value;
    }

    /// <summary>What connection tracking says of it; see the netfilter folder.</summary>
    public byte TrackState
    {
        get => _notes?.TrackState ?? 0;
        set => Notes.TrackState = value;
    }

    /// <summary>Has the bridge asked PREROUTING already?</summary>
    public bool Prerouted
    {
        get => _notes is { Prerouted: true };
        set => Notes.Prerouted = value;
    }

    /// <summary>The port it came in by, while it waits for the hardware address to which its bridge redirects it; else null.</summary>
    public Device? BridgedFrom
    {
        get => _notes?.BridgedFrom;
        set => Notes.BridgedFrom = value;
    }

    /// <summary>The hardware address it came from, then.</summary>
    public MacAddress BridgedSource
    {
        get => _notes?.BridgedSource ?? default;
        set => Notes.BridgedSource = value;
    }

    /// <summary>The port of a bridge that netfilter saw it come in by, or null.</summary>
    public Device? PhysicalIn
    {
        get => _notes?.PhysicalIn;
        set => Notes.PhysicalIn = value;
    }

    /// <summary>The port of a bridge that netfilter saw it go out by, or null.</summary>
    public Device? PhysicalOut
    {
        get => _notes?.PhysicalOut;
        set => Notes.PhysicalOut = value;
    }

    /// <summary>The largest of the pieces it came in, as IP bytes, when it was put together again under way: it leaves in such pieces again; else 0. Source: linux v6.6 net/ipv4/ip_fragment.c ip_frag_reasm (frag_max_size).</summary>
    public int LargestPiece
    {
        get => _notes?.LargestPiece ?? 0;
        set => Notes.LargestPiece = value;
    }

    /// <summary>The mark that rules set.</summary>
    public uint Mark
    {
        get => _notes?.Mark ?? 0;
        set => Notes.Mark = value;
    }

    private FrameNotes Notes => _notes ??= new();

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
    public void Scrub() => _notes?.Scrub();

    /// <summary>Nothing is noted any more: the frame is given back.</summary>
    public void Forget() => _notes?.Forget();

    /// <summary>Takes over what is noted on another frame of the same packet.</summary>
    public void TakeNotes(Frame other)
    {
        if (other._notes is { } notes) Notes.Take(notes);
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
