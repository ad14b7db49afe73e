using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetSim.Analysis.Flows;

/// <summary>Flows by their ends, numbered in the order in which they were met. State lies in blocks that never move; a lookup touches one word of the index and then the flow itself.</summary>
internal sealed class FlowTable<T> where T : struct
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;

    private ulong[] _index = new ulong[1024];
    private Flow[][] _blocks = [new Flow[BlockSize]];
    private int _pairs;

    internal struct Flow
    {
        public EndPair Ends;
        public T State;
    }

    /// <summary>How many flows there are.</summary>
    public int Count { get; private set; }

    /// <summary>A flow by its number.</summary>
    public ref Flow this[int number] => ref _blocks[number >> BlockBits][number & (BlockSize - 1)];

    /// <summary>The newest flow between two ends; -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(in EndPair ends, ulong hash)
    {
        int mask = _index.Length - 1;
        for (int at = (int)hash & mask; ; at = at + 1 & mask)
        {
            ulong word = _index[at];
            if (word == 0) return -1;
            if ((uint)(word >> 32) == (uint)(hash >> 32) && this[(int)(uint)word - 1].Ends.Same(ends)) return (int)(uint)word - 1;
        }
    }

    /// <summary>Makes a flow, which takes the place of an older one between the same ends.</summary>
    public int Add(in EndPair ends, ulong hash)
    {
        int number = Count++;
        if (number >> BlockBits == _blocks.Length) Array.Resize(ref _blocks, _blocks.Length * 2);
        _blocks[number >> BlockBits] ??= new Flow[BlockSize];
        this[number].Ends = ends;
        if (_pairs >= _index.Length / 2) Grow();
        Place(ends, hash, number);
        return number;
    }

    private void Place(in EndPair ends, ulong hash, int number)
    {
        int mask = _index.Length - 1, at = (int)hash & mask;
        for (; _index[at] != 0; at = at + 1 & mask)
        {
            ulong word = _index[at];
            if ((uint)(word >> 32) == (uint)(hash >> 32) && this[(int)(uint)word - 1].Ends.Same(ends)) break;
        }
        if (_index[at] == 0) _pairs++;
        _index[at] = hash & 0xFFFF_FFFF_0000_0000 | (uint)(number + 1);
    }

    private void Grow()
    {
        ulong[] old = _index;
        _index = new ulong[BitOperations.RoundUpToPowerOf2((uint)old.Length * 2)];
        int mask = _index.Length - 1;
        foreach (ulong word in old)
        {
            if (word == 0) continue;
            int at = (int)this[(int)(uint)word - 1].Ends.Hash() & mask;
            while (_index[at] != 0) at = at + 1 & mask;
            _index[at] = word;
        }
    }
}
