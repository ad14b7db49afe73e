using System.Diagnostics;
using NetSim.Capture.Files;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>What a live capture into files gave.</summary>
/// <param name="Counts">What became of the packets, for each interface.</param>
/// <param name="Files">The files that are there, the oldest first.</param>
public sealed record LiveFiles(IReadOnlyList<LiveCounts> Counts, IReadOnlyList<string> Files);

/// <summary>A live capture into files: pcapng with an interface block for each interface and its counts, or a classic pcap for one interface when the name ends in .pcap.</summary>
public static class LiveFile
{
    private const int FlushMilliseconds = 100;

    /// <summary>Captures until the options, the target or <paramref name="stop"/> end it.</summary>
    /// <param name="capture">An open capture.</param>
    /// <param name="target">Where to.</param>
    /// <param name="clock">Tells the time, for rings and names.</param>
    /// <param name="stop">Ends it; what is written so far is kept.</param>
    /// <exception cref="InputException">The file can't be written.</exception>
    public static LiveFiles Write(LiveCapture capture, LiveTarget target, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            using var queue = new FileQueue();
            var files = new FileSequence(capture, target, queue, clock);
            files.Begin();
            target.Begun?.Invoke();
            Run(capture, target, files, stop);
            files.End();
            queue.Finish();
            return new(capture.Counts, files.Files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(target.Path, "", $"can't be written ({e.Message.TrimEnd('.')})");
        }
    }

    private static void Run(LiveCapture capture, LiveTarget target, FileSequence files, CancellationToken stop)
    {
        var flushed = Stopwatch.StartNew();
        bool isBounded = target.MostBytes is not null || target.MostFiles is not null;
        capture.Run((in CapturedPacket packet) =>
        {
            files.Write(packet);
            if (isBounded && files.IsComplete) capture.End();
            target.Seen?.Invoke(packet);
        }, () =>
        {
            if (flushed.ElapsedMilliseconds >= FlushMilliseconds)
            {
                files.Flush();
                flushed.Restart();
                if (isBounded && files.IsComplete) capture.End();
            }
            target.Idle?.Invoke();
        }, stop);
    }
}
