namespace NetSim.Capture.Files;

/// <summary>How a timestamp of pcapng becomes nanoseconds: if_tsresol and if_tsoffset (draft-ietf-opsawg-pcapng, section 4.2).</summary>
public readonly record struct TimeScale
{
    private readonly ulong _multiply;
    private readonly ulong _divide;
    private readonly int _shift;
    private readonly long _offset;

    private TimeScale(ulong multiply, ulong divide, int shift, long offset)
    {
        _multiply = multiply;
        _divide = divide;
        _shift = shift;
        _offset = offset;
    }

    /// <summary>10^-6 s, the default.</summary>
    public static TimeScale Microseconds => Of(6, 0);

    /// <summary>10^-9 s.</summary>
    public static TimeScale Nanoseconds => Of(9, 0);

    /// <summary>Reads the options' values.</summary>
    /// <param name="resolution">A power of ten, or with the highest bit set of two, negated.</param>
    /// <param name="offsetSeconds">Seconds to add.</param>
    public static TimeScale Of(byte resolution, long offsetSeconds)
    {
        long offset = unchecked(offsetSeconds * 1_000_000_000);
        if ((resolution & 0x80) != 0) return new(1_000_000_000, 1, resolution & 0x7F, offset);
        if (resolution <= 9) return new(Power(9 - resolution), 1, 0, offset);
        return resolution <= 28 ? new(1, Power(resolution - 9), 0, offset) : new(0, 1, 0, offset);
    }

    /// <summary>Nanoseconds since 1970. A value beyond 2262 wraps.</summary>
    public long ToNanoseconds(ulong ticks) => unchecked(_shift > 0
        ? (long)(ulong)((UInt128)ticks * _multiply >> _shift) + _offset
        : _divide == 1 ? (long)(ticks * _multiply) + _offset : (long)(ticks / _divide) + _offset);

    private static ulong Power(int n)
    {
        ulong p = 1;
        for (int i = 0; i < n; i++) p *= 10;
        return p;
    }
}
