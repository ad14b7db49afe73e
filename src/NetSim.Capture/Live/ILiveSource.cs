using NetSim.Model.Addressing;

namespace NetSim.Capture.Live;

/// <summary>An interface that is being captured on.</summary>
internal interface ILiveSource : IDisposable
{
    /// <summary>"eth0".</summary>
    string Name { get; }

    /// <summary>LINKTYPE number of its packets.</summary>
    int LinkType { get; }

    /// <summary>Its hardware address, if it has one.</summary>
    MacAddress? Mac { get; }

    /// <summary>The file descriptor that becomes readable when a packet is there.</summary>
    int Descriptor { get; }

    /// <summary>Has the interface been removed?</summary>
    bool IsGone { get; }

    /// <summary>Nothing comes any more, and all that came was taken.</summary>
    bool IsDrained { get; }

    /// <summary>Takes the next packet if there is one; the one before is gone then.</summary>
    bool TryTake(out RawPacket packet);

    /// <summary>Takes note of an error of the socket, so that waiting on it waits again.</summary>
    void Settle();

    /// <summary>From here on nothing more comes; what the kernel holds can still be taken.</summary>
    void Close();

    /// <summary>Counts of the kernel so far: received (dropped ones among them), dropped for want of room, dropped by the interface.</summary>
    (long Received, long Dropped, long DroppedByInterface) Counts();
}
