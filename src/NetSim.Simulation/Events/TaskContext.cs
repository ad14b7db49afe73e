namespace NetSim.Simulation.Events;

/// <summary>Lets continuations of async programs run from the event loop, in the order in which they became ready, on the one thread that runs it.</summary>
internal sealed class TaskContext : SynchronizationContext, IEventHandler
{
    private readonly EventLoop _loop;
    private readonly Queue<(SendOrPostCallback Call, object? State)> _ready = new();
    private readonly int _handler;

    public TaskContext(EventLoop loop)
    {
        _loop = loop;
        _handler = loop.Register(this);
    }

    /// <summary>Runs the call as an event of its own, now.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        _ready.Enqueue((d, state));
        _loop.After(0, _handler, 0);
    }

    /// <summary>Runs the call at once.</summary>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>There is one for one simulation.</summary>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs the oldest call that is ready.</summary>
    public void Handle(int kind, int a, int b)
    {
        var (call, state) = _ready.Dequeue();
        call(state);
    }
}
