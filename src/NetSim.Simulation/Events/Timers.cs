namespace NetSim.Simulation.Events;

/// <summary>Who is told that a timer ran out.</summary>
internal interface ITimerTarget
{
    /// <summary>The timer of that purpose ran out.</summary>
    /// <param name="purpose">A small number of the target's own choosing.</param>
    void Expired(int purpose);
}

/// <summary>A timer that was started, to stop it by. The default value is no timer.</summary>
internal readonly record struct TimerHandle(int Slot, int Generation);

/// <summary>Timers for objects that come and go (sockets, connections, neighbours), which don't register with the loop themselves.</summary>
internal sealed class Timers : IEventHandler
{
    private readonly EventLoop _loop;
    private readonly int _handler;
    private readonly Stack<int> _free = new();
    private Slot[] _slots = new Slot[256];
    private int _used = 1; // slot 0 is never used, so that the default handle is none

    public Timers(EventLoop loop)
    {
        _loop = loop;
        _handler = loop.Register(this);
    }

    private struct Slot
    {
        public ITimerTarget? Target;
        public int Purpose, Generation;
    }

    /// <summary>Starts a timer that runs out once, after a span in nanoseconds.</summary>
    public TimerHandle Start(long span, ITimerTarget target, int purpose)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _used++;
            if (slot == _slots.Length) Array.Resize(ref _slots, slot * 2);
        }
        ref var s = ref _slots[slot];
        s.Target = target;
        s.Purpose = purpose;
        _loop.After(span, _handler, 0, slot, s.Generation);
        return new(slot, s.Generation);
    }

    /// <summary>Stops a timer; one that ran out, or none, is passed over. The handle becomes none.</summary>
    public void Stop(ref TimerHandle timer)
    {
        if (timer.Slot > 0 && _slots[timer.Slot].Generation == timer.Generation) Free(timer.Slot);
        timer = default;
    }

    /// <summary>Does it still run?</summary>
    public bool Runs(TimerHandle timer) => timer.Slot > 0 && _slots[timer.Slot].Generation == timer.Generation;

    public void Handle(int kind, int a, int b)
    {
        ref var s = ref _slots[a];
        if (s.Generation != b) return;
        var (target, purpose) = (s.Target!, s.Purpose);
        Free(a);
        target.Expired(purpose);
    }

    private void Free(int slot)
    {
        ref var s = ref _slots[slot];
        s.Generation++;
        s.Target = null;
        _free.Push(slot);
    }
}
