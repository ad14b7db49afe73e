namespace NetSim.Simulation.Stacks;

/// <summary>The estimate of the round-trip time and the retransmission time-out made of it (RFC 6298, with Linux's bounds). Nanoseconds.</summary>
internal sealed class RoundTrip
{
    /// <summary>Before anything was measured: one second, which in jiffies comes to a little more (recorded: SYNs 1.02 s apart).</summary>
    public const long Initial = 1_020_000_000;

    /// <summary>Linux's TCP_RTO_MIN, as recorded.</summary>
    public const long Least = 200_000_000;

    /// <summary>TCP_RTO_MAX.</summary>
    public const long Most = 120_000_000_000;

    private long _smoothed, _variation;

    /// <summary>The time-out without backing off.</summary>
    public long Timeout => _smoothed == 0 ? Initial : Math.Clamp(_smoothed + Math.Max(4 * _variation, Least), Least, Most);

    /// <summary>A segment that was sent once was acknowledged after that time.</summary>
    public void Measured(long time)
    {
        time = Math.Max(time, 1);
        if (_smoothed == 0) (_smoothed, _variation) = (time, time / 2);
        else
        {
            _variation += (Math.Abs(_smoothed - time) - _variation) / 4;
            _smoothed += (time - _smoothed) / 8;
        }
    }
}
