using NetSim.Capture.Live;
using NetSim.Model.Input;

namespace NetSim.Workbench.Opening;

/// <summary>What is asked of a live capture.</summary>
public sealed record LiveWish
{
    /// <summary>Interfaces by name; at least one.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>A BPF filter; empty takes everything.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Ends after so many packets; null: goes on.</summary>
    public long? Count { get; init; }

    /// <summary>Ends after so long; null: goes on.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Megabytes in the kernel for each interface.</summary>
    public int BufferMegabytes { get; init; } = 64;

    /// <summary>A name under /run/netns; null: this namespace.</summary>
    public string? Namespace { get; init; }
}

/// <summary>What an interface of a live capture gave.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Received">Packets the kernel saw.</param>
/// <param name="DroppedByKernel">Packets lost for want of room.</param>
/// <param name="DroppedByInterface">Packets the interface lost.</param>
/// <param name="Written">Packets in the file.</param>
public sealed record LiveTally(string Interface, long Received, long DroppedByKernel, long DroppedByInterface, long Written);

/// <summary>Captures live interfaces into a file.</summary>
public static class LiveRecording
{
    /// <summary>Captures until the wish or <paramref name="stop"/> ends it; what was written so far is kept.</summary>
    /// <exception cref="InputException">The file can't be written, or the filter is none.</exception>
    /// <exception cref="MachineException">libpcap, a right or an interface is missing.</exception>
    public static IReadOnlyList<LiveTally> Write(LiveWish wish, string path, CancellationToken stop)
    {
        using var capture = LiveCapture.Open(new LiveOptions
        {
            Interfaces = wish.Interfaces,
            Filter = wish.Filter,
            Count = wish.Count,
            Duration = wish.Duration,
            BufferMegabytes = wish.BufferMegabytes,
            NamespaceFile = wish.Namespace is { } n ? (n.StartsWith('/') ? n : "/run/netns/" + n) : null,
        });
        return LiveFile.Write(capture, path, null, stop).Select(c => new LiveTally(c.Interface, c.Received, c.DroppedByKernel, c.DroppedByInterface, c.Taken)).ToList();
    }
}
