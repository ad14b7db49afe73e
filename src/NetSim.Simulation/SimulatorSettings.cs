using NetSim.Simulation.Devices;

namespace NetSim.Simulation;

/// <summary>What may be chosen about a simulation besides its seed.</summary>
public sealed record SimulatorSettings
{
    /// <summary>The wall-clock time of instant 0, for `date` and dig's WHEN.</summary>
    public DateTimeOffset WallZero { get; init; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Are bridges promiscuous, because captures run on them? Then a frame for the host that netfilter redirects to another port is routed by the host besides.</summary>
    public bool PromiscuousBridges { get; init; }

    /// <summary>What the kernel does not know, by the words of `ip link add type` and `tc qdisc`: "ipvlan", "netem".</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>Rate, delay and queue of every cable that is not told otherwise.</summary>
    public LinkSettings Link { get; init; } = LinkSettings.Default;
}
