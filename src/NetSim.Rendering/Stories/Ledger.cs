namespace NetSim.Rendering.Stories;

/// <summary>Recorded = shown + merged + hidden + lost. Merged is the same packet at another tap.</summary>
internal sealed record Ledger(long Shown, long Merged, long Hidden, long Lost)
{
    /// <summary>The sum, which is the input.</summary>
    public long Recorded => Shown + Merged + Hidden + Lost;
}
