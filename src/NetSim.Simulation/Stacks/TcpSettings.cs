using System.Globalization;

namespace NetSim.Simulation.Stacks;

/// <summary>Numbers of Linux's TCP: the defaults, as its sysctls change them, or as a measurement wants them.</summary>
internal sealed class TcpSettings
{
    /// <summary>Bytes that may be received and not read, twice the window (net.ipv4.tcp_rmem, the second).</summary>
    public int ReceiveBuffer { get; set; } = 131_072;

    /// <summary>How far tuning lets it grow (net.ipv4.tcp_rmem, the third; recorded: 32 MB).</summary>
    public int ReceiveBufferMost { get; set; } = 33_554_432;

    /// <summary>Does it grow by itself (net.ipv4.tcp_moderate_rcvbuf)?</summary>
    public bool TunesReceiveBuffer { get; set; } = true;

    /// <summary>Bytes that wait to be sent or acknowledged; 0: as the congestion window wants it.</summary>
    public int SendBuffer { get; set; }

    /// <summary>How far tuning lets the send buffer grow (net.ipv4.tcp_wmem, the third).</summary>
    public int SendBufferMost { get; set; } = 4_194_304;

    /// <summary>The shift of windows that is asked for: what the largest receive buffer needs (recorded: 10).</summary>
    public byte WindowScale => (byte)Math.Clamp(int.Log2(ReceiveBufferMost) - 15, 0, 14);

    /// <summary>net.ipv4.tcp_window_scaling.</summary>
    public bool Scales { get; set; } = true;

    /// <summary>net.ipv4.tcp_timestamps.</summary>
    public bool Timestamps { get; set; } = true;

    /// <summary>net.ipv4.tcp_sack.</summary>
    public bool Selective { get; set; } = true;

    /// <summary>net.ipv4.tcp_congestion_control: "cubic" or "reno".</summary>
    public string CongestionControl { get; set; } = "cubic";

    /// <summary>Is CUBIC never slower than Reno would be (tcp_cubic's parameter tcp_friendliness)?</summary>
    public bool CubicIsFriendly { get; set; } = true;

    /// <summary>Does Reno's window grow with each segment that is acknowledged, or once with each acknowledgment, and halves it the window or what is in flight (RFC 5681 knows both; Linux does the former)?</summary>
    public bool CountsSegments { get; set; } = true;

    /// <summary>net.ipv4.tcp_recovery: is loss told by time (RACK), or by three segments that arrived beyond (RFC 6675)?</summary>
    public bool UsesRack { get; set; } = true;

    /// <summary>The least retransmission time-out beyond the round trip, in nanoseconds (net.ipv4.tcp_rto_min_us).</summary>
    public long LeastTimeout { get; set; } = RoundTrip.Floor;

    /// <summary>net.ipv4.tcp_frto: may a time-out turn out to be for nothing?</summary>
    public bool DoubtsTimeouts { get; set; } = true;

    /// <summary>net.ipv4.tcp_early_retrans: tail loss probes.</summary>
    public bool ProbesTail { get; set; } = true;

    /// <summary>net.ipv4.tcp_mtu_probing: look for a black hole when segments are lost again and again.</summary>
    public bool ProbesMtu { get; set; }

    /// <summary>net.ipv4.tcp_slow_start_after_idle.</summary>
    public bool RestartsAfterIdle { get; set; } = true;

    /// <summary>net.ipv4.tcp_syn_retries.</summary>
    public int SynRetries { get; set; } = 6;

    /// <summary>net.ipv4.tcp_synack_retries.</summary>
    public int SynAckRetries { get; set; } = 5;

    /// <summary>net.ipv4.tcp_retries2.</summary>
    public int Retries { get; set; } = 15;

    /// <summary>net.ipv4.tcp_orphan_retries; its 0 means 8.</summary>
    public int OrphanRetries { get; set; } = 8;

    /// <summary>net.ipv4.tcp_syncookies: 0 never, 1 when the queue is full, 2 always.</summary>
    public int SynCookies { get; set; } = 1;

    /// <summary>net.ipv4.tcp_max_syn_backlog.</summary>
    public int SynBacklog { get; set; } = 1024;

    /// <summary>net.core.somaxconn.</summary>
    public int Backlog { get; set; } = 4096;

    /// <summary>net.ipv4.tcp_tw_reuse: 0 never, 1 always, 2 on loopback.</summary>
    public int ReusesTimeWait { get; set; } = 2;

    /// <summary>How long a connection stays in TIME_WAIT, in nanoseconds.</summary>
    public long TimeWait { get; set; } = 60_000_000_000;

    /// <summary>net.ipv4.tcp_fin_timeout: how long the other's FIN is waited for after closing, in nanoseconds.</summary>
    public long FinTimeout { get; set; } = 60_000_000_000;

    /// <summary>net.ipv4.tcp_keepalive_time, _intvl and _probes.</summary>
    public KeepAliveTimes KeepAlive { get; set; } = new(7_200_000_000_000, 75_000_000_000, 9);

    /// <summary>Takes what sysctls say.</summary>
    public void Read(IReadOnlyDictionary<string, string> sysctls)
    {
        ReceiveBuffer = Number(sysctls, "tcp_rmem", ReceiveBuffer, 1);
        ReceiveBufferMost = Number(sysctls, "tcp_rmem", ReceiveBufferMost, 2);
        SendBufferMost = Number(sysctls, "tcp_wmem", SendBufferMost, 2);
        TunesReceiveBuffer = Number(sysctls, "tcp_moderate_rcvbuf", TunesReceiveBuffer ? 1 : 0) > 0;
        Scales = Number(sysctls, "tcp_window_scaling", Scales ? 1 : 0) > 0;
        Timestamps = Number(sysctls, "tcp_timestamps", Timestamps ? 1 : 0) > 0;
        Selective = Number(sysctls, "tcp_sack", Selective ? 1 : 0) > 0;
        DoubtsTimeouts = Number(sysctls, "tcp_frto", DoubtsTimeouts ? 1 : 0) > 0;
        ProbesTail = Number(sysctls, "tcp_early_retrans", ProbesTail ? 3 : 0) > 0;
        ProbesMtu = Number(sysctls, "tcp_mtu_probing", ProbesMtu ? 1 : 0) > 0;
        RestartsAfterIdle = Number(sysctls, "tcp_slow_start_after_idle", RestartsAfterIdle ? 1 : 0) > 0;
        UsesRack = (Number(sysctls, "tcp_recovery", UsesRack ? 1 : 0) & 1) > 0;
        LeastTimeout = Math.Max(1000, Number(sysctls, "tcp_rto_min_us", (int)(LeastTimeout / 1000))) * 1000L;
        SynRetries = Number(sysctls, "tcp_syn_retries", SynRetries);
        SynAckRetries = Number(sysctls, "tcp_synack_retries", SynAckRetries);
        Retries = Number(sysctls, "tcp_retries2", Retries);
        SynCookies = Number(sysctls, "tcp_syncookies", SynCookies);
        SynBacklog = Number(sysctls, "tcp_max_syn_backlog", SynBacklog);
        ReusesTimeWait = Number(sysctls, "tcp_tw_reuse", ReusesTimeWait);
        FinTimeout = Number(sysctls, "tcp_fin_timeout", (int)(FinTimeout / 1_000_000_000)) * 1_000_000_000L;
        Backlog = sysctls.TryGetValue("net.core.somaxconn", out var most) && int.TryParse(most, CultureInfo.InvariantCulture, out int n) ? n : Backlog;
        OrphanRetries = Number(sysctls, "tcp_orphan_retries", OrphanRetries) is var orphans && orphans > 0 ? orphans : 8;
        KeepAlive = new(Seconds(sysctls, "tcp_keepalive_time", KeepAlive.Idle), Seconds(sysctls, "tcp_keepalive_intvl", KeepAlive.Interval), Number(sysctls, "tcp_keepalive_probes", KeepAlive.Probes));
        if (sysctls.TryGetValue("net.ipv4.tcp_congestion_control", out var name) && name.Trim() is "reno" or "cubic") CongestionControl = name.Trim();
    }

    /// <summary>A new instance of the chosen congestion control.</summary>
    public ICongestionControl NewCongestionControl() => CongestionControl == "reno" ? new NewReno(CountsSegments) : new Cubic(CubicIsFriendly);

    private static long Seconds(IReadOnlyDictionary<string, string> sysctls, string name, long otherwise) => Number(sysctls, name, (int)(otherwise / 1_000_000_000)) * 1_000_000_000L;

    private static int Number(IReadOnlyDictionary<string, string> sysctls, string name, int otherwise, int word = 0)
    {
        if (!sysctls.TryGetValue("net.ipv4." + name, out var text)) return otherwise;
        var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > word && int.TryParse(words[word], CultureInfo.InvariantCulture, out int number) && number >= 0 ? number : otherwise;
    }
}

/// <summary>When a silent peer is asked whether it is still there. Nanoseconds.</summary>
/// <param name="Idle">After so long without hearing from it.</param>
/// <param name="Interval">Between questions.</param>
/// <param name="Probes">So many without an answer end the connection.</param>
internal sealed record KeepAliveTimes(long Idle, long Interval, int Probes);
