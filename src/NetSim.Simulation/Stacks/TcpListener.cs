using NetSim.Model.Addressing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>A listening socket: connections that are being opened, and those that wait to be accepted.</summary>
internal sealed class TcpListener(NamespaceStack stack, IpAddress address, Port port, string program, int backlog) : ITcpListener
{
    private readonly Mailbox<TcpStream> _established = new(stack.Kernel.Timers);
    private readonly List<TcpConnection> _opening = [];
    private readonly List<TcpStream> _waiting = [];
    private bool _closed;

    /// <summary>The address it is bound to; all zeros is any.</summary>
    public IpAddress Address => address;

    public Port Port => port;

    /// <summary>Does it take connections over IPv4 besides (:: without IPV6_V6ONLY)?</summary>
    public bool IsDual { get; init; }

    /// <summary>Who listens.</summary>
    public string Program => program;

    /// <summary>Takes established connections on the spot instead of programs that wait, when set.</summary>
    public Func<TcpConnection, ITcpUser>? Acceptor { get; set; }

    /// <summary>Connections that are being opened.</summary>
    public int SynQueue => _opening.Count;

    /// <summary>Are as many being opened as may wait to be accepted? Source: linux v6.6 include/net/inet_connection_sock.h inet_csk_reqsk_queue_is_full.</summary>
    public bool IsSynQueueFull => _opening.Count >= backlog;

    /// <summary>Were SYNs answered by cookies, so that an ACK may belong to one?</summary>
    public bool SentCookies { get; set; }

    /// <summary>Does the accept queue take one more?</summary>
    public bool HasRoom => _established.Count <= backlog;

    /// <summary>A connection is being opened.</summary>
    public void Opening(TcpConnection connection) => _opening.Add(connection);

    /// <summary>A connection that was being opened is no more, or is established.</summary>
    public void Forget(TcpConnection connection) => _opening.Remove(connection);

    /// <summary>A handshake is complete.</summary>
    public void Established(TcpConnection connection)
    {
        _opening.Remove(connection);
        if (Acceptor is { } accept)
        {
            connection.User = accept(connection);
            return;
        }
        var stream = new TcpStream(connection, stack.Kernel.Timers);
        _waiting.Add(stream);
        _established.Put(stream);
    }

    public async Task<ITcpConnection?> Accept()
    {
        var stream = await _established.Take(null);
        if (stream is not null) _waiting.Remove(stream);
        return stream;
    }

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        stack.Tcp.Forget(this);
        foreach (var c in _opening.ToList()) c.Abort();
        foreach (var s in _waiting) s.Abort();
        _established.Close();
    }
}
