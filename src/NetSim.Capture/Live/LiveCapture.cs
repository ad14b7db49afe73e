using System.Diagnostics;
using NetSim.Capture.Files;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>Takes a packet of a live capture. Its bytes are gone when the call returns.</summary>
/// <param name="packet">The packet; its interface is a number of <see cref="LiveCapture.Interfaces"/>.</param>
public delegate void LivePacketHandler(in CapturedPacket packet);

/// <summary>Captures on one or several interfaces at once, through SharpPcap.</summary>
public sealed class LiveCapture : IDisposable
{
    private readonly List<LiveInterface> _interfaces = [];
    private readonly LiveOptions _options;
    private readonly Lock _handing = new();
    private long _left;

    private LiveCapture(LiveOptions options)
    {
        _options = options;
        _left = options.Count ?? long.MaxValue;
    }

    /// <summary>What is captured on, in the order asked for.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => [.. _interfaces.Select(i => new CaptureInterface
    {
        Name = i.Name,
        LinkType = i.LinkType,
        SnapLength = _options.SnapLength,
        Filter = _options.Filter,
        Times = TimeScale.Nanoseconds,
    })];

    /// <summary>Counts so far, one for each interface. They add up: received = taken + dropped by the kernel, once the capture has ended.</summary>
    public IReadOnlyList<LiveCounts> Counts => [.. _interfaces.Select(i => i.Counts)];

    /// <summary>Opens all interfaces; from here on the kernel keeps packets for <see cref="Run"/>.</summary>
    /// <exception cref="MachineException">libpcap, an interface or a right is missing; the sentence says how to mend it.</exception>
    /// <exception cref="InputException">The filter is none.</exception>
    public static LiveCapture Open(LiveOptions options)
    {
        Libpcap.Require();
        return NamespaceEntry.Run(options.NamespaceFile, () =>
        {
            var capture = new LiveCapture(options);
            try
            {
                foreach (string name in options.Interfaces) capture._interfaces.Add(LiveInterface.Open(name, capture._interfaces.Count, options));
                return capture;
            }
            catch
            {
                capture.Dispose();
                throw;
            }
        });
    }

    /// <summary>Hands on packets, one at a time, until the count or the duration is reached or <paramref name="stop"/> asks; then what the kernel already holds.</summary>
    public void Run(LivePacketHandler handler, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var since = Stopwatch.StartNew();
        var threads = _interfaces.ConvertAll(i => new Thread(() => Take(i, handler, ending, since)) { IsBackground = true, Name = $"capture {i.Name}" });
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
    }

    /// <inheritdoc/>
    public void Dispose() => _interfaces.ForEach(i => i.Dispose());

    private void Take(LiveInterface on, LivePacketHandler handler, CancellationTokenSource ending, Stopwatch since)
    {
        while (!IsOver(ending, since))
            if (on.TryTake(out var packet)) Hand(packet, handler, ending);
        // Drain what came before the end, but don't chase a sender that never pauses.
        long most = on.Counts.Received - on.Counts.DroppedByKernel - on.Taken;
        for (long n = 0; n < most && Interlocked.Read(ref _left) > 0 && on.TryTake(out var packet); n++) Hand(packet, handler, ending);
    }

    private bool IsOver(CancellationTokenSource ending, Stopwatch since) => ending.IsCancellationRequested || _options.Duration is { } most && since.Elapsed >= most;

    private void Hand(in CapturedPacket packet, LivePacketHandler handler, CancellationTokenSource ending)
    {
        lock (_handing)
        {
            if (_left == 0) return;
            handler(packet);
            if (--_left == 0) ending.Cancel();
        }
    }
}
