namespace NetSim.Analysis.Flows;

/// <summary>Figures of which median, largest and smallest are asked: all of them up to a bound, then an even choice of them.</summary>
internal sealed class Samples
{
    private const int Most = 1 << 18;
    private readonly List<long> _kept = [];
    private ulong _chance = 0x9E37_79B9_7F4A_7C15;

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>The largest; meaningless without any.</summary>
    public long Highest { get; private set; } = long.MinValue;

    /// <summary>The smallest; meaningless without any.</summary>
    public long Lowest { get; private set; } = long.MaxValue;

    public void Add(long value)
    {
        Count++;
        Highest = Math.Max(Highest, value);
        Lowest = Math.Min(Lowest, value);
        if (_kept.Count < Most) _kept.Add(value);
        else if (Draw((ulong)Count) is var at && at < Most) _kept[(int)at] = value;
    }

    /// <summary>The middle one, or the mean of the two in the middle; null without any.</summary>
    public long? Median()
    {
        if (_kept.Count == 0) return null;
        _kept.Sort();
        int middle = _kept.Count / 2;
        return _kept.Count % 2 == 1 ? _kept[middle] : _kept[middle - 1] + (_kept[middle] - _kept[middle - 1]) / 2;
    }

    private ulong Draw(ulong below)
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 7;
        _chance ^= _chance << 17;
        return _chance % below;
    }
}
