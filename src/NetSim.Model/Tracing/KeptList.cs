using System.Collections;
using NetSim.Model.Input;

namespace NetSim.Model.Tracing;

/// <summary>Values in order: all in memory, or, with a store, the latest in memory and the others in its blocks.</summary>
internal sealed class KeptList<T>(TraceBlock kind, ITraceStore? store) : IReadOnlyList<T>
    where T : class
{
    private const int Most = 1024;
    private const int AtHand = 32;
    private readonly List<T> _recent = [];
    private readonly BlockCache<T[]>? _blocks = store is null ? null : new(AtHand, n => Load(kind, store!, n));
    private int _first = store is null ? 0 : BlockSearch.Total(store.Blocks(kind));

    /// <inheritdoc/>
    public int Count => _first + _recent.Count;

    /// <inheritdoc/>
    public T this[int index] => index >= _first ? _recent[index - _first] : Old(index);

    /// <summary>Appends a value and returns its number.</summary>
    public int Add(T value)
    {
        _recent.Add(value);
        if (store is not null && _recent.Count == Most) Flush();
        return Count - 1;
    }

    /// <summary>Puts all values into the store, if there is one.</summary>
    public void Flush()
    {
        if (store is null || _recent.Count == 0) return;
        store.Write(kind, new(_first, _recent.Count, 0, 0), TraceCodec.Write(_recent));
        _blocks!.Put(store.Blocks(kind).Count - 1, [.. _recent]);
        _first += _recent.Count;
        _recent.Clear();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Old(int index)
    {
        var places = store!.Blocks(kind);
        int n = BlockSearch.Holding(places, index);
        return _blocks![n][index - places[n].First];
    }

    private static T[] Load(TraceBlock kind, ITraceStore store, int number)
    {
        try
        {
            return TraceCodec.Read<T>(store.Read(kind, number), store.Blocks(kind)[number].Count);
        }
        catch (FormatException e)
        {
            throw new InputException(store.Name, $"block {number} of {kind.ToString().ToLowerInvariant()}", "is damaged: " + e.Message);
        }
    }
}
