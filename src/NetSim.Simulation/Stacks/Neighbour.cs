using NetSim.Model.Addressing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Stacks;

/// <summary>States of a neighbour, as `ip neigh` names them (RFC 4861, section 7.3.2; Linux uses them for ARP too).</summary>
internal enum NeighbourState
{
    /// <summary>Nothing known.</summary>
    None,
    /// <summary>Asked for, not answered yet.</summary>
    Incomplete,
    /// <summary>Confirmed lately.</summary>
    Reachable,
    /// <summary>Known, not confirmed lately.</summary>
    Stale,
    /// <summary>Used while stale: waits for a confirmation by itself.</summary>
    Delay,
    /// <summary>Asked again, by unicast.</summary>
    Probe,
    /// <summary>Did not answer.</summary>
    Failed,
}

/// <summary>An address on a link, and what is known of its hardware address.</summary>
internal sealed class Neighbour(NeighbourTable table, Device device, IpAddress address) : ITimerTarget
{
    /// <summary>The link.</summary>
    public readonly Device Device = device;

    /// <summary>The address.</summary>
    public readonly IpAddress Address = address;

    /// <summary>Packets that wait for its hardware address.</summary>
    public readonly Queue<Frame> Waiting = new();

    /// <summary>What is known.</summary>
    public NeighbourState State;

    /// <summary>The hardware address, where known.</summary>
    public MacAddress Mac;

    /// <summary>When it was last confirmed, learned, used: nanoseconds.</summary>
    public long Confirmed, Updated, Used;

    /// <summary>Was its hardware address told (PERMANENT)? Then nothing heard changes it.</summary>
    public bool IsPinned;

    /// <summary>Requests sent without an answer.</summary>
    public int Probes;

    /// <summary>The timer of its state.</summary>
    public TimerHandle Timer;

    /// <summary>Can packets be sent to it at once?</summary>
    public bool IsUsable => State is NeighbourState.Reachable or NeighbourState.Stale or NeighbourState.Delay or NeighbourState.Probe;

    /// <summary>Is it asked for still, or given up at this very instant, so that the error is under way?</summary>
    public bool IsAskedFor(long now) => State == NeighbourState.Incomplete || State == NeighbourState.Failed && Updated == now;

    /// <summary>The timer of its state ran out.</summary>
    public void Expired(int purpose) => table.Expired(this);
}
