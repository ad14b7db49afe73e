namespace NetSim.Model.Tracing;

/// <summary>Finds blocks by what they hold.</summary>
internal static class BlockSearch
{
    /// <summary>The block that holds an item; the last that begins at it or before.</summary>
    public static int Holding(IReadOnlyList<BlockFacts> blocks, long item)
    {
        int low = 0, high = blocks.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (blocks[middle].First <= item) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>The number of items in all blocks.</summary>
    public static int Total(IReadOnlyList<BlockFacts> blocks) => blocks.Count == 0 ? 0 : (int)(blocks[^1].First + blocks[^1].Count);
}
