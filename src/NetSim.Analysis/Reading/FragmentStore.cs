using NetSim.Analysis.Flows;

namespace NetSim.Analysis.Reading;

/// <summary>Puts fragments of IP packets together (RFC 815; RFC 8200, section 4.5). The oldest that never become whole are forgotten, so that memory is bounded.</summary>
internal sealed class FragmentStore
{
    private const int MostSets = 8192;
    private const int MostHeld = 48 << 20;
    private const int MostFree = 16;
    private const int MostBytes = 1 << 16;
    private readonly Dictionary<Key, Set> _sets = [];
    private readonly LinkedList<Key> _order = new();
    private readonly Stack<Set> _free = new();
    private int _held;

    private readonly record struct Key(ulong A, ulong B, ulong C, ulong D, uint Id, byte Protocol);

    private sealed class Set
    {
        public byte[] Bytes { get; set; } = new byte[4096];

        public List<(int From, int To)> Parts { get; } = [];

        public int Length { get; set; }

        public LinkedListNode<Key>? At { get; set; }
    }

    /// <summary>Takes a fragment.</summary>
    /// <param name="ends">Who sent it to whom.</param>
    /// <param name="id">Its identification.</param>
    /// <param name="protocol">What it carries.</param>
    /// <param name="offset">Where it belongs, in bytes.</param>
    /// <param name="last">Does none follow?</param>
    /// <param name="piece">Its bytes.</param>
    /// <returns>The whole payload when this was the last one missing; it is valid until the next call.</returns>
    public ReadOnlySpan<byte> Add(in Ends ends, uint id, byte protocol, int offset, bool last, ReadOnlySpan<byte> piece)
    {
        if (offset + piece.Length > MostBytes) return default;
        var key = new Key(ends.SourceHigh, ends.SourceLow, ends.DestinationHigh, ends.DestinationLow, id, protocol);
        if (!_sets.TryGetValue(key, out var set)) set = Begin(key);
        if (offset + piece.Length > set.Bytes.Length) Grow(set, offset + piece.Length);
        piece.CopyTo(set.Bytes.AsSpan(offset));
        if (last) set.Length = offset + piece.Length;
        Join(set.Parts, offset, offset + piece.Length);
        if (set.Length < 0 || set.Parts[0].From != 0 || set.Parts[0].To < set.Length) return default;
        Forget(key, set);
        return set.Bytes.AsSpan(0, set.Length);
    }

    private Set Begin(Key key)
    {
        while (_sets.Count >= MostSets || _held > MostHeld && _sets.Count > 0) Forget(_order.First!.Value, _sets[_order.First!.Value]);
        var set = _free.Count > 0 ? _free.Pop() : new();
        set.Parts.Clear();
        set.Length = -1;
        set.At = _order.AddLast(key);
        _held += set.Bytes.Length;
        return _sets[key] = set;
    }

    private void Forget(Key key, Set set)
    {
        _sets.Remove(key);
        _order.Remove(set.At!);
        _held -= set.Bytes.Length;
        if (_free.Count < MostFree) _free.Push(set);
    }

    private void Grow(Set set, int length)
    {
        _held -= set.Bytes.Length;
        byte[] grown = new byte[Math.Min(MostBytes, Math.Max(length, set.Bytes.Length * 2))];
        set.Bytes.CopyTo(grown.AsSpan());
        set.Bytes = grown;
        _held += grown.Length;
    }

    /// <summary>Keeps the parts apart and in order.</summary>
    private static void Join(List<(int From, int To)> parts, int from, int to)
    {
        int at = 0;
        while (at < parts.Count && parts[at].To < from) at++;
        while (at < parts.Count && parts[at].From <= to)
        {
            (from, to) = (Math.Min(from, parts[at].From), Math.Max(to, parts[at].To));
            parts.RemoveAt(at);
        }
        parts.Insert(at, (from, to));
    }
}
