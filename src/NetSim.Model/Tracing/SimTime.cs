using System.Globalization;

namespace NetSim.Model.Tracing;

/// <summary>An instant, in nanoseconds since the trace's own zero (a simulation's start, or 1970 for captures).</summary>
/// <param name="Nanoseconds">Never negative in a trace.</param>
public readonly record struct SimTime(long Nanoseconds) : IComparable<SimTime>
{
    /// <summary>The trace's zero.</summary>
    public static SimTime Zero => default;

    /// <summary>Later by a span.</summary>
    public static SimTime operator +(SimTime t, TimeSpan d) => new(t.Nanoseconds + d.Ticks * 100);

    /// <summary>The span between two instants (to 100 ns).</summary>
    public static TimeSpan operator -(SimTime a, SimTime b) => new((a.Nanoseconds - b.Nanoseconds) / 100);

    /// <summary>Earlier?</summary>
    public static bool operator <(SimTime a, SimTime b) => a.Nanoseconds < b.Nanoseconds;

    /// <summary>Later?</summary>
    public static bool operator >(SimTime a, SimTime b) => a.Nanoseconds > b.Nanoseconds;

    /// <summary>Not later?</summary>
    public static bool operator <=(SimTime a, SimTime b) => a.Nanoseconds <= b.Nanoseconds;

    /// <summary>Not earlier?</summary>
    public static bool operator >=(SimTime a, SimTime b) => a.Nanoseconds >= b.Nanoseconds;

    /// <summary>From milliseconds.</summary>
    public static SimTime FromMilliseconds(double ms) => new((long)(ms * 1e6));

    /// <summary>Seconds since the zero.</summary>
    public double Seconds => Nanoseconds / 1e9;

    /// <inheritdoc/>
    public int CompareTo(SimTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Seconds with microseconds: "5.445809 s".</summary>
    public override string ToString() => Seconds.ToString("0.000000", CultureInfo.InvariantCulture) + " s";
}

/// <summary>A packet's number in its trace. It stays the same while the packet is bridged, routed and translated; a retransmission is another packet.</summary>
/// <param name="Value">From 0 upwards; -1 is no packet.</param>
public readonly record struct PacketId(int Value)
{
    /// <summary>No packet: the event is about a table.</summary>
    public static PacketId None => new(-1);

    /// <summary>The number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
