namespace NetSim.Simulation.Events;

/// <summary>Something that will happen: when, to whom, what, and two numbers. 24 bytes, no references.</summary>
/// <param name="time">Nanoseconds of simulated time.</param>
/// <param name="order">Order of scheduling; wraps.</param>
/// <param name="target">Number of the handler, and the kind of event in the low four bits.</param>
/// <param name="a">First number.</param>
/// <param name="b">Second number.</param>
internal readonly struct SimEvent(long time, uint order, int target, int a, int b)
{
    public readonly long Time = time;
    public readonly uint Order = order;
    public readonly int Target = target;
    public readonly int A = a;
    public readonly int B = b;

    /// <summary>Earlier, or of the same time and scheduled earlier?</summary>
    public static bool Before(in SimEvent x, in SimEvent y) => x.Time < y.Time || x.Time == y.Time && (int)(x.Order - y.Order) < 0;
}

/// <summary>Who reacts to events. An object registers once with the <see cref="EventLoop"/> and is then addressed by number.</summary>
internal interface IEventHandler
{
    /// <summary>Reacts to an event that this object scheduled.</summary>
    /// <param name="kind">0 to 15, of the object's own choosing.</param>
    /// <param name="a">First number given when it was scheduled.</param>
    /// <param name="b">Second number.</param>
    void Handle(int kind, int a, int b);
}

/// <summary>The same for what takes most of the events (devices): as a class it is called faster than an interface of many classes.</summary>
internal abstract class EventTarget
{
    /// <summary>See <see cref="IEventHandler.Handle"/>. What schedules no events gets none.</summary>
    public virtual void Handle(int kind, int a, int b)
    {
    }
}
