namespace NetSim.Capture.Live;

/// <summary>What a live capture is asked for.</summary>
public sealed record LiveOptions
{
    /// <summary>Interfaces by name: "eth0", "any"; at least one.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>A BPF filter as tcpdump writes it; empty takes everything.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Ends after so many packets; null: goes on.</summary>
    public long? Count { get; init; }

    /// <summary>Ends after so long; null: goes on.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Most bytes kept of a packet.</summary>
    public int SnapLength { get; init; } = 262_144;

    /// <summary>Megabytes in the kernel for packets not yet taken, for each interface. Losses come from too little of it.</summary>
    public int BufferMegabytes { get; init; } = 64;

    /// <summary>Also what is not for this interface.</summary>
    public bool Promiscuous { get; init; } = true;

    /// <summary>The network namespace to capture in, as a file: "/run/netns/blue", "/proc/4711/ns/net"; null: this one.</summary>
    public string? NamespaceFile { get; init; }

    /// <summary>Tells the time, for the order of packets of several interfaces and the names of files.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
