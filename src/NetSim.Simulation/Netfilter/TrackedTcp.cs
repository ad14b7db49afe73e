using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>Where a tracked TCP connection stands, as far as its lifetime depends on it.</summary>
internal enum TrackedTcp : byte
{
    /// <summary>Not TCP, or nothing seen.</summary>
    None,
    /// <summary>SYN went.</summary>
    SynSent,
    /// <summary>SYN-ACK came.</summary>
    SynReceived,
    /// <summary>Open.</summary>
    Established,
    /// <summary>One end sent FIN.</summary>
    FinWait,
    /// <summary>Both did.</summary>
    LastAck,
    /// <summary>Over.</summary>
    TimeWait,
    /// <summary>Reset.</summary>
    Close,
}

/// <summary>Connection tracking's view of TCP.
/// Source: linux v6.6 net/netfilter/nf_conntrack_proto_tcp.c tcp_conntracks.</summary>
internal static class Tracking
{
    /// <summary>May a segment begin a conversation? One in the middle may where tracking is loose (nf_conntrack_tcp_loose), SYN-ACK, FIN and RST may not.</summary>
    public static bool Begins(TcpFlags flags, bool loose) => (loose || flags.HasFlag(TcpFlags.Syn)) && !flags.HasFlag(TcpFlags.Rst) && !flags.HasFlag(TcpFlags.Fin) && flags.HasFlag(TcpFlags.Syn) != flags.HasFlag(TcpFlags.Ack);

    /// <summary>Does a SYN begin a new conversation in the place of one that is over?</summary>
    public static bool Reopens(ConntrackEntry entry, TcpFlags flags, bool reply) =>
        (flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn && (entry.Tcp == TrackedTcp.Close || !reply && entry.Tcp == TrackedTcp.TimeWait);

    /// <summary>Where the connection stands after a segment.</summary>
    public static TrackedTcp Next(TrackedTcp now, TcpFlags flags, bool reply)
    {
        if (flags.HasFlag(TcpFlags.Rst)) return TrackedTcp.Close;
        if (flags.HasFlag(TcpFlags.Syn)) return reply ? TrackedTcp.SynReceived : now is TrackedTcp.None ? TrackedTcp.SynSent : now;
        if (flags.HasFlag(TcpFlags.Fin)) return now == TrackedTcp.FinWait || now == TrackedTcp.LastAck ? TrackedTcp.LastAck : TrackedTcp.FinWait;
        return now switch
        {
            TrackedTcp.None or TrackedTcp.SynReceived => TrackedTcp.Established,
            TrackedTcp.LastAck => TrackedTcp.TimeWait,
            _ => now,
        };
    }
}
