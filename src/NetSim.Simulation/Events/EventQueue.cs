namespace NetSim.Simulation.Events;

/// <summary>Events that wait, by time, and by order of scheduling among equal times. Most are scheduled one of a few spans ahead (a frame on a cable takes the same time again and again), so those of one span
/// come in order by themselves: near events lie in a few runs, each in order; what fits none of them, and what is far off, lies in a heap. The next event is the least of the firsts. Allocates only when it grows.</summary>
internal sealed class EventQueue
{
    private const int MostRuns = 8;
    private const long Near = 1 << 17; // nanoseconds; one far event at the end of a run would keep others out
    private readonly EventHeap _far = new();
    private readonly EventRun[] _runs = [.. Enumerable.Range(0, MostRuns).Select(_ => new EventRun())];
    private int _count; // runs that are not empty come first
    private int _inRuns;
    private long _now;
    private uint _order;

    /// <summary>Events that wait.</summary>
    public int Count => _far.Count + _inRuns;

    /// <summary>The next place in the order of scheduling; it is given out once.</summary>
    public uint TakeOrder() => _order++;

    /// <summary>Schedules an event.</summary>
    public void Push(long time, int target, int a, int b) => Push(time, _order++, target, a, b);

    /// <summary>Schedules an event with a place in the order that was given out before.</summary>
    public void Push(long time, uint order, int target, int a, int b)
    {
        if (time - _now > Near || Fitting(time, order) is not { } run)
        {
            _far.Push(new SimEvent(time, order, target, a, b));
            return;
        }
        _inRuns++;
        run.Add(time, order, target, a, b);
    }

    /// <summary>Takes the next event, if it is due by <paramref name="limit"/>.</summary>
    public bool TryPop(long limit, out SimEvent next)
    {
        var runs = _runs;
        int least = -1;
        long time = long.MaxValue;
        for (int i = 0; i < _count && i < runs.Length; i++)
        {
            long first = runs[i].FirstTime;
            if (first > time || first == time && least >= 0 && !SimEvent.Before(runs[i].First, runs[least].First)) continue;
            (least, time) = (i, first);
        }
        if (_far.Count > 0 && _far.First.Time <= time && (least < 0 || SimEvent.Before(_far.First, runs[least].First))) return TryPopFar(limit, out next);
        if (least < 0 || time > limit)
        {
            next = default;
            return false;
        }
        _now = time;
        _inRuns--;
        runs[least].RemoveFirst(out next);
        if (!runs[least].IsEmpty) return true;
        _count--;
        (runs[least], runs[_count]) = (runs[_count], runs[least]);
        return true;
    }

    private bool TryPopFar(long limit, out SimEvent next)
    {
        next = default;
        if (_far.First.Time > limit) return false;
        _far.Pop(out next);
        _now = next.Time;
        return true;
    }

    /// <summary>The run whose last event is latest among those not after this one, else an empty one, else null.</summary>
    private EventRun? Fitting(long time, uint order)
    {
        var runs = _runs;
        EventRun? best = null;
        long latest = long.MinValue;
        for (int i = 0; i < _count && i < runs.Length; i++)
        {
            long last = runs[i].LastTime;
            if (last > time || last <= latest || last == time && (int)(runs[i].LastOrder - order) > 0) continue;
            (best, latest) = (runs[i], last);
        }
        return best ?? (_count < MostRuns ? runs[_count++] : null);
    }
}
