using System.Globalization;
using NetSim.Capture.Files;

namespace NetSim.Capture.Live;

/// <summary>The file, or the files one after the other, that a live capture is written to.</summary>
internal sealed class FileSequence(LiveCapture capture, LiveTarget target, FileQueue queue, TimeProvider clock)
{
    private readonly IReadOnlyList<CaptureInterface> _interfaces = capture.Interfaces;
    private readonly Queue<QueuedFile> _files = new();
    private QueuedFile _file = null!;
    private PcapWriter? _pcap;
    private PcapngWriter? _pcapng;
    private long _last, _since, _packets, _bytesBefore;
    private int _begun;
    private bool _isFull;

    /// <summary>Files that are there, the oldest first.</summary>
    public IReadOnlyList<string> Files => [.. _files.Select(f => f.Path)];

    /// <summary>Is as much written as was asked for?</summary>
    public bool IsComplete => target.MostBytes is { } bytes && _bytesBefore + Written >= bytes || target.MostFiles is { } files && _begun >= files && _isFull;

    /// <summary>Bytes of this file, with those that its writer still gathers.</summary>
    private long Written => _file.Length + (_pcap?.Gathered ?? _pcapng?.Gathered ?? 0);

    /// <summary>Begins the first file, or the next.</summary>
    public void Begin()
    {
        string path = target.Ring.IsAsked ? NameOf(++_begun) : target.Path;
        _file = new QueuedFile(queue, path);
        if (_files.Count == 0) _file.Open();
        _files.Enqueue(_file);
        (_packets, _isFull, _since) = (0, false, clock.GetTimestamp());
        if (path.EndsWith(".pcap", StringComparison.OrdinalIgnoreCase) && _interfaces.Count == 1) _pcap = new(_file, _interfaces[0].LinkType, (int)_interfaces[0].SnapLength);
        else Declare(_pcapng = new(_file));
        while (_files.Count > (target.Ring.Files ?? int.MaxValue)) _files.Dequeue().Remove();
    }

    /// <summary>Appends a packet, to the next file when this one is full.</summary>
    public void Write(in CapturedPacket packet)
    {
        if (_isFull) Next();
        _pcap?.Write(packet.UnixNanoseconds, packet.Bytes, packet.OriginalLength);
        _pcapng?.Write(packet.Interface, packet.UnixNanoseconds, packet.Bytes, packet.OriginalLength, packet.Outbound);
        if (packet.UnixNanoseconds > _last) _last = packet.UnixNanoseconds;
        _packets++;
        if (target.Ring.IsAsked) _isFull = IsFull();
    }

    /// <summary>Lets readers of the file see what is there.</summary>
    public void Flush()
    {
        if (target.Ring.Duration is not null && _packets > 0) _isFull = IsFull();
        _pcap?.Flush();
        _pcapng?.Flush();
        _file.HandOver();
    }

    /// <summary>Ends the file, a pcapng with the counts so far.</summary>
    public void End()
    {
        if (_pcapng is not null)
        {
            var counts = capture.Counts;
            for (int i = 0; i < counts.Count; i++) _pcapng.WriteStatistics(i, _last, counts[i].Received, counts[i].DroppedByInterface, counts[i].DroppedByKernel);
        }
        _pcap?.Dispose();
        _pcapng?.Dispose();
        (_pcap, _pcapng) = (null, null);
    }

    private void Next()
    {
        End();
        _bytesBefore += _file.Length;
        Begin();
    }

    private bool IsFull()
    {
        var ring = target.Ring;
        if (ring.Bytes is { } bytes && Written >= bytes || ring.Packets is { } packets && _packets >= packets) return true;
        return ring.Duration is { } duration && clock.GetElapsedTime(_since) >= duration;
    }

    private void Declare(PcapngWriter writer)
    {
        foreach (var i in _interfaces) writer.AddInterface(i.Name, mac: i.Mac, linkType: i.LinkType, snapLength: (int)i.SnapLength, filter: i.Filter);
    }

    /// <summary>As dumpcap names them: base_number_time.ending.</summary>
    private string NameOf(int number)
    {
        string time = clock.GetLocalNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        string name = $"{Path.GetFileNameWithoutExtension(target.Path)}_{number:00000}_{time}{Path.GetExtension(target.Path)}";
        return Path.Combine(Path.GetDirectoryName(target.Path) ?? "", name);
    }
}
