namespace NetSim.Capture.Correlation;

/// <summary>Places and directions as bits of a set. Beyond 64 places they share bits.</summary>
internal static class Places
{
    /// <summary>The bit of a place, whatever number a damaged file gives it.</summary>
    public static UInt128 Of(int point, bool outbound) => UInt128.One << unchecked(point * 2 + (outbound ? 1 : 0) & 127);
}
