namespace NetSim.Model.Tracing;

/// <summary>A trace as records, for those who read it event by event.</summary>
public static class TraceReading
{
    /// <summary>All rows in order with their numbers.</summary>
    public static IEnumerable<(long Number, TraceRow Row)> Rows(this ITraceReader trace)
    {
        for (long at = 0; at < trace.Count;)
        {
            var chunk = trace.Chunk(at);
            for (int i = 0; i < chunk.Length; i++) yield return (at + i, chunk.Span[i]);
            at += chunk.Length;
        }
    }

    /// <summary>The rows before a number, the latest first.</summary>
    public static IEnumerable<(long Number, TraceRow Row)> Backwards(this Trace trace, long from)
    {
        for (long n = Math.Min(from, trace.Count) - 1; n >= 0; n--) yield return (n, trace.Row(n));
    }

    /// <summary>All events in order.</summary>
    public static IEnumerable<TraceEvent> Events(this ITraceReader trace) => trace.Rows().Select(r => trace.Event(r.Number, r.Row));

    /// <summary>A row as a record.</summary>
    public static TraceEvent Event(this ITraceReader trace, long number, TraceRow row)
    {
        bool change = row.Kind == StepKind.Changed;
        return new(number, new(row.Time), new(row.Packet), trace.Places[row.Place], change ? null : trace.Step(row), change ? trace.Change(row.A) : null);
    }

    /// <summary>The frame that a row shows at its place, or -1 (only Received, Transmitted, Seen and Originated show one).</summary>
    public static int FrameOf(TraceRow row) => row.Kind is StepKind.Received or StepKind.Transmitted or StepKind.Seen or StepKind.Originated ? row.B : -1;

    /// <summary>The bytes of a frame in an array of their own.</summary>
    public static byte[] Bytes(this IPacketStore store, int frame)
    {
        var bytes = new byte[store.Length(frame)];
        store.Read(frame, bytes);
        return bytes;
    }

    private static Step Step(this ITraceReader trace, TraceRow row) => row.Kind switch
    {
        StepKind.Originated => new Step.Originated((SocketDetail)trace.Detail(row.A)),
        StepKind.Received => new Step.Received(row.B, row.A == 1),
        StepKind.Transmitted => new Step.Transmitted(row.B),
        StepKind.Seen => new Step.Seen(row.B),
        StepKind.Filtered => new Step.Filtered((FilterDetail)trace.Detail(row.A)),
        StepKind.Translated => new Step.Translated((TranslationDetail)trace.Detail(row.A)),
        StepKind.Switched => new Step.Switched(row.A >= 0 ? trace.Places[row.A] : null, row.A == -2, row.B == 1),
        StepKind.Routed => new Step.Routed((RouteDetail)trace.Detail(row.A)),
        StepKind.Delivered => new Step.Delivered((SocketDetail)trace.Detail(row.A)),
        StepKind.Dropped => new Step.Dropped((DropReason)row.A, row.B >= 0 ? trace.Detail(row.B) : null),
        StepKind.Queued => new Step.Queued(row.A),
        StepKind.Lost => new Step.Lost(row.A),
        StepKind.Faulted => new Step.Faulted((Topology.FaultKind)row.A, TimeSpan.FromMicroseconds(row.B)),
        _ => throw new InvalidOperationException($"row kind {row.Kind} is no step"),
    };
}
