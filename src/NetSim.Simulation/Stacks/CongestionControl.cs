namespace NetSim.Simulation.Stacks;

/// <summary>How the congestion window grows, and how far it falls (Linux's tcp_congestion_ops).</summary>
internal interface ICongestionControl
{
    /// <summary>"cubic", as net.ipv4.tcp_congestion_control has it.</summary>
    string Name { get; }

    /// <summary>The threshold after a loss, with so many segments still in the network.</summary>
    int Lost(CongestionWindow window, int inFlight);

    /// <summary>Segments were acknowledged, and the window may grow.</summary>
    void Acknowledged(CongestionWindow window, int segments, long now);

    /// <summary>A round-trip time was measured.</summary>
    /// <param name="window">The window.</param>
    /// <param name="roundTrip">Nanoseconds.</param>
    /// <param name="ends">The oldest byte not acknowledged, and the next to send.</param>
    /// <param name="now">Nanoseconds.</param>
    void Measured(CongestionWindow window, long roundTrip, (uint Unacknowledged, uint Next) ends, long now);

    /// <summary>The retransmission timer ran out.</summary>
    void TimedOut();

    /// <summary>Sending goes on after a pause that began at that time.</summary>
    void Resumed(long lastSent, long now);
}

/// <summary>Slow start and congestion avoidance as in RFC 5681 (Linux's "reno"; with RFC 6582 and SACK: NewReno).</summary>
internal sealed class NewReno(bool countsSegments) : ICongestionControl
{
    public string Name => "reno";

    public int Lost(CongestionWindow window, int inFlight) => Math.Max((countsSegments ? window.Segments : inFlight) >> 1, 2);

    public void Acknowledged(CongestionWindow window, int segments, long now)
    {
        if (!window.IsLimiting) return;
        if (!countsSegments) segments = 1;
        if (window.IsInSlowStart && (segments = window.SlowStart(segments)) == 0) return;
        window.Avoid(window.Segments, segments);
    }

    public void Measured(CongestionWindow window, long roundTrip, (uint Unacknowledged, uint Next) ends, long now)
    {
    }

    public void TimedOut()
    {
    }

    public void Resumed(long lastSent, long now)
    {
    }
}
