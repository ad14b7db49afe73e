using System.Globalization;

namespace NetSim.Model.Addressing;

/// <summary>A TCP, UDP or SCTP port number.</summary>
/// <param name="Number">0 to 65535.</param>
public readonly record struct Port(ushort Number) : IComparable<Port>
{
    /// <inheritdoc/>
    public int CompareTo(Port other) => Number.CompareTo(other.Number);

    /// <summary>The number.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
