using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetSim.Simulation.Events;

/// <summary>A heap of events, four below each, by time, and by order of scheduling among equal times. Allocates only when it grows.</summary>
internal sealed class EventHeap
{
    private SimEvent[] _heap = new SimEvent[256];
    private int _count;

    /// <summary>Events that wait.</summary>
    public int Count => _count;

    /// <summary>The next event; there must be one.</summary>
    public ref readonly SimEvent First => ref _heap[0];

    /// <summary>Puts an event in.</summary>
    public void Push(in SimEvent added)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        Rise(ref MemoryMarshal.GetArrayDataReference(_heap), _count++, added);
    }

    /// <summary>Takes the next event. There must be one.</summary>
    public void Pop(out SimEvent next)
    {
        ref var root = ref MemoryMarshal.GetArrayDataReference(_heap);
        next = root;
        int last = --_count;
        if (last == 0) return;
        var moved = Unsafe.Add(ref root, last);
        int hole = 0, child = 1;
        while (child < last)
        {
            ref var least = ref Unsafe.Add(ref root, child);
            int at = child, end = Math.Min(child + 4, last);
            for (int i = child + 1; i < end; i++)
            {
                ref var other = ref Unsafe.Add(ref root, i);
                if (!SimEvent.Before(other, least)) continue;
                least = ref other;
                at = i;
            }
            if (!SimEvent.Before(least, moved)) break;
            Unsafe.Add(ref root, hole) = least;
            hole = at;
            child = 4 * hole + 1;
        }
        Unsafe.Add(ref root, hole) = moved;
    }

    private static void Rise(ref SimEvent root, int hole, in SimEvent added)
    {
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            ref var p = ref Unsafe.Add(ref root, parent);
            if (!SimEvent.Before(added, p)) break;
            Unsafe.Add(ref root, hole) = p;
            hole = parent;
        }
        Unsafe.Add(ref root, hole) = added;
    }
}
