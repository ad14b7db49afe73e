namespace NetSim.Simulation.Stacks;

/// <summary>States of a connection (RFC 9293, section 3.3.2).</summary>
internal enum TcpState
{
    /// <summary>None, or no more.</summary>
    Closed,
    /// <summary>SYN sent.</summary>
    SynSent,
    /// <summary>SYN received and answered.</summary>
    SynReceived,
    /// <summary>Open.</summary>
    Established,
    /// <summary>FIN sent, not acknowledged.</summary>
    FinWait1,
    /// <summary>FIN acknowledged; the other may go on.</summary>
    FinWait2,
    /// <summary>Both sent FIN at once.</summary>
    Closing,
    /// <summary>Over; waits for stray segments.</summary>
    TimeWait,
    /// <summary>The other sent FIN.</summary>
    CloseWait,
    /// <summary>FIN sent after the other's.</summary>
    LastAck,
}

/// <summary>Who uses a connection: told on the spot what happens to it.</summary>
internal interface ITcpUser
{
    /// <summary>The handshake is complete.</summary>
    void Connected(TcpConnection connection);

    /// <summary>Bytes, or the end of the stream, can be read.</summary>
    void Readable(TcpConnection connection);

    /// <summary>There is room for more to send.</summary>
    void Writable(TcpConnection connection);

    /// <summary>The connection broke: reset, refused, timed out, unreachable.</summary>
    void Failed(TcpConnection connection, Sockets.Errno errno);
}

/// <summary>Arithmetic of sequence numbers, which wrap (RFC 9293, section 3.4).</summary>
internal static class Sequence
{
    /// <summary>Is a before b?</summary>
    public static bool Before(uint a, uint b) => (int)(a - b) < 0;

    /// <summary>Is a after b?</summary>
    public static bool After(uint a, uint b) => (int)(a - b) > 0;
}
