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

/// <summary>Numbers of Linux's TCP that a measurement may want otherwise.</summary>
internal sealed class TcpSettings
{
    /// <summary>Bytes that wait to be sent or acknowledged at most.</summary>
    public int SendBuffer { get; set; } = 262_144;

    /// <summary>Bytes that may be received and not read: the window (net.ipv4.tcp_rmem's default is twice that).</summary>
    public int ReceiveWindow { get; set; } = 65_535;

    /// <summary>The shift of windows that is asked for (recorded: 10, from tcp_rmem's maximum of 32 MB).</summary>
    public byte WindowScale { get; set; } = 10;

    /// <summary>How long a connection stays in TIME_WAIT, in nanoseconds.</summary>
    public long TimeWait { get; set; } = 60_000_000_000;
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
