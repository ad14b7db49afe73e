using NetSim.Model.Tracing;

namespace NetSim.Simulation.Events;

/// <summary>Simulated time and seeded chance as programs see them.</summary>
internal sealed class SimClock : IClock, IEventHandler
{
    private readonly EventLoop _loop;
    private readonly DateTimeOffset _zero;
    private readonly Dictionary<int, TaskCompletionSource> _sleepers = [];
    private readonly int _handler;
    private int _next;

    public SimClock(EventLoop loop, DateTimeOffset zero, Random chance)
    {
        _loop = loop;
        _zero = zero;
        Chance = chance;
        _handler = loop.Register(this);
    }

    public SimTime Now => _loop.Time;

    public DateTimeOffset Wall => _zero + (Now - SimTime.Zero);

    public Random Chance { get; }

    public Task Delay(TimeSpan span)
    {
        var sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sleepers.Add(_next, sleeper);
        _loop.After(Math.Max(0, span.Ticks * 100), _handler, 0, _next++);
        return sleeper.Task;
    }

    public void Handle(int kind, int a, int b)
    {
        _sleepers.Remove(a, out var sleeper);
        sleeper!.SetResult();
    }
}
