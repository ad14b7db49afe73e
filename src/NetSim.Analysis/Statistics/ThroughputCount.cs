using System.Runtime.CompilerServices;

namespace NetSim.Analysis.Statistics;

/// <summary>Counts packets in parts of time that double in length whenever there are too many of them.</summary>
internal sealed class ThroughputCount
{
    private const int Most = 120;
    private readonly long[] _packets = new long[Most], _bytes = new long[Most];
    private long _start, _width = 1_000_000, _limit = long.MinValue;
    private int _used;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long time, int bytes)
    {
        if (time < _start || time >= _limit) Fit(time);
        // Times of damaged files lie further apart than a long can tell.
        int at = time < _start ? 0 : (int)Math.Min(Most - 1, unchecked((ulong)(time - _start)) / (ulong)_width);
        if (at >= _used) _used = at + 1;
        _packets[at]++;
        _bytes[at] += bytes;
    }

    public Throughput Result() => new(_start, _width, _packets[.._used], _bytes[.._used]);

    /// <summary>Makes room for a time beyond the last part. What is earlier than the first packet counts as its time.</summary>
    private void Fit(long time)
    {
        if (_used == 0)
        {
            _start = time;
            _limit = time + Most * _width;
            return;
        }
        // More than some centuries can't be told in nanoseconds anyhow.
        while (time >= _limit && _width < long.MaxValue / (4 * Most))
        {
            for (int i = 0; i < Most; i++)
            {
                long packets = 2 * i < Most ? _packets[2 * i] + _packets[2 * i + 1] : 0, bytes = 2 * i < Most ? _bytes[2 * i] + _bytes[2 * i + 1] : 0;
                (_packets[i], _bytes[i]) = (packets, bytes);
            }
            _used = (_used + 1) / 2;
            _width *= 2;
            _limit = _start > long.MaxValue - Most * _width ? long.MaxValue : _start + Most * _width;
        }
    }
}
