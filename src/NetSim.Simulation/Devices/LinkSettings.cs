namespace NetSim.Simulation.Devices;

/// <summary>What a cable does to frames, each way.</summary>
/// <param name="BitsPerSecond">Rate: a frame takes its bits divided by this to leave.</param>
/// <param name="DelayNanoseconds">Time from leaving one end to arriving at the other.</param>
/// <param name="QueueFrames">Frames that may wait to leave; more are dropped.</param>
public sealed record LinkSettings(long BitsPerSecond, long DelayNanoseconds, int QueueFrames)
{
    /// <summary>10 Gbit/s, 5 µs, 100,000 frames: a veth on a busy machine, slow enough to see the order of things.</summary>
    public static LinkSettings Default { get; } = new(10_000_000_000, 5_000, 100_000);
}
