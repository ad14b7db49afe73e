using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>The neighbours of a namespace, of ARP and of neighbour discovery, with the kernel's states, timers and retries.
/// Source: linux v6.6 net/core/neighbour.c neigh_timer_handler, __neigh_event_send, __neigh_update.</summary>
internal sealed class NeighbourTable(Kernel kernel, string space, ArpProtocol arp)
{
    private const long Second = 1_000_000_000;
    /// <summary>One second in jiffies comes to a little more (recorded: three requests 1.02 s apart).</summary>
    private const long RetransmitTime = 1_020_000_000;
    private const long DelayProbeTime = 5 * Second;
    private const int MaxProbes = 3;
    private readonly Dictionary<(int Device, IpAddress Address), Neighbour> _neighbours = [];

    /// <summary>Asks for IPv6 neighbours.</summary>
    public NdpProtocol? Discovery { get; set; }

    /// <summary>Gets the packets whose next hop did not answer.</summary>
    public Action<Frame>? Unreachable { get; set; }

    /// <summary>The neighbour of an address on a link; made when it is new.</summary>
    public Neighbour Get(Device device, IpAddress address)
    {
        if (_neighbours.TryGetValue((device.Index, address), out var known) && ReferenceEquals(known.Device, device)) return known;
        return _neighbours[(device.Index, address)] = new Neighbour(this, device, address);
    }

    /// <summary>The neighbour of an address on a link of which something is known, or null.</summary>
    public Neighbour? Find(Device device, IpAddress address) =>
        _neighbours.TryGetValue((device.Index, address), out var n) && ReferenceEquals(n.Device, device) && n.State != NeighbourState.None ? n : null;

    /// <summary>Forgets all neighbours of a device that went down or away.</summary>
    public void Forget(Device device)
    {
        foreach (var n in _neighbours.Values.Where(n => ReferenceEquals(n.Device, device)).OrderBy(n => n.Address).ToList())
        {
            kernel.Timers.Stop(ref n.Timer);
            while (n.Waiting.TryDequeue(out var frame)) kernel.Drop(device.Place, frame, DropReason.LinkDown);
            _neighbours.Remove((device.Index, n.Address));
            n.State = NeighbourState.None;
            kernel.Tell(new Change.NeighbourSet(space, device.Name, n.Address, null, ""));
        }
    }

    /// <summary>Pins a neighbour's hardware address for good, or (null) forgets what is known of the neighbour; who remembers it as his next hop asks anew.</summary>
    public void Pin(Device device, IpAddress address, MacAddress? mac)
    {
        var n = Get(device, address);
        kernel.Timers.Stop(ref n.Timer);
        n.IsPinned = mac is not null;
        n.State = mac is null ? NeighbourState.None : NeighbourState.Reachable;
        n.Mac = mac ?? default;
        while (n.Waiting.TryDequeue(out var frame))
            if (mac is null) kernel.Drop(device.Place, frame, DropReason.NeighbourUnreachable);
            else arp.SendTo(n, frame);
        kernel.Tell(new Change.NeighbourSet(space, device.Name, address, mac, mac is null ? "" : "PERMANENT"));
    }

    /// <summary>A packet that can't go at once (<see cref="Neighbour.IsUsable"/> is false, or it is stale). True: send it now; false: it waits here.</summary>
    public bool Use(Neighbour n, Frame frame)
    {
        if (n.State == NeighbourState.Stale) Enter(n, NeighbourState.Delay, DelayProbeTime);
        if (n.IsUsable) return true;
        n.Waiting.Enqueue(frame);
        if (n.State == NeighbourState.Incomplete) return false;
        n.Probes = 0;
        Enter(n, NeighbourState.Incomplete, RetransmitTime);
        Ask(n);
        return false;
    }

    /// <summary>Something was heard from the neighbour.</summary>
    /// <param name="n">Which.</param>
    /// <param name="mac">Its hardware address as it says.</param>
    /// <param name="confirmed">Was it an answer to us? Else it is only known (stale).</param>
    public void Heard(Neighbour n, MacAddress mac, bool confirmed)
    {
        if (n.IsPinned) return;
        bool same = n.IsUsable && n.Mac == mac;
        if (!confirmed && same) return;
        if (n.Address.IsV4 && n.IsUsable && !same && kernel.Loop.Now - n.Updated < Second) return; // locktime: the first answer wins
        n.Mac = mac;
        n.Updated = kernel.Loop.Now;
        if (confirmed)
        {
            n.Confirmed = n.Updated;
            Enter(n, NeighbourState.Reachable, ReachableTime());
        }
        else Enter(n, NeighbourState.Stale, 0);
        while (n.Waiting.TryDequeue(out var frame)) arp.SendTo(n, frame);
    }

    /// <summary>An upper layer had an answer from beyond: no need to ask.</summary>
    public void Confirm(Neighbour n) => n.Confirmed = kernel.Loop.Now;

    /// <summary>The timer of a neighbour's state ran out.</summary>
    public void Expired(Neighbour n)
    {
        switch (n.State)
        {
            case NeighbourState.Reachable: Age(n); break;
            case NeighbourState.Delay: Delayed(n); break;
            case NeighbourState.Incomplete or NeighbourState.Probe: Retry(n); break;
        }
    }

    private void Age(Neighbour n)
    {
        long now = kernel.Loop.Now;
        if (now - n.Confirmed < 15 * Second) n.Timer = kernel.Timers.Start(15 * Second - (now - n.Confirmed), n, 0);
        else if (now - n.Used <= DelayProbeTime) Enter(n, NeighbourState.Delay, DelayProbeTime);
        else Enter(n, NeighbourState.Stale, 0);
    }

    private void Delayed(Neighbour n)
    {
        if (kernel.Loop.Now - n.Confirmed <= DelayProbeTime)
        {
            Enter(n, NeighbourState.Reachable, ReachableTime());
            return;
        }
        n.Probes = 0;
        Enter(n, NeighbourState.Probe, RetransmitTime);
        Ask(n);
    }

    private void Retry(Neighbour n)
    {
        if (n.Probes < MaxProbes)
        {
            n.Timer = kernel.Timers.Start(RetransmitTime, n, 0);
            Ask(n);
            return;
        }
        n.Updated = kernel.Loop.Now;
        Enter(n, NeighbourState.Failed, 0);
        while (n.Waiting.TryDequeue(out var frame)) Unreachable!(frame);
    }

    private void Ask(Neighbour n)
    {
        n.Probes++;
        if (n.Address.IsV6) Discovery!.Request(n, n.State == NeighbourState.Probe ? n.Mac : null);
        else arp.Request(n, n.State == NeighbourState.Probe ? n.Mac : MacAddress.Broadcast);
    }

    /// <summary>Takes a state, with its timer, and tells it.</summary>
    private void Enter(Neighbour n, NeighbourState state, long timer)
    {
        kernel.Timers.Stop(ref n.Timer);
        if (timer > 0) n.Timer = kernel.Timers.Start(timer, n, 0);
        n.State = state;
        kernel.Tell(new Change.NeighbourSet(space, n.Device.Name, n.Address, n.IsUsable ? n.Mac : null, state.ToString().ToUpperInvariant()));
    }

    /// <summary>15 to 45 seconds.</summary>
    private long ReachableTime() => 15 * Second + (long)(kernel.Chance.NextDouble() * 30 * Second);
}
