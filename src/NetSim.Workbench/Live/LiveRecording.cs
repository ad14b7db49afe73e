using System.Diagnostics;
using NetSim.Capture.Files;
using NetSim.Capture.Live;
using NetSim.Model.Input;

namespace NetSim.Workbench.Live;

/// <summary>Captures live interfaces, into a file or to be looked at.</summary>
public static class LiveRecording
{
    private const int ProgressMilliseconds = 1000;

    /// <summary>Lets Ctrl-C end a capture that a script started in the background; before anything registers for the signal.</summary>
    public static void HeedInterrupts() => InterruptSignal.Heed();

    /// <summary>Captures until the wish or <paramref name="stop"/> ends it; what was written so far is kept.</summary>
    /// <exception cref="InputException">The file can't be written, or the filter is none.</exception>
    /// <exception cref="MachineException">libpcap, a right, an interface, an engine or a container is missing.</exception>
    public static LiveOutcome Run(LiveWish wish, CancellationToken stop)
    {
        using var capture = LiveCapture.Open(new LiveOptions
        {
            Interfaces = wish.Interfaces,
            Filter = wish.Filter,
            Count = wish.End.Packets,
            Duration = wish.End.Duration,
            SnapLength = wish.SnapLength,
            BufferMegabytes = wish.BufferMegabytes,
            Promiscuous = wish.Promiscuous,
            NamespaceFile = NamespaceOf(wish),
        });
        var (seen, idle) = (Seen(wish, capture), Idle(wish, capture));
        IReadOnlyList<string> files = [];
        if (wish.Path is { } path) files = LiveFile.Write(capture, Target(wish, path) with { Begun = wish.Begun, Seen = seen, Idle = idle }, TimeProvider.System, stop).Files;
        else wish.Begun?.Invoke();
        if (wish.Path is null) capture.Run(seen ?? ((in CapturedPacket _) => { }), idle ?? (() => { }), stop);
        return new(Tallies(capture), files, [.. capture.Gone.Select(n => $"the interface {n} was removed while it was captured on")]);
    }

    private static string? NamespaceOf(LiveWish wish)
    {
        if (wish.Container is { } container) return ContainerNamespace.Find(container);
        return wish.Namespace is { } name ? (name.StartsWith('/') ? name : "/run/netns/" + name) : null;
    }

    private static LiveTarget Target(LiveWish wish, string path) => new()
    {
        Path = path,
        MostBytes = wish.End.Bytes,
        MostFiles = wish.End.Files,
        Ring = new() { Bytes = wish.Ring.Bytes, Duration = wish.Ring.Duration, Packets = wish.Ring.Packets, Files = wish.Ring.Files },
    };

    private static LivePacketHandler? Seen(LiveWish wish, LiveCapture capture)
    {
        if (wish.Line is not { } line) return null;
        var interfaces = capture.Interfaces;
        return (in CapturedPacket p) => line(PacketLine.Of(p, interfaces[p.Interface], interfaces.Count > 1));
    }

    private static Action? Idle(LiveWish wish, LiveCapture capture)
    {
        if (wish.Progress is not { } progress) return null;
        var since = Stopwatch.StartNew();
        return () =>
        {
            if (since.ElapsedMilliseconds < ProgressMilliseconds) return;
            since.Restart();
            progress(Tallies(capture));
        };
    }

    private static List<LiveTally> Tallies(LiveCapture capture) =>
        [.. capture.Counts.Select(c => new LiveTally(c.Interface, c.Received, c.DroppedByKernel, c.DroppedByInterface, c.Taken, c.Left))];
}
