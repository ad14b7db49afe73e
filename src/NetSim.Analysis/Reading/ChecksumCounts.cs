namespace NetSim.Analysis.Reading;

/// <summary>What became of the checksums of a protocol.</summary>
internal sealed class ChecksumCounts
{
    public long Good { get; set; }

    public long Bad { get; set; }

    /// <summary>Of the bad ones: those that the sender left to its card, by what stands there.</summary>
    public long Offloaded { get; set; }

    public long Absent { get; set; }

    public long Unverified { get; set; }

    public long Illegal { get; set; }

    public bool HasAny => Good + Bad + Absent + Unverified + Illegal > 0;
}
