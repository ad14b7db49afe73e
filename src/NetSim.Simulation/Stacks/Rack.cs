namespace NetSim.Simulation.Stacks;

/// <summary>Loss by time (RACK, RFC 8985): what was sent well before something that has arrived is lost. Source: linux v6.6 net/ipv4/tcp_recovery.c.</summary>
internal struct Rack()
{
    private const int MostSteps = 255;
    private const int Persist = 16;
    private int _steps = 1, _persist, _adaptedAt = -1;
    private bool _advanced;

    /// <summary>When the newest segment that has arrived was sent.</summary>
    public long SentAt { get; private set; }

    /// <summary>The end of that segment.</summary>
    public uint End { get; private set; }

    /// <summary>Its round-trip time.</summary>
    public long RoundTrip { get; private set; }

    /// <summary>Did segments ever overtake each other?</summary>
    public bool SawReordering { get; set; }

    /// <summary>Did one come twice since the window for reordering was adapted?</summary>
    public bool Twice { get; set; }

    /// <summary>A segment has arrived.</summary>
    public void Advance(in SentSegment s, long now, long leastRoundTrip)
    {
        long roundTrip = now - s.SentAt;
        if (roundTrip < leastRoundTrip && s.Has(SentMarks.EverResent)) return;
        _advanced = true;
        RoundTrip = roundTrip;
        if (!IsAfter(s.SentAt, s.End, SentAt, End)) return;
        SentAt = s.SentAt;
        End = s.End;
    }

    /// <summary>Grows the window for reordering where resending proved to be for nothing.</summary>
    public void Adapt(int delivered, int @out)
    {
        if (Twice && delivered - _adaptedAt > @out)
        {
            _steps = Math.Min(MostSteps, _steps + 1);
            Twice = false;
            _adaptedAt = delivered;
            _persist = Persist;
        }
        else if (_persist == 0) _steps = 1;
    }

    /// <summary>A recovery ended.</summary>
    public void Recovered()
    {
        if (_persist > 0) _persist--;
    }

    /// <summary>Has anything arrived since the last look? Forgets it.</summary>
    public bool TakeAdvanced()
    {
        bool advanced = _advanced;
        _advanced = false;
        return advanced;
    }

    /// <summary>How long a segment may come late without being lost.</summary>
    public readonly long Window(int sacked, int reordering, bool recovering, in RoundTrip times)
    {
        if (!SawReordering && (recovering || sacked >= reordering)) return 0;
        return Math.Min((times.Least == long.MaxValue ? 0 : times.Least >> 2) * _steps, times.Smoothed);
    }

    /// <summary>Marks what is lost.</summary>
    /// <returns>After how long the next may turn out lost; 0: none.</returns>
    public readonly long Detect(Scoreboard sent, long now, long window)
    {
        long wait = 0;
        for (int i = 0; i < sent.Count; i++)
        {
            ref var s = ref sent[i];
            bool arrivedLater = IsAfter(SentAt, End, s.SentAt, s.End);
            if (!arrivedLater && !s.Has(SentMarks.EverResent)) break; // what follows was sent later still
            if (!arrivedLater || s.Has(SentMarks.Sacked) || s.Has(SentMarks.Lost) && !s.Has(SentMarks.Resent)) continue;
            long remaining = RoundTrip + window - (now - s.SentAt);
            if (remaining <= 0) sent.MarkLost(ref s);
            else wait = Math.Max(wait, remaining);
        }
        return wait;
    }

    private static bool IsAfter(long time, uint end, long otherTime, uint otherEnd) => time > otherTime || time == otherTime && Sequence.After(end, otherEnd);
}
