namespace NetSim.Workbench.Live;

/// <summary>What is asked of a live capture.</summary>
public sealed record LiveWish
{
    /// <summary>Interfaces by name; at least one.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>The file: pcapng, or pcap for one interface when it ends in .pcap; "-" is standard output; null: none is written.</summary>
    public string? Path { get; init; }

    /// <summary>A BPF filter; empty takes everything.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Most bytes kept of a packet.</summary>
    public int SnapLength { get; init; } = 262_144;

    /// <summary>Megabytes in the kernel for each interface.</summary>
    public int BufferMegabytes { get; init; } = 64;

    /// <summary>Also what is not for the interface?</summary>
    public bool Promiscuous { get; init; } = true;

    /// <summary>A name under /run/netns, or a file such as /proc/4711/ns/net; null: this namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>A running container, by name or id, in whose namespace to capture; null: none.</summary>
    public string? Container { get; init; }

    /// <summary>When it ends by itself.</summary>
    public LiveEnd End { get; init; } = new();

    /// <summary>When it goes on in another file.</summary>
    public LiveRing Ring { get; init; } = new();

    /// <summary>Is told when the kernel begins to keep packets; null: nobody.</summary>
    public Action? Begun { get; init; }

    /// <summary>Is told every packet in one line, as it comes; null: nobody.</summary>
    public Action<string>? Line { get; init; }

    /// <summary>Is told the counts so far, once a second; null: nobody.</summary>
    public Action<IReadOnlyList<LiveTally>>? Progress { get; init; }
}

/// <summary>What ends a live capture; what is null does not.</summary>
/// <param name="Packets">So many packets.</param>
/// <param name="Duration">So long.</param>
/// <param name="Bytes">So many bytes in files.</param>
/// <param name="Files">So many full files.</param>
public sealed record LiveEnd(long? Packets = null, TimeSpan? Duration = null, long? Bytes = null, int? Files = null);

/// <summary>What makes a live capture go on in another file; what is null does not.</summary>
/// <param name="Bytes">So many bytes.</param>
/// <param name="Duration">So long.</param>
/// <param name="Packets">So many packets.</param>
/// <param name="Files">How many files are kept; null: all.</param>
public sealed record LiveRing(long? Bytes = null, TimeSpan? Duration = null, long? Packets = null, int? Files = null);

/// <summary>What an interface of a live capture gave: received = dropped by the kernel + written + left.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Received">Packets that passed the filter, as the kernel counts them.</param>
/// <param name="DroppedByKernel">Packets lost for want of room in the buffer.</param>
/// <param name="DroppedByInterface">Packets the interface lost before the kernel could count them.</param>
/// <param name="Written">Packets in the file, or shown.</param>
/// <param name="Left">Packets that came when the number asked for was reached already.</param>
public sealed record LiveTally(string Interface, long Received, long DroppedByKernel, long DroppedByInterface, long Written, long Left);

/// <summary>What a live capture gave.</summary>
/// <param name="Interfaces">What became of the packets.</param>
/// <param name="Files">The files that are there, the oldest first.</param>
/// <param name="Warnings">What a user should know.</param>
public sealed record LiveOutcome(IReadOnlyList<LiveTally> Interfaces, IReadOnlyList<string> Files, IReadOnlyList<string> Warnings);
