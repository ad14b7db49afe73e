using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetSim.Simulation.Events;

/// <summary>A binary heap of events by time, and by order of scheduling among equal times. Allocates only when it grows.</summary>
internal sealed class EventQueue
{
    private SimEvent[] _heap = new SimEvent[1024];
    private int _count;
    private uint _order;

    /// <summary>Events that wait.</summary>
    public int Count => _count;

    /// <summary>Time of the next event; meaningless when there is none.</summary>
    public long NextTime => _heap[0].Time;

    /// <summary>Schedules an event.</summary>
    public void Push(long time, int target, int a, int b)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        ref var root = ref MemoryMarshal.GetArrayDataReference(_heap);
        var added = new SimEvent(time, _order++, target, a, b);
        int hole = _count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 1;
            ref var p = ref Unsafe.Add(ref root, parent);
            if (time >= p.Time) break; // an equal time was scheduled earlier
            Unsafe.Add(ref root, hole) = p;
            hole = parent;
        }
        Unsafe.Add(ref root, hole) = added;
    }

    /// <summary>Takes the next event. There must be one.</summary>
    public void Pop(out SimEvent next)
    {
        ref var root = ref MemoryMarshal.GetArrayDataReference(_heap);
        next = root;
        int last = --_count;
        if (last == 0) return;
        int hole = 0, child = 1;
        while (child < last)
        {
            if (child + 1 < last && SimEvent.Before(Unsafe.Add(ref root, child + 1), Unsafe.Add(ref root, child))) child++;
            Unsafe.Add(ref root, hole) = Unsafe.Add(ref root, child);
            hole = child;
            child = 2 * hole + 1;
        }
        Settle(ref root, hole, last);
    }

    /// <summary>Puts the former last event into the hole at the bottom and lets it rise.</summary>
    private static void Settle(ref SimEvent root, int hole, int last)
    {
        var moved = Unsafe.Add(ref root, last);
        while (hole > 0)
        {
            int parent = (hole - 1) >> 1;
            ref var p = ref Unsafe.Add(ref root, parent);
            if (!SimEvent.Before(moved, p)) break;
            Unsafe.Add(ref root, hole) = p;
            hole = parent;
        }
        Unsafe.Add(ref root, hole) = moved;
    }
}
