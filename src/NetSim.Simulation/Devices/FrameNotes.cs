using NetSim.Model.Addressing;

namespace NetSim.Simulation.Devices;

/// <summary>What netfilter and bridges note on a frame; see the properties of <see cref="Frame"/>.</summary>
internal sealed class FrameNotes
{
    public object? Track;
    public Device? BridgedFrom, PhysicalIn, PhysicalOut;
    public MacAddress BridgedSource;
    public uint Mark;
    public int LargestPiece;
    public byte TrackState;
    public bool Prerouted;

    /// <summary>What one namespace noted goes.</summary>
    public void Scrub()
    {
        Track = null;
        TrackState = 0;
        Mark = 0;
        LargestPiece = 0;
        Prerouted = false;
        PhysicalIn = PhysicalOut = null;
    }

    /// <summary>All goes.</summary>
    public void Forget()
    {
        Scrub();
        BridgedFrom = null;
    }

    /// <summary>Takes over what a copy needs.</summary>
    public void Take(FrameNotes other)
    {
        Track = other.Track;
        TrackState = other.TrackState;
        Mark = other.Mark;
        LargestPiece = other.LargestPiece;
        PhysicalIn = other.PhysicalIn;
        Prerouted = other.Prerouted;
    }
}
