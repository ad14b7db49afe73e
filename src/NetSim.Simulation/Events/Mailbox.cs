namespace NetSim.Simulation.Events;

/// <summary>What waits to be taken by a program, and the programs that wait for it.</summary>
internal sealed class Mailbox<T>(Timers timers) : ITimerTarget where T : class
{
    private readonly Queue<T> _items = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private Exception? _failure;
    private bool _closed;
    private int _next;

    private sealed record Waiter(TaskCompletionSource<T?> Task, int Number)
    {
        public TimerHandle Timer;
    }

    /// <summary>Things that nobody took yet.</summary>
    public int Count => _items.Count;

    /// <summary>Hands a thing to the first who waits, or keeps it.</summary>
    public void Put(T item)
    {
        if (Next() is { } waiter) waiter.Task.SetResult(item);
        else if (!_closed) _items.Enqueue(item);
    }

    /// <summary>Makes the next taking fail once.</summary>
    public void Fail(Exception failure)
    {
        if (Next() is { } waiter) waiter.Task.SetException(failure);
        else _failure = failure;
    }

    /// <summary>A failure that nobody saw yet; it is forgotten.</summary>
    public Exception? TakeFailure() => _failure is null ? null : Forget();

    private Exception? Forget()
    {
        var failure = _failure;
        _failure = null;
        return failure;
    }

    /// <summary>Nothing will come any more: all who wait, and will wait, get null.</summary>
    public void Close()
    {
        _closed = true;
        while (Next() is { } waiter) waiter.Task.SetResult(null);
    }

    /// <summary>The next thing; null after the time-out, or when closed.</summary>
    public Task<T?> Take(TimeSpan? timeout)
    {
        if (_items.TryDequeue(out var item)) return Task.FromResult<T?>(item);
        if (TakeFailure() is { } failure) return Task.FromException<T?>(failure);
        if (_closed) return Task.FromResult<T?>(null);
        var waiter = new Waiter(new(TaskCreationOptions.RunContinuationsAsynchronously), _next++);
        if (timeout is { } t) waiter.Timer = timers.Start(Math.Max(0, t.Ticks * 100), this, waiter.Number);
        _waiters.AddLast(waiter);
        return waiter.Task.Task;
    }

    public void Expired(int purpose)
    {
        for (var node = _waiters.First; node is not null; node = node.Next)
        {
            if (node.Value.Number != purpose) continue;
            _waiters.Remove(node);
            node.Value.Task.SetResult(null);
            return;
        }
    }

    private Waiter? Next()
    {
        if (_waiters.First is not { } node) return null;
        _waiters.RemoveFirst();
        timers.Stop(ref node.Value.Timer);
        return node.Value;
    }
}
