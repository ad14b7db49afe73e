using NetSim.Model.Addressing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>A connection for programs, whose calls wait.</summary>
internal sealed class TcpStream : ITcpConnection, ITcpUser, ITimerTarget
{
    private const int MostAtOnce = 65536;
    private readonly TcpConnection _connection;
    private readonly Timers _timers;
    private TaskCompletionSource? _writer, _opener;
    private TaskCompletionSource<byte[]?>? _reader;
    private TcpKeepAlive? _keepAlive;
    private TimerHandle _timeout;
    private bool _errorSeen, _closed;

    public TcpStream(TcpConnection connection, Timers timers)
    {
        _connection = connection;
        _timers = timers;
        connection.User = this;
    }

    public IpAddress LocalAddress => _connection.Path.Local;

    public Port LocalPort => new(_connection.LocalPort);

    public IpAddress RemoteAddress => _connection.Path.Remote;

    public Port RemotePort => new(_connection.RemotePort);

    public bool NoDelay
    {
        get => _connection.NoDelay;
        set => _connection.NoDelay = value;
    }

    public bool Corked
    {
        get => _connection.Corked;
        set => _connection.Cork(value);
    }

    public TcpKeepAlive? KeepAlive
    {
        get => _keepAlive;
        set
        {
            _keepAlive = value;
            var usual = _connection.UsualKeepAlive;
            _connection.KeepAliveEvery(value is null ? null : new(Span(value.Idle, usual.Idle), Span(value.Interval, usual.Interval), value.Probes ?? usual.Probes));
        }
    }

    private static long Span(TimeSpan? asked, long usual) => asked is { } span ? span.Ticks * 100 : usual;

    public TcpFigures Figures => _connection.Figures;

    /// <summary>Sends SYN; completes with the handshake.</summary>
    public async Task<ITcpConnection> Open()
    {
        _opener = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.Open();
        await _opener.Task;
        return this;
    }

    public async Task Send(ReadOnlyMemory<byte> data)
    {
        while (true)
        {
            data = data[_connection.Write(data.Span)..];
            if (data.IsEmpty) return;
            _writer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await _writer.Task;
        }
    }

    public Task<byte[]?> Receive(TimeSpan? timeout = null)
    {
        if (Next() is { } bytes) return Task.FromResult<byte[]?>(bytes);
        if (_connection.Error is { } error && !_errorSeen)
        {
            _errorSeen = true;
            return Task.FromException<byte[]?>(new SocketFailure(error));
        }
        if (_closed || _connection.State == TcpState.Closed) return Task.FromResult<byte[]?>([]);
        _reader = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (timeout is { } t) _timeout = _timers.Start(Math.Max(0, t.Ticks * 100), this, 0);
        return _reader.Task;
    }

    public void Shutdown() => _connection.Shutdown();

    public void Abort()
    {
        _closed = true;
        _connection.Abort();
        Wake();
    }

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _connection.Close();
        Wake();
    }

    public void Connected(TcpConnection connection) => _opener?.TrySetResult();

    public void Readable(TcpConnection connection)
    {
        if (_reader is null || Next() is not { } bytes) return;
        Answer()?.SetResult(bytes);
    }

    public void Writable(TcpConnection connection)
    {
        var writer = _writer;
        _writer = null;
        writer?.SetResult();
    }

    public void Failed(TcpConnection connection, Errno errno)
    {
        var failure = new SocketFailure(errno);
        if (_opener is { Task.IsCompleted: false } opener) opener.SetException(failure);
        if (_reader is not null)
        {
            _errorSeen = true;
            Answer()!.SetException(failure);
        }
        Writable(connection); // the writer sees the error as it goes on
    }

    public void Expired(int purpose) => Answer()?.SetResult(null);

    /// <summary>What can be read now: bytes, nothing at the end of the stream, null when neither is there.</summary>
    private byte[]? Next()
    {
        if (_connection.IsAtEnd) return [];
        if (_connection.Available == 0) return null;
        var bytes = new byte[Math.Min(MostAtOnce, _connection.Available)];
        _connection.Read(bytes);
        return bytes;
    }

    private TaskCompletionSource<byte[]?>? Answer()
    {
        var reader = _reader;
        _reader = null;
        _timers.Stop(ref _timeout);
        return reader;
    }

    /// <summary>Calls that still wait see that the socket is closed.</summary>
    private void Wake()
    {
        Answer()?.SetResult([]);
        Writable(_connection);
    }
}
