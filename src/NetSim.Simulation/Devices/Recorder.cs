using NetSim.Model.Tracing;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Devices;

/// <summary>Writes what happens to frames into the trace. Without a trace every call is one branch.</summary>
internal sealed class Recorder(EventLoop loop, Trace? trace)
{
    /// <summary>More than the longest headers that are ever rewritten in place.</summary>
    private const int Head = 96;
    private readonly KnownBodies? _bodies = trace is null ? null : new(Head);

    /// <summary>Is a trace kept?</summary>
    public readonly bool On = trace is not null;

    /// <summary>Number of a place, 0 when no trace is kept.</summary>
    public int Place(string space, string? device) => trace?.PlaceNumber(new Place(space, device)) ?? 0;

    /// <summary>Number of a detail, to be kept by the caller; -1 when no trace is kept.</summary>
    public int Detail(object detail) => trace?.AddDetail(detail) ?? -1;

    /// <summary>A tap at the device shows the frame coming in.</summary>
    public void Received(int place, Frame frame, bool onlyTap)
    {
        if (On) Add(place, frame, StepKind.Received, onlyTap ? 1 : 0, KeepBytes(frame));
    }

    /// <summary>A tap at the device shows the frame going out.</summary>
    public void Transmitted(int place, Frame frame)
    {
        if (On) Add(place, frame, StepKind.Transmitted, 0, KeepBytes(frame));
    }

    /// <summary>Something that concerns the packet without showing its bytes.</summary>
    public void Step(int place, Frame frame, StepKind kind, int a, int b = -1)
    {
        if (On) Add(place, frame, kind, a, b);
    }

    /// <summary>The packet ends here.</summary>
    public void Dropped(int place, Frame frame, DropReason reason, int detail = -1)
    {
        if (On) Add(place, frame, StepKind.Dropped, (int)reason, detail);
    }

    private void Add(int place, Frame frame, StepKind kind, int a, int b) =>
        trace!.Add(new TraceRow(loop.Now, frame.Packet, place, a, b, kind));

    private int KeepBytes(Frame frame)
    {
        if (frame.Kept >= 0) return frame.Kept;
        var arena = trace!.Arena;
        var bytes = frame.Span;
        int known = frame.KeptBefore >= 0 && frame.Length > Head && arena.Length(frame.KeptBefore) == frame.Length ? frame.KeptBefore : _bodies!.Find(bytes, arena.Count);
        frame.Kept = known >= 0 ? arena.AddPatched(known, bytes[..Head]) : arena.Add(bytes);
        return frame.Kept;
    }
}
