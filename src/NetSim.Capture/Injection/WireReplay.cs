using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NetSim.Capture.Sockets;
using NetSim.Model.Input;

namespace NetSim.Capture.Injection;

/// <summary>Sends captures to a wire, each packet at its time or as fast as it goes, many with one call (sendmmsg(2)).</summary>
public sealed unsafe class WireReplay : IDisposable
{
    private const int Monotonic = 1;
    private const int Absolute = 1;
    private const int FirstInFirstOut = 1;
    private const int TooLongError = 90;
    private const int NoBufferError = 105;
    private const int TryAgainError = 11;
    private const int InterruptedError = 4;
    private const int DownError = 100;
    private const int GoneError = 6;
    private const long LongestSleep = 100_000_000;
    private const long Beginning = 2_000_000;
    private readonly PacketSocket _socket;
    private readonly ReplayOptions _options;
    private readonly Lateness _late = new();
    private long _sent, _bytes, _tooLong, _refused, _start;

    private WireReplay(PacketSocket socket, ReplayOptions options) => (_socket, _options) = (socket, options);

    /// <summary>Opens the interface.</summary>
    /// <exception cref="MachineException">There is none of that name, it is down, or a right is missing.</exception>
    public static WireReplay Open(ReplayOptions options) =>
        NamespaceEntry.Run(options.NamespaceFile, () => new WireReplay(PacketSocket.Open(options.Interface, "Sending"), options));

    /// <summary>Sends, on a thread of its own, until all is sent or <paramref name="stop"/> asks.</summary>
    /// <param name="paths">Capture files, one after the other; "-" is standard input.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InputException">A file can't be read at all.</exception>
    /// <exception cref="MachineException">The interface goes down or away.</exception>
    public ReplayOutcome Run(IReadOnlyList<string> paths, CancellationToken stop)
    {
        ReplayOutcome? outcome = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(Send) { Name = "replay" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return outcome!;

        void Send()
        {
            try
            {
                outcome = SendAll(paths, stop);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private ReplayOutcome SendAll(IReadOnlyList<string> paths, CancellationToken stop)
    {
        using var feed = new FrameFeed(paths, _options);
        if (!_options.IsTopSpeed) BeOnTime();
        var batch = feed.Next(null);
        _ = SystemCalls.SendMany(_socket.Descriptor, null, 0, 0);
        long begin = _start = Now() + Beginning;
        while (batch is not null && !stop.IsCancellationRequested)
        {
            if (_options.IsTopSpeed) Send(batch, 0, batch.Count, stop);
            else SendInTime(batch, stop);
            batch = feed.Next(batch);
        }
        return new()
        {
            Sent = _sent,
            Bytes = _bytes,
            TooLong = _tooLong,
            Refused = _refused,
            WithoutHeader = feed.WithoutHeader,
            Cut = feed.Cut,
            Took = TimeSpan.FromMicroseconds(Math.Max(0, Now() - begin) / 1000.0),
            LateMedian = _late.At(0.5),
            LateP99 = _late.At(0.99),
            LateMost = _late.Most,
            Warnings = feed.Warnings,
        };
    }

    /// <summary>Each frame when it is due; those that are due together go together.</summary>
    private void SendInTime(FrameBatch batch, CancellationToken stop)
    {
        for (int next = 0; next < batch.Count;)
        {
            if (!WaitFor(_start + batch.Due(next), stop)) return;
            long since = Now() - _start;
            int end = next + 1;
            while (end < batch.Count && batch.Due(end) <= since) end++;
            Send(batch, next, end, stop);
            long done = Now() - _start;
            for (; next < end; next++) _late.Add(done - batch.Due(next));
        }
    }

    private void Send(FrameBatch batch, int from, int to, CancellationToken stop)
    {
        while (from < to && !stop.IsCancellationRequested)
        {
            int sent = SystemCalls.SendMany(_socket.Descriptor, batch.From(from), (uint)(to - from), 0);
            if (sent > 0)
            {
                for (int i = from; i < from + sent; i++) _bytes += batch.Length(i);
                (_sent, from) = (_sent + sent, from + sent);
                continue;
            }
            switch (Marshal.GetLastPInvokeError())
            {
                case NoBufferError or TryAgainError or InterruptedError:
                    Sleep(Now() + 50_000);
                    break;
                case TooLongError:
                    (_tooLong, from) = (_tooLong + 1, from + 1);
                    break;
                case DownError or GoneError:
                    throw new MachineException($"The interface {_options.Interface} went down after {_sent} frames.", $"sudo ip link set {_options.Interface} up");
                default:
                    (_refused, from) = (_refused + 1, from + 1);
                    break;
            }
        }
    }

    /// <summary>A thread that waits for its time and then has the processor at once, where that may be asked for (CAP_SYS_NICE).</summary>
    private static void BeOnTime()
    {
        int priority = 1;
        _ = SystemCalls.SetScheduler(0, FirstInFirstOut, &priority);
    }

    private static bool WaitFor(long time, CancellationToken stop)
    {
        for (long now = Now(); now < time; now = Now())
        {
            if (stop.IsCancellationRequested) return false;
            Sleep(Math.Min(time, now + LongestSleep));
        }
        return true;
    }

    private static void Sleep(long until)
    {
        var time = new SystemCalls.TimeSpec { Seconds = until / 1_000_000_000, Nanoseconds = until % 1_000_000_000 };
        _ = SystemCalls.Sleep(Monotonic, Absolute, &time, null);
    }

    private static long Now()
    {
        SystemCalls.TimeSpec now;
        _ = SystemCalls.Time(Monotonic, &now);
        return now.Seconds * 1_000_000_000 + now.Nanoseconds;
    }
}
