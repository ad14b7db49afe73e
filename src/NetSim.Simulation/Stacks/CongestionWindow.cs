namespace NetSim.Simulation.Stacks;

/// <summary>The congestion window and what bounds its growth, in segments. Source: linux v6.6 include/net/tcp.h, net/ipv4/tcp_output.c tcp_cwnd_validate.</summary>
internal sealed class CongestionWindow
{
    /// <summary>TCP_INIT_CWND (RFC 6928).</summary>
    public const int Initial = 10;
    private const int Most = 1 << 22;
    private int _counter, _mostOut, _used;
    private uint _usageEnds;
    private long _stamp;
    private bool _limited;

    /// <summary>How many segments may be under way (snd_cwnd).</summary>
    public int Segments { get; private set; } = Initial;

    /// <summary>Where slow start ends (ssthresh).</summary>
    public int Threshold { get; set; } = int.MaxValue;

    /// <summary>Before a loss was noticed, for taking it back.</summary>
    public int Before { get; set; }

    /// <summary>The threshold before a loss was noticed; 0: not to be taken back.</summary>
    public int ThresholdBefore { get; set; }

    /// <summary>Does it grow with each acknowledgment?</summary>
    public bool IsInSlowStart => Segments < Threshold;

    /// <summary>Is it this window that holds the sender back? Only then may it grow.</summary>
    public bool IsLimiting => IsInSlowStart ? Segments < 2 * (long)_mostOut : _limited;

    /// <summary>The threshold as it should be remembered (tcp_current_ssthresh).</summary>
    public int Current => Math.Max(Threshold, (Segments >> 1) + (Segments >> 2));

    /// <summary>Sets it, 1 at least.</summary>
    public void Set(int segments) => Segments = Math.Clamp(segments, 1, Most);

    /// <summary>A loss ends what was counted towards the next segment.</summary>
    public void ForgetCounter() => _counter = 0;

    /// <summary>Slow start; returns the acknowledged segments that go beyond the threshold.</summary>
    public int SlowStart(int acknowledged)
    {
        int next = Math.Min(Segments + acknowledged, Threshold), left = acknowledged - (next - Segments);
        Set(next);
        return left;
    }

    /// <summary>Grows by one for so many acknowledged (tcp_cong_avoid_ai).</summary>
    public void Avoid(int per, int acknowledged)
    {
        if (_counter >= per)
        {
            _counter = 0;
            Set(Segments + 1);
        }
        _counter += acknowledged;
        if (_counter < per) return;
        int grown = _counter / per;
        _counter -= grown * per;
        Set(Segments + grown);
    }

    /// <summary>Notes how much of it was used, after sending.</summary>
    /// <param name="limiting">Did it stop the sender?</param>
    /// <param name="out">Segments under way.</param>
    /// <param name="ends">The oldest byte not acknowledged, and the next to send.</param>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="idleAfter">After how long a window that is not used shrinks; 0: never.</param>
    public void Validate(bool limiting, int @out, (uint Unacknowledged, uint Next) ends, long now, long idleAfter)
    {
        if (!Sequence.Before(ends.Unacknowledged, _usageEnds) || limiting || !_limited && @out > _mostOut)
            (_limited, _mostOut, _usageEnds) = (limiting, @out, ends.Next);
        if (IsLimiting)
        {
            _used = 0;
            _stamp = now;
            return;
        }
        _used = Math.Max(_used, @out);
        if (idleAfter == 0 || now - _stamp < idleAfter) return;
        int win = Math.Max(_used, Initial);
        if (win < Segments)
        {
            Threshold = Current;
            Set((Segments + win) >> 1);
        }
        _used = 0;
        _stamp = now;
    }

    /// <summary>After a pause: half for each time-out that passed (RFC 2861).</summary>
    public void Restart(long idle, long timeout, long now)
    {
        int restart = Math.Min(Initial, Segments), segments = Segments;
        Threshold = Current;
        while ((idle -= timeout) > 0 && segments > restart) segments >>= 1;
        Set(Math.Max(segments, restart));
        _stamp = now;
        _used = 0;
    }
}
