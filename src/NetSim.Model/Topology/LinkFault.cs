using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Model.Topology;

/// <summary>Where on the way of a frame through an interface a fault lies.</summary>
public enum FaultPlace
{
    /// <summary>In the cable, for what the interface sends: a capture on it still shows the frame.</summary>
    Cable,
    /// <summary>In the interface's queue, for what it sends, as `tc qdisc … netem` and `tbf`: a capture shows only what comes out.</summary>
    Queue,
    /// <summary>Between the interface and its bridge, both ways by one chance: a relay in user space.</summary>
    Relay,
}

/// <summary>What a fault did to a frame.</summary>
public enum FaultKind
{
    /// <summary>It arrives later.</summary>
    Delayed,
    /// <summary>It arrives twice.</summary>
    Duplicated,
    /// <summary>It skips the delay of those before it.</summary>
    Reordered,
    /// <summary>A bit of it was turned.</summary>
    Corrupted,
}

/// <summary>Trouble on a link. Shares are from 0 to 1. The same seed and frames give the same trouble.
/// In the order of netem: loss, duplication, corruption, rate, delay (linux v6.6 net/sched/sch_netem.c netem_enqueue).</summary>
public sealed record LinkFault
{
    /// <summary>Time added to each frame.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The delay is spread evenly from this much less to this much more; frames may overtake each other.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Share of frames lost; 1 is a cut cable.</summary>
    public double Loss { get; init; }

    /// <summary>Share of frames that arrive twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Share of frames that skip the delay and so overtake others.</summary>
    public double Reorder { get; init; }

    /// <summary>Share of frames of which one bit is turned.</summary>
    public double Corrupt { get; init; }

    /// <summary>Bits a second that leave; 0: as the cable.</summary>
    public long BitsPerSecond { get; init; }

    /// <summary>Bytes that may leave at once before the rate counts.</summary>
    public int BurstBytes { get; init; }

    /// <summary>Frames that may wait for the rate; the next one is dropped. 0: no limit.</summary>
    public int QueueFrames { get; init; }

    /// <summary>Bytes that may wait for the rate; a frame that does not fit is dropped. 0: no limit.</summary>
    public int QueueBytes { get; init; }

    /// <summary>Frames that may be under way in it, delayed ones too (netem's limit); the next one is dropped. 0: no limit.</summary>
    public int MostInside { get; init; }

    /// <summary>Frames from or to these addresses are lost: the other side of a partition.</summary>
    public IReadOnlyList<IpAddress> PartedFrom { get; init; } = [];

    /// <summary>Makes its chance.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>Does it do anything?</summary>
    public bool IsNone => Loss <= 0 && Duplicate <= 0 && Corrupt <= 0 && BitsPerSecond == 0 && Delay <= TimeSpan.Zero && Jitter <= TimeSpan.Zero && PartedFrom.Count == 0;

    /// <summary>"loss 5%, delay 20ms ± 2ms, rate 10 Mbit/s".</summary>
    public override string ToString()
    {
        var words = new List<string>();
        if (Loss >= 1) words.Add("cut");
        else if (Loss > 0) words.Add($"loss {Share(Loss)}");
        if (Delay > TimeSpan.Zero || Jitter > TimeSpan.Zero) words.Add($"delay {Time(Delay)}{(Jitter > TimeSpan.Zero ? $" ± {Time(Jitter)}" : "")}");
        if (Duplicate > 0) words.Add($"duplicate {Share(Duplicate)}");
        if (Reorder > 0) words.Add($"reorder {Share(Reorder)}");
        if (Corrupt > 0) words.Add($"corrupt {Share(Corrupt)}");
        if (BitsPerSecond > 0) words.Add($"rate {Number(BitsPerSecond / 1e6)} Mbit/s");
        if (PartedFrom.Count > 0) words.Add($"parted from {string.Join(" and ", PartedFrom)}");
        return words.Count == 0 ? "nothing" : string.Join(", ", words);
    }

    private static string Share(double share) => Number(share * 100) + "%";

    private static string Time(TimeSpan span) => Number(span.TotalMilliseconds) + "ms";

    private static string Number(double n) => n.ToString("0.######", CultureInfo.InvariantCulture);
}
