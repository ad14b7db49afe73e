namespace NetSim.Model.Tracing;

/// <summary>The blocks that were asked of late, read and made into what they hold.</summary>
internal sealed class BlockCache<T>(int most, Func<int, T> read)
{
    private readonly LinkedList<(int Number, T Block)> _recent = new();
    private readonly Dictionary<int, LinkedListNode<(int Number, T Block)>> _byNumber = [];

    /// <summary>The block of a number.</summary>
    public T this[int number]
    {
        get
        {
            if (!_byNumber.TryGetValue(number, out var there)) return Put(number, read(number));
            if (_recent.First != there)
            {
                _recent.Remove(there);
                _recent.AddFirst(there);
            }
            return there.Value.Block;
        }
    }

    /// <summary>Keeps a block at hand; the one not asked for longest goes.</summary>
    public T Put(int number, T block)
    {
        _byNumber[number] = _recent.AddFirst((number, block));
        if (_recent.Count > most)
        {
            _byNumber.Remove(_recent.Last!.Value.Number);
            _recent.RemoveLast();
        }
        return block;
    }
}
