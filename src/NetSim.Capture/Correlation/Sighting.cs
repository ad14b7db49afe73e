namespace NetSim.Capture.Correlation;

/// <summary>A frame that a capture shows.</summary>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Order">Its number among all that were read, which decides between equal times.</param>
/// <param name="Frame">Its bytes in the trace.</param>
/// <param name="Point">Which capture interface, over all files.</param>
/// <param name="Outbound">Did the interface send it? Null when the file does not say.</param>
internal readonly record struct Sighting(long Time, int Order, int Frame, int Point, bool? Outbound) : IComparable<Sighting>
{
    /// <summary>By time, then as read.</summary>
    public int CompareTo(Sighting other) => Time.CompareTo(other.Time) is var c && c != 0 ? c : Order.CompareTo(other.Order);
}
