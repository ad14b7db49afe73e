namespace NetSim.Simulation.Devices;

/// <summary>Frames on their way to an end of a cable, in order.</summary>
internal sealed class Arrivals
{
    private Arrival[] _ring = new Arrival[4];
    private int _first;

    /// <summary>One of them.</summary>
    internal struct Arrival
    {
        /// <summary>When it arrives.</summary>
        public long Time;
        /// <summary>Its place in the order of scheduling.</summary>
        public uint Order;
        /// <summary>The frame's number.</summary>
        public int Frame;
    }

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Number n of them.</summary>
    public ref Arrival this[int n] => ref _ring[(_first + n) & (_ring.Length - 1)];

    /// <summary>One more, later than all.</summary>
    public void Add(long time, uint order, int frame)
    {
        if (Count == _ring.Length) Grow();
        this[Count++] = new() { Time = time, Order = order, Frame = frame };
    }

    /// <summary>The first has arrived.</summary>
    public void RemoveFirst()
    {
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
    }

    /// <summary>How many arrive after an instant.</summary>
    public int After(long time)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (this[middle].Time > time) high = middle;
            else low = middle + 1;
        }
        return Count - low;
    }

    private void Grow()
    {
        var larger = new Arrival[_ring.Length * 2];
        for (int i = 0; i < Count; i++) larger[i] = this[i];
        _ring = larger;
        _first = 0;
    }
}
