namespace NetSim.Simulation.Events;

/// <summary>Events in order: the earliest is taken, only later ones are added.</summary>
internal sealed class EventRun
{
    private SimEvent[] _ring = new SimEvent[64];
    private int _first, _count;

    /// <summary>When the first is due, and the last.</summary>
    public long FirstTime { get; private set; }

    /// <summary>See <see cref="FirstTime"/>.</summary>
    public long LastTime { get; private set; }

    /// <summary>Is none left?</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The earliest; there must be one.</summary>
    public ref readonly SimEvent First => ref _ring[_first];

    /// <summary>The place of the last in the order of scheduling.</summary>
    public uint LastOrder { get; private set; }

    /// <summary>Adds an event after all others.</summary>
    public void Add(long time, uint order, int target, int a, int b)
    {
        if (_count == _ring.Length) Grow();
        var ring = _ring;
        ring[(_first + _count) & (ring.Length - 1)] = new SimEvent(time, order, target, a, b);
        LastTime = time;
        LastOrder = order;
        if (_count++ == 0) FirstTime = time;
    }

    /// <summary>Takes the earliest away.</summary>
    public void RemoveFirst(out SimEvent first)
    {
        var ring = _ring;
        first = ring[_first];
        _first = (_first + 1) & (ring.Length - 1);
        if (--_count > 0) FirstTime = ring[_first].Time;
    }

    private void Grow()
    {
        var larger = new SimEvent[_ring.Length * 2];
        for (int i = 0; i < _count; i++) larger[i] = _ring[(_first + i) & (_ring.Length - 1)];
        _ring = larger;
        _first = 0;
    }
}
