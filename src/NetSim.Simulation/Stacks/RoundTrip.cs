namespace NetSim.Simulation.Stacks;

/// <summary>The estimate of the round-trip time and the retransmission time-out made of it (RFC 6298, as Linux reckons it). Nanoseconds.
/// Source: linux v6.6 net/ipv4/tcp_input.c tcp_rtt_estimator.</summary>
internal struct RoundTrip(long floor)
{
    /// <summary>Before anything was measured: one second, which in jiffies comes to a little more (recorded: SYNs 1.02 s apart).</summary>
    public const long Initial = 1_020_000_000;

    /// <summary>Linux's TCP_RTO_MIN, as recorded.</summary>
    public const long Floor = 200_000_000;

    /// <summary>TCP_RTO_MAX.</summary>
    public const long Most = 120_000_000_000;

    private long _deviation, _mostDeviation, _variation;
    private uint _roundEnds;

    /// <summary>The smoothed round-trip time; 0 before the first measure.</summary>
    public long Smoothed { get; private set; }

    /// <summary>The least ever measured.</summary>
    public long Least { get; private set; } = long.MaxValue;

    /// <summary>The time-out without backing off.</summary>
    public readonly long Timeout => Smoothed == 0 ? Initial : Math.Min(Smoothed + _variation, Most);

    /// <summary>A segment was acknowledged after that time.</summary>
    /// <param name="time">Nanoseconds.</param>
    /// <param name="unacknowledged">The oldest byte not acknowledged.</param>
    /// <param name="next">The next byte to send: the variation shrinks once a round.</param>
    public void Measured(long time, uint unacknowledged, uint next)
    {
        time = Math.Max(time, 1);
        Least = Math.Min(Least, time);
        if (Smoothed == 0)
        {
            Smoothed = time;
            _deviation = time / 2; // a quarter of Linux's, which it scales by four
            _mostDeviation = _variation = Math.Max(4 * _deviation, floor);
            _roundEnds = next;
            return;
        }
        long error = time - Smoothed;
        Smoothed += error / 8;
        // A time far below the estimate counts an eighth: the path got better, which is no trouble.
        bool better = error < 0;
        error = Math.Abs(error) - _deviation;
        if (better && error > 0) error >>= 3;
        _deviation += error / 4;
        _mostDeviation = Math.Max(_mostDeviation, 4 * _deviation);
        _variation = Math.Max(_variation, _mostDeviation);
        if (!Sequence.After(unacknowledged, _roundEnds)) return;
        if (_mostDeviation < _variation) _variation -= (_variation - _mostDeviation) >> 2;
        _roundEnds = next;
        _mostDeviation = floor;
    }
}
