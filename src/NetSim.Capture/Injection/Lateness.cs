using System.Numerics;

namespace NetSim.Capture.Injection;

/// <summary>Delays, counted in steps of a sixteenth: a figure is at most 6 % too large.</summary>
internal sealed class Lateness
{
    private const int Steps = 16;
    private readonly long[] _counts = new long[64 * Steps];
    private long _all;

    /// <summary>The largest.</summary>
    public long Most { get; private set; }

    /// <summary>Counts a delay, in nanoseconds.</summary>
    public void Add(long nanoseconds)
    {
        long late = Math.Max(0, nanoseconds);
        if (late > Most) Most = late;
        _counts[Step(late)]++;
        _all++;
    }

    /// <summary>The delay that such a share is not above.</summary>
    public long At(double share)
    {
        long wanted = (long)Math.Ceiling(_all * share), seen = 0;
        for (int i = 0; i < _counts.Length; i++)
            if ((seen += _counts[i]) >= wanted && _counts[i] > 0) return Math.Min(Most, Upper(i));
        return 0;
    }

    private static int Step(long late)
    {
        if (late < Steps) return (int)late;
        int exponent = BitOperations.Log2((ulong)late);
        return (exponent - 3) * Steps + (int)(late >> (exponent - 4) & (Steps - 1));
    }

    /// <summary>The largest delay of a step.</summary>
    private static long Upper(int step)
    {
        if (step < Steps) return step;
        int exponent = step / Steps + 3;
        return ((long)(Steps + step % Steps + 1) << (exponent - 4)) - 1;
    }
}
