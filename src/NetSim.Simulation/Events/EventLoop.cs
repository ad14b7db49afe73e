using NetSim.Model.Tracing;

namespace NetSim.Simulation.Events;

/// <summary>Simulated time: takes events in order and hands each to its handler. Order is total: time, then order of scheduling.</summary>
internal sealed class EventLoop
{
    private readonly EventQueue _queue = new();
    private EventTarget[] _targets = new EventTarget[64];
    private int _registered;

    /// <summary>Nanoseconds since the start.</summary>
    public long Now { get; private set; }

    /// <summary>The same as a value.</summary>
    public SimTime Time => new(Now);

    /// <summary>Events taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Events that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Gives an object the number by which it schedules events for itself.</summary>
    public int Register(IEventHandler handler) => Register(new Handled(handler));

    /// <summary>The same for a device.</summary>
    public int Register(EventTarget target)
    {
        if (_registered == _targets.Length) Array.Resize(ref _targets, _registered * 2);
        _targets[_registered] = target;
        return _registered++;
    }

    /// <summary>Schedules an event at an instant, now at the earliest.</summary>
    public void At(long time, int handler, int kind, int a = 0, int b = 0) => _queue.Push(Math.Max(time, Now), handler << 4 | kind, a, b);

    /// <summary>Schedules an event after a span in nanoseconds.</summary>
    public void After(long span, int handler, int kind, int a = 0, int b = 0) => _queue.Push(Now + span, handler << 4 | kind, a, b);

    /// <summary>Gives out the place in the order of scheduling that an event of now would get, for one that is put in later.</summary>
    public uint TakeOrder() => _queue.TakeOrder();

    /// <summary>Puts in an event whose place in the order was given out before.</summary>
    public void AtInOrder(long time, uint order, int handler, int kind, int a, int b) => _queue.Push(time, order, handler << 4 | kind, a, b);

    /// <summary>Takes one event that is due by <paramref name="limit"/>.</summary>
    /// <returns>False when there is none.</returns>
    public bool TakeOne(long limit)
    {
        if (!_queue.TryPop(limit, out var next)) return false;
        Now = next.Time;
        Taken++;
        _targets[next.Target >> 4].Handle(next.Target & 15, next.A, next.B);
        return true;
    }

    /// <summary>Lets time pass to an instant without events before it.</summary>
    public void Advance(long time) => Now = Math.Max(Now, time);

    private sealed class Handled(IEventHandler handler) : EventTarget
    {
        public override void Handle(int kind, int a, int b) => handler.Handle(kind, a, b);
    }
}
