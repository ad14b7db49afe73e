using System.Diagnostics;
using System.Runtime.CompilerServices;
using NetSim.Capture.Files;
using NetSim.Capture.Sockets;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>Takes a packet of a live capture. Its bytes are gone when the call returns.</summary>
/// <param name="packet">The packet; its interface is a number of <see cref="LiveCapture.Interfaces"/>.</param>
public delegate void LivePacketHandler(in CapturedPacket packet);

/// <summary>Captures on one or several interfaces at once, in order of time.</summary>
public sealed class LiveCapture : IDisposable
{
    private const int AtOnce = 4096;
    private const int WaitMilliseconds = 50;
    private const int DrainMilliseconds = 1000;

    /// <summary>After so long an interface that gives nothing has nothing older: its block would have been handed over.</summary>
    private const long SettledNanoseconds = 3L * PacketRing.RetireMilliseconds * 1_000_000;
    private readonly List<ILiveSource> _sources = [];
    private readonly LiveOptions _options;
    private long[] _taken = [];
    private RawPacket[] _held = [];
    private bool[] _isHeld = [];
    private long _left;

    private LiveCapture(LiveOptions options)
    {
        _options = options;
        _left = options.Count ?? long.MaxValue;
    }

    /// <summary>What is captured on, in the order asked for.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => [.. _sources.Select(s => new CaptureInterface
    {
        Name = s.Name,
        LinkType = s.LinkType,
        Mac = s.Mac,
        SnapLength = _options.SnapLength,
        Filter = _options.Filter,
        Times = TimeScale.Nanoseconds,
    })];

    /// <summary>Counts so far, one for each interface.</summary>
    public IReadOnlyList<LiveCounts> Counts => [.. _sources.Select(CountsOf)];

    /// <summary>Interfaces that were removed while they were captured on.</summary>
    public IReadOnlyList<string> Gone => [.. _sources.Where(s => s.IsGone).Select(s => s.Name)];

    /// <summary>Opens all interfaces; from here on the kernel keeps packets for <see cref="Run"/>.</summary>
    /// <exception cref="MachineException">libpcap, an interface or a right is missing; the sentence says how to mend it.</exception>
    /// <exception cref="InputException">The filter is none.</exception>
    public static LiveCapture Open(LiveOptions options) => NamespaceEntry.Run(options.NamespaceFile, () =>
    {
        var capture = new LiveCapture(options);
        try
        {
            foreach (string name in options.Interfaces) capture._sources.Add(LiveSources.Open(name, options));
            int count = capture._sources.Count;
            (capture._taken, capture._held, capture._isHeld) = (new long[count], new RawPacket[count], new bool[count]);
            return capture;
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    });

    /// <summary>Hands on packets, one at a time, until the count or the duration is reached, all interfaces have gone or <paramref name="stop"/> asks; then what the kernel already holds.</summary>
    /// <param name="handler">Takes each packet.</param>
    /// <param name="idle">Called before waiting: all that came is handed on.</param>
    /// <param name="stop">Ends it.</param>
    public void Run(LivePacketHandler handler, Action idle, CancellationToken stop)
    {
        var since = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested && _left > 0 && !(_options.Duration is { } most && since.Elapsed >= most))
        {
            if (HandOn(handler)) continue;
            idle();
            if (!Wait()) break;
        }
        _sources.ForEach(s => s.Close());
        // The kernel gives a block that is not full after a while.
        for (var drain = Stopwatch.StartNew(); _left > 0 && drain.ElapsedMilliseconds < DrainMilliseconds;)
        {
            if (HandOn(handler)) continue;
            if (_sources.TrueForAll(s => s.IsDrained) && !_isHeld.Contains(true)) break;
            Thread.Sleep(1);
        }
        idle();
    }

    /// <summary>Hands on nothing more: <see cref="Run"/> returns.</summary>
    public void End() => _left = 0;

    /// <inheritdoc/>
    public void Dispose() => _sources.ForEach(s => s.Dispose());

    /// <summary>Hands on some packets; false when there are none to be had now.</summary>
    private bool HandOn(LivePacketHandler handler) => _sources.Count == 1 ? HandOnOne(handler) : HandOnInOrder(handler);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HandOnOne(LivePacketHandler handler)
    {
        var source = _sources[0];
        for (int n = 0; n < AtOnce; n++)
        {
            if (_left == 0 || !source.TryTake(out var packet)) return n > 0;
            Hand(0, packet, handler);
        }
        return true;
    }

    /// <summary>The oldest first, as soon as no other interface can still have an older one.</summary>
    private bool HandOnInOrder(LivePacketHandler handler)
    {
        for (int n = 0; n < AtOnce; n++)
        {
            int oldest = -1;
            bool isOpen = false;
            for (int i = 0; i < _sources.Count; i++)
            {
                if (!_isHeld[i]) _isHeld[i] = _sources[i].TryTake(out _held[i]);
                if (!_isHeld[i]) isOpen |= !_sources[i].IsDrained;
                else if (oldest < 0 || _held[i].UnixNanoseconds < _held[oldest].UnixNanoseconds) oldest = i;
            }
            if (_left == 0 || oldest < 0 || isOpen && !IsSettled(_held[oldest].UnixNanoseconds)) return n > 0;
            Hand(oldest, _held[oldest], handler);
            _isHeld[oldest] = false;
        }
        return true;
    }

    private LiveCounts CountsOf(ILiveSource source, int number)
    {
        var (received, dropped, byInterface) = source.Counts();
        return new(source.Name, received, dropped, byInterface, _taken[number], Math.Max(0, received - dropped - _taken[number]));
    }

    private bool IsSettled(long unixNanoseconds) => (_options.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100 - unixNanoseconds > SettledNanoseconds;

    private unsafe void Hand(int on, in RawPacket packet, LivePacketHandler handler)
    {
        handler(new()
        {
            Bytes = new ReadOnlySpan<byte>(packet.Bytes, packet.Captured),
            OriginalLength = packet.Length,
            UnixNanoseconds = packet.UnixNanoseconds,
            HasTime = true,
            Interface = on,
            Outbound = packet.Outbound,
        });
        _taken[on]++;
        if (_left > 0) _left--;
    }

    /// <summary>Waits until there may be more; false when nothing can come any more.</summary>
    private unsafe bool Wait()
    {
        if (_isHeld.Contains(true))
        {
            Thread.Sleep(PacketRing.RetireMilliseconds / 2);
            return true;
        }
        var polled = stackalloc SystemCalls.Polled[_sources.Count];
        for (int i = 0; i < _sources.Count; i++) polled[i] = new() { Descriptor = _sources[i].Descriptor, Events = 1 };
        _ = SystemCalls.Poll(polled, (nuint)_sources.Count, WaitMilliseconds);
        bool isTroubled = false;
        for (int i = 0; i < _sources.Count; i++) isTroubled |= (polled[i].Returned & ~1) != 0;
        if (!isTroubled) return true;
        // An interface went down (it may come back) or away.
        _sources.ForEach(s => s.Settle());
        Thread.Sleep(PacketRing.RetireMilliseconds);
        return !_sources.TrueForAll(s => s.IsGone);
    }
}
