namespace NetSim.Simulation.Stacks;

/// <summary>How much may be under way.</summary>
internal interface ICongestionControl
{
    /// <summary>The congestion window, in bytes.</summary>
    int Window { get; }

    /// <summary>New data was acknowledged.</summary>
    void Acknowledged(int bytes, long now);

    /// <summary>A loss was noticed by duplicate acknowledgments.</summary>
    void Lost(int inFlight);

    /// <summary>All that was lost is mended.</summary>
    void Recovered();

    /// <summary>The retransmission timer ran out.</summary>
    void TimedOut(int inFlight);
}

/// <summary>Slow start and congestion avoidance as in RFC 5681, with Linux's initial window of 10 segments (RFC 6928).</summary>
internal sealed class Reno(int segment) : ICongestionControl
{
    private int _threshold = int.MaxValue;
    private int _acknowledged;

    public int Window { get; private set; } = 10 * segment;

    public void Acknowledged(int bytes, long now)
    {
        if (Window < _threshold)
        {
            Window = Math.Min(Window + bytes, 1 << 28);
            return;
        }
        _acknowledged += bytes;
        if (_acknowledged < Window) return;
        _acknowledged -= Window;
        Window = Math.Min(Window + segment, 1 << 28);
    }

    public void Lost(int inFlight)
    {
        _threshold = Math.Max(inFlight / 2, 2 * segment);
        Window = _threshold;
    }

    public void Recovered() => Window = _threshold;

    public void TimedOut(int inFlight)
    {
        _threshold = Math.Max(inFlight / 2, 2 * segment);
        Window = segment;
        _acknowledged = 0;
    }
}
