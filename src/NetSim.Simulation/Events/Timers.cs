namespace NetSim.Simulation.Events;

/// <summary>Who is told that a timer ran out.</summary>
internal interface ITimerTarget
{
    /// <summary>The timer of that purpose ran out.</summary>
    /// <param name="purpose">A small number of the target's own choosing.</param>
    void Expired(int purpose);
}

/// <summary>A timer that was started, to stop it by. The default value is no timer.</summary>
internal readonly record struct TimerHandle(int Slot, int Generation);

/// <summary>Timers for objects that come and go (sockets, connections, neighbours), which don't register with the loop themselves.
/// Most are stopped before they run out, so those that are far off wait in coarse buckets, out of which they are taken at once; a bucket goes into the loop's queue just before its time.
/// Each keeps the place in the order that it got when it was started, so that nothing shows of the buckets.</summary>
internal sealed class Timers : IEventHandler
{
    private const int Out = 0;
    private const int Open = 1;
    private const int Buckets = 256;
    private const int FineShift = 22; // 4.2 ms a bucket, 1.07 s in all
    private const int CoarseShift = 30; // 1.07 s a bucket, 275 s in all
    private readonly EventLoop _loop;
    private readonly int _handler;
    private readonly Stack<int> _free = new();
    private readonly int[] _fine = new int[Buckets], _coarse = new int[Buckets]; // first slot of each bucket, 0: empty
    private readonly bool[] _fineOpens = new bool[Buckets], _coarseOpens = new bool[Buckets]; // is its opening in the queue?
    private Slot[] _slots = new Slot[256];
    private int _used = 1; // slot 0 is never used, so that the default handle is none

    public Timers(EventLoop loop)
    {
        _loop = loop;
        _handler = loop.Register(this);
    }

    private struct Slot
    {
        public ITimerTarget? Target;
        public long Time;
        public uint Order;
        public int Purpose, Generation, Next, Before; // neighbours in the bucket; Before of the first is minus its bucket, 1 to 512; 0: in none
    }

    /// <summary>Starts a timer that runs out once, after a span in nanoseconds.</summary>
    public TimerHandle Start(long span, ITimerTarget target, int purpose)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _used++;
            if (slot == _slots.Length) Array.Resize(ref _slots, slot * 2);
        }
        ref var s = ref _slots[slot];
        s.Target = target;
        s.Purpose = purpose;
        s.Time = _loop.Now + span;
        s.Order = _loop.TakeOrder();
        Put(slot);
        return new(slot, s.Generation);
    }

    /// <summary>Stops a timer; one that ran out, or none, is passed over. The handle becomes none.</summary>
    public void Stop(ref TimerHandle timer)
    {
        if (timer.Slot > 0 && _slots[timer.Slot].Generation == timer.Generation)
        {
            TakeOut(timer.Slot);
            Free(timer.Slot);
        }
        timer = default;
    }

    /// <summary>Does it still run?</summary>
    public bool Runs(TimerHandle timer) => timer.Slot > 0 && _slots[timer.Slot].Generation == timer.Generation;

    public void Handle(int kind, int a, int b)
    {
        if (kind == Open)
        {
            OpenBucket(a);
            return;
        }
        ref var s = ref _slots[a];
        if (s.Generation != b) return;
        var (target, purpose) = (s.Target!, s.Purpose);
        Free(a);
        target.Expired(purpose);
    }

    /// <summary>Puts a timer where it belongs by how far off it is.</summary>
    private void Put(int slot)
    {
        ref var s = ref _slots[slot];
        s.Before = 0;
        long now = _loop.Now;
        if ((s.Time >> FineShift) - (now >> FineShift) < 2) _loop.AtInOrder(Math.Max(s.Time, now), s.Order, _handler, Out, slot, s.Generation);
        else if ((s.Time >> FineShift) - (now >> FineShift) < Buckets) Link(slot, ref s, (int)(s.Time >> FineShift) & (Buckets - 1), _fine, _fineOpens, FineShift, 0);
        else if ((s.Time >> CoarseShift) - (now >> CoarseShift) is > 1 and < Buckets) Link(slot, ref s, (int)(s.Time >> CoarseShift) & (Buckets - 1), _coarse, _coarseOpens, CoarseShift, Buckets);
        else _loop.AtInOrder(s.Time, s.Order, _handler, Out, slot, s.Generation);
    }

    private void Link(int slot, ref Slot s, int bucket, int[] firsts, bool[] opens, int shift, int offset)
    {
        s.Next = firsts[bucket];
        if (s.Next > 0) _slots[s.Next].Before = slot;
        s.Before = -(bucket + offset + 1);
        firsts[bucket] = slot;
        if (opens[bucket]) return;
        opens[bucket] = true;
        _loop.At((s.Time >> shift << shift) - 1, _handler, Open, bucket + offset); // a nanosecond before any of its timers
    }

    private void TakeOut(int slot)
    {
        ref var s = ref _slots[slot];
        if (s.Before == 0) return;
        if (s.Next > 0) _slots[s.Next].Before = s.Before;
        if (s.Before > 0) _slots[s.Before].Next = s.Next;
        else if (-s.Before <= Buckets) _fine[-s.Before - 1] = s.Next;
        else _coarse[-s.Before - 1 - Buckets] = s.Next;
        s.Before = 0;
    }

    private void OpenBucket(int bucket)
    {
        var (firsts, opens, n) = bucket < Buckets ? (_fine, _fineOpens, bucket) : (_coarse, _coarseOpens, bucket - Buckets);
        int slot = firsts[n];
        firsts[n] = 0;
        opens[n] = false;
        while (slot > 0)
        {
            int next = _slots[slot].Next;
            Put(slot);
            slot = next;
        }
    }

    private void Free(int slot)
    {
        ref var s = ref _slots[slot];
        s.Generation++;
        s.Target = null;
        s.Before = 0;
        _free.Push(slot);
    }
}
