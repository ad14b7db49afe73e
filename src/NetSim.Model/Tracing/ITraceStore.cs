namespace NetSim.Model.Tracing;

/// <summary>What a block of a kept trace holds.</summary>
public enum TraceBlock : byte
{
    /// <summary>Places, each as namespace and interface.</summary>
    Places,
    /// <summary>Changes of tables.</summary>
    Changes,
    /// <summary>Details that rows name.</summary>
    Details,
    /// <summary>Bytes of frames.</summary>
    Bytes,
    /// <summary>Where the bytes of each frame lie.</summary>
    Frames,
    /// <summary>Events.</summary>
    Rows,
    /// <summary>The state after a number of changes, as the changes that make it from nothing.</summary>
    State,
}

/// <summary>A block of a kept trace.</summary>
/// <param name="First">Number of its first item among all of its kind; of a <see cref="TraceBlock.State"/> the number of changes after which it holds.</param>
/// <param name="Count">Number of items.</param>
/// <param name="Time">Of <see cref="TraceBlock.Rows"/>: when the first event was, in nanoseconds.</param>
/// <param name="Changes">Of <see cref="TraceBlock.Rows"/>: how many changes there were before the first event.</param>
public readonly record struct BlockFacts(long First, int Count, long Time, int Changes);

/// <summary>Where the parts of a trace go that no longer are in memory, and where they come back from.</summary>
public interface ITraceStore
{
    /// <summary>Its name for complaints: a file.</summary>
    string Name { get; }

    /// <summary>The blocks of a kind in order.</summary>
    IReadOnlyList<BlockFacts> Blocks(TraceBlock kind);

    /// <summary>Keeps a block, which follows the last of its kind.</summary>
    void Write(TraceBlock kind, BlockFacts facts, ReadOnlySpan<byte> bytes);

    /// <summary>The bytes of a block.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="number">Its place among the blocks of its kind.</param>
    /// <exception cref="Input.InputException">It is damaged.</exception>
    byte[] Read(TraceBlock kind, int number);
}
