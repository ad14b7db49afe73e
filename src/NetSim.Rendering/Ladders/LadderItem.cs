using NetSim.Model.Tracing;

namespace NetSim.Rendering.Ladders;

/// <summary>What a ladder shows below the thing before.</summary>
internal abstract record LadderItem
{
    private LadderItem() { }

    /// <summary>A chapter of the story begins, or (without a title) what comes after a pause.</summary>
    public sealed record Head(SimTime Time, string Title, string Sub) : LadderItem;

    /// <summary>Time, or packets, that are not shown.</summary>
    public sealed record Seam(string Words) : LadderItem;

    /// <summary>An arrow.</summary>
    public sealed record Arrow(PacketGroup Group, LadderHop Hop, string Label, string Sentence) : LadderItem
    {
        /// <summary>Is it the way on of a packet whose first arrow stands above?</summary>
        public bool Continues { get; init; }

        /// <summary>Is it said again?</summary>
        public bool IsAgain { get; init; }

        /// <summary>What has passed since the arrow above.</summary>
        public TimeSpan? Later { get; init; }

        /// <summary>Has it not yet happened at the instant of the picture?</summary>
        public bool IsFuture { get; init; }
    }

    /// <summary>NAT: the address before and after.</summary>
    public sealed record Swap(string Namespace, string Old, string New, string Sentence, LadderHop Hop) : LadderItem;
}
