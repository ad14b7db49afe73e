using NetSim.Model.Tracing;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Devices;

/// <summary>What all devices and stacks of one simulation share: time, frames, the trace, chance, and where changes of tables are told.</summary>
internal sealed class Kernel(EventLoop loop, Recorder recorder, Random chance, Action<Change> tell, Action<string> warn)
{
    /// <summary>Time.</summary>
    public readonly EventLoop Loop = loop;

    /// <summary>The trace.</summary>
    public readonly Recorder Recorder = recorder;

    /// <summary>Timers of sockets, connections and neighbours.</summary>
    public readonly Timers Timers = new(loop);

    /// <summary>Frames.</summary>
    public readonly FramePool Frames = new();

    /// <summary>Buffers of streams.</summary>
    public readonly BytePool Buffers = new();

    /// <summary>Numbers of IPv6 addresses for connection tracking.</summary>
    public readonly AddressBook Addresses = new();

    /// <summary>Seeded chance of the kernel (ports, sequence numbers, jitter of timers), apart from that of programs.</summary>
    public readonly Random Chance = chance;

    /// <summary>Sees every frame that enters a port of a bridge, when set: measurements write captures with it.</summary>
    public IFrameTap? Tap;

    /// <summary>Are bridges promiscuous, as a capture makes them?</summary>
    public bool PromiscuousBridges;

    /// <summary>Frames that crossed a cable.</summary>
    public long Hops;

    /// <summary>Frames accepted by a stack from a device that is no bridge.</summary>
    public long Accepted;

    /// <summary>Tells a change that the kernel made by itself: it is traced and folded.</summary>
    public readonly Action<Change> Tell = tell;

    /// <summary>Notes what is not modelled.</summary>
    public readonly Action<string> Warn = warn;

    /// <summary>Ends a packet: traced, and its frame given back.</summary>
    public void Drop(int place, Frame frame, DropReason reason, int detail = -1)
    {
        Recorder.Dropped(place, frame, reason, detail);
        Frames.Release(frame);
    }
}

/// <summary>Sees frames as they pass.</summary>
internal interface IFrameTap
{
    /// <summary>A frame passed; the bytes are valid during the call only.</summary>
    void Saw(long nanoseconds, ReadOnlySpan<byte> frame);
}
