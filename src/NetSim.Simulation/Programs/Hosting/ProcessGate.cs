namespace NetSim.Simulation.Programs.Hosting;

/// <summary>Everything a program waits for passes here, so that it can be stopped, continued and killed. Its open sockets are kept here too.</summary>
internal sealed class ProcessGate
{
    private readonly List<IDisposable> _open = [];
    private readonly CancellationTokenSource _death = new();
    private TaskCompletionSource? _continued;

    /// <summary>The exit code after TERM, if the program catches it.</summary>
    public int? ExitOnTerm { get; set; }

    /// <summary>Cancelled when it ends: what it was connecting to is given up.</summary>
    public CancellationToken Death => _death.Token;

    /// <summary>Has it ended?</summary>
    public bool IsDead { get; private set; }

    /// <summary>Waits, and then for leave to go on.</summary>
    public async Task<T> Pass<T>(Task<T> task)
    {
        var result = await task;
        await Check();
        return result;
    }

    /// <summary>Waits, and then for leave to go on.</summary>
    public async Task Pass(Task task)
    {
        await task;
        await Check();
    }

    /// <summary>Keeps a socket until the process ends.</summary>
    public T Keep<T>(T socket)
        where T : IDisposable
    {
        if (IsDead)
        {
            socket.Dispose();
            throw new ProcessKilled();
        }
        _open.Add(socket);
        return socket;
    }

    /// <summary>The process closed a socket itself.</summary>
    public void Forget(IDisposable socket) => _open.Remove(socket);

    /// <summary>Lets the program not go on.</summary>
    public void Stop() => _continued ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets it go on.</summary>
    public void Continue()
    {
        var waiting = _continued;
        _continued = null;
        waiting?.TrySetResult();
    }

    /// <summary>The process is no more: the kernel closes what it had open.</summary>
    public void Die()
    {
        IsDead = true;
        _death.Cancel();
        foreach (var s in _open.ToList()) s.Dispose();
        _open.Clear();
        Continue();
    }

    private async Task Check()
    {
        while (_continued is { } waiting && !IsDead) await waiting.Task;
        if (IsDead) throw new ProcessKilled();
    }
}
