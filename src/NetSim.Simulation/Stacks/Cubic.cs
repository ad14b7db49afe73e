namespace NetSim.Simulation.Stacks;

/// <summary>CUBIC (RFC 9438) with HyStart, by Linux's fixed-point numbers. Source: linux v6.6 net/ipv4/tcp_cubic.c.</summary>
internal sealed class Cubic(bool isFriendly) : ICongestionControl
{
    private const long Millisecond = 1_000_000;
    private const int Beta = 717; // of 1024
    private const int Scale = 410; // C = 0.4, of 1024
    private const int BetaScale = 8 * (1024 + Beta) / 3 / (1024 - Beta);
    private const long CubeFactor = (1L << 40) / Scale;
    private const int LowWindow = 16;
    private int _count, _lastMost, _lastWindow, _origin, _estimate, _acknowledged;
    private long _lastTime, _epoch, _k, _leastDelay = long.MaxValue;
    private long _roundStarted, _lastAck, _roundDelay = long.MaxValue;
    private uint _roundEnds;
    private int _samples;
    private bool _found, _roundKnown;

    public string Name => "cubic";

    public int Lost(CongestionWindow window, int inFlight)
    {
        _epoch = 0;
        int now = window.Segments;
        _lastMost = now < _lastMost ? now * (1024 + Beta) / 2048 : now; // fast convergence
        return Math.Max(now * Beta / 1024, 2);
    }

    public void Acknowledged(CongestionWindow window, int segments, long now)
    {
        if (!window.IsLimiting) return;
        if (window.IsInSlowStart && (segments = window.SlowStart(segments)) == 0) return;
        Update(window.Segments, segments, now / Millisecond);
        window.Avoid(_count, segments);
    }

    public void Measured(CongestionWindow window, long roundTrip, (uint Unacknowledged, uint Next) ends, long now)
    {
        if (_epoch > 0 && now / Millisecond - _epoch < 1000) return; // just after a recovery
        roundTrip = Math.Max(roundTrip, 1000);
        _leastDelay = Math.Min(_leastDelay, roundTrip);
        if (!_found && window.IsInSlowStart && window.Segments >= LowWindow) HyStart(window, roundTrip, ends, now);
    }

    public void TimedOut()
    {
        _count = _lastMost = _lastWindow = _origin = _estimate = _acknowledged = 0;
        _lastTime = _epoch = _k = 0;
        _leastDelay = long.MaxValue;
        _found = _roundKnown = false;
    }

    public void Resumed(long lastSent, long now)
    {
        if (_epoch > 0) _epoch = Math.Min(_epoch + Math.Max(0, (now - lastSent) / Millisecond), now / Millisecond);
    }

    /// <summary>For how many acknowledged segments the window grows by one. Time in milliseconds.</summary>
    private void Update(int window, int acknowledged, long now)
    {
        _acknowledged += acknowledged;
        if (_lastWindow == window && now - _lastTime <= 1000 / 32) return;
        if (_epoch == 0 || now != _lastTime)
        {
            (_lastWindow, _lastTime) = (window, now);
            if (_epoch == 0) Begin(window, acknowledged, now);
            long t = ((now - _epoch + (_leastDelay == long.MaxValue ? 0 : _leastDelay / Millisecond)) << 10) / 1000, off = Math.Abs(t - _k);
            off = Math.Min(off, 1 << 20); // 17 minutes: beyond, the product would not fit
            long delta = Scale * off * off * off >> 40;
            long target = t < _k ? _origin - delta : _origin + delta;
            _count = target > window ? (int)Math.Max(window / (target - window), 0) : 100 * window;
            if (_lastMost == 0 && _count > 20) _count = 20; // the first growth, without knowing a limit
        }
        if (isFriendly) BeFriendly(window);
        _count = Math.Max(_count, 2);
    }

    private void Begin(int window, int acknowledged, long now)
    {
        _epoch = Math.Max(now, 1);
        _acknowledged = acknowledged;
        _estimate = window;
        if (_lastMost <= window) (_k, _origin) = (0, window);
        else (_k, _origin) = ((long)Math.Cbrt(CubeFactor * (double)(_lastMost - window)), _lastMost);
    }

    /// <summary>Never slower than Reno would be.</summary>
    private void BeFriendly(int window)
    {
        int delta = Math.Max(window * BetaScale >> 3, 1);
        while (_acknowledged > delta)
        {
            _acknowledged -= delta;
            _estimate++;
        }
        if (_estimate > window) _count = Math.Min(_count, window / (_estimate - window));
    }

    /// <summary>Ends slow start before a queue overflows: by a train of acknowledgments as long as half the round trip, or by a growing delay.</summary>
    private void HyStart(CongestionWindow window, long delay, (uint Unacknowledged, uint Next) ends, long now)
    {
        if (!_roundKnown || Sequence.After(ends.Unacknowledged, _roundEnds))
        {
            (_roundStarted, _lastAck, _roundEnds, _roundDelay, _samples) = (now, now, ends.Next, long.MaxValue, 0);
            _roundKnown = true;
        }
        if (now - _lastAck <= 2 * Millisecond)
        {
            _lastAck = now;
            if (now - _roundStarted > (_leastDelay + Millisecond) >> 1) End(window);
        }
        _roundDelay = Math.Min(_roundDelay, delay);
        if (_samples < 8) _samples++;
        else if (_roundDelay > _leastDelay + Math.Clamp(_leastDelay >> 3, 4 * Millisecond, 16 * Millisecond)) End(window);
    }

    private void End(CongestionWindow window)
    {
        _found = true;
        window.Threshold = window.Segments;
    }
}
