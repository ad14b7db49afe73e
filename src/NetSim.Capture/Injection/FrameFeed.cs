using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Injection;

/// <summary>Reads captures on a thread of its own, some batches ahead of who sends them.</summary>
internal sealed class FrameFeed : IDisposable
{
    private const int Ahead = 16;
    private const int EthernetHeaderLength = 14;
    private const int MostFrame = 256 * 1024;
    private readonly IReadOnlyList<string> _paths;
    private readonly ReplayOptions _options;
    private readonly Queue<FrameBatch> _full = new(), _free = new();
    private readonly List<FrameBatch> _all = [];
    private readonly object _gate = new();
    private readonly Thread _thread;
    private Exception? _failure;
    private bool _isOver, _isUnwanted;
    private long _number, _loopStart, _last, _gaps;

    /// <summary>Begins to read.</summary>
    public FrameFeed(IReadOnlyList<string> paths, ReplayOptions options)
    {
        (_paths, _options) = (paths, options);
        for (int i = 0; i < Ahead; i++)
        {
            _all.Add(new());
            _free.Enqueue(_all[i]);
        }
        _thread = new(ReadAll) { IsBackground = true, Name = "replay reader" };
        _thread.Start();
    }

    /// <summary>Packets without an Ethernet header.</summary>
    public long WithoutHeader { get; private set; }

    /// <summary>Packets of which the capture has only a part.</summary>
    public long Cut { get; private set; }

    /// <summary>Where files stopped making sense.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The next batch; the one before may be filled anew. Null at the end.</summary>
    /// <exception cref="InputException">A file can't be read at all.</exception>
    public FrameBatch? Next(FrameBatch? before)
    {
        lock (_gate)
        {
            if (before is not null)
            {
                _free.Enqueue(before);
                Monitor.PulseAll(_gate);
            }
            while (_full.Count == 0 && !_isOver) Monitor.Wait(_gate);
            if (_full.TryDequeue(out var batch)) return batch;
            return _failure is null ? null : throw _failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isUnwanted = true;
            Monitor.PulseAll(_gate);
        }
        _thread.Join();
        _all.ForEach(b => b.Dispose());
    }

    private void ReadAll()
    {
        var batch = Free();
        try
        {
            for (int loop = 0; loop < _options.Loops && batch is not null; loop++)
            {
                long before = _number;
                batch = ReadOnce(batch, first: loop == 0);
                if (_number == before) break;
                // The next time over begins a mean gap after the last packet.
                _loopStart = _last + (_number - before > 1 ? _gaps / (_number - before - 1) : 0);
            }
        }
        catch (InputException e)
        {
            _failure = e;
        }
        lock (_gate)
        {
            if (batch is { Count: > 0 }) _full.Enqueue(batch);
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Reads the captures one after the other, each in its own time.</summary>
    private FrameBatch? ReadOnce(FrameBatch? batch, bool first)
    {
        long start = _loopStart;
        foreach (string path in _paths)
        {
            using var reader = CaptureReader.Open(path);
            long? zero = null;
            while (batch is not null && reader.TryNext(out var packet))
            {
                zero ??= packet.UnixNanoseconds;
                long due = Math.Max(_last, start + (long)((packet.UnixNanoseconds - zero.Value) / _options.Speed));
                batch = Add(batch, packet, reader.Interfaces[packet.Interface].LinkType, first, due);
            }
            if (first && reader.Damage is { } damage) Warnings.Add($"{damage}; what is before it is sent");
            start = _last;
        }
        _gaps = _last - _loopStart;
        return batch;
    }

    private FrameBatch? Add(FrameBatch batch, in CapturedPacket packet, int linkType, bool counts, long due)
    {
        bool isEthernet = linkType == LinkTypes.Ethernet;
        LinkView link = default;
        if (!isEthernet && (_options.Fit is null || !LinkView.TryRead(packet.Bytes, linkType, out link) || link.EtherType == 0) || packet.Bytes.Length is 0 or > MostFrame)
        {
            if (counts) WithoutHeader++;
            return batch;
        }
        if (counts && packet.Bytes.Length < packet.OriginalLength) Cut++;
        if (_options.PacketsPerSecond is { } rate) due = (long)(_number * 1e9 / rate);
        (_last, _number) = (due, _number + 1);
        int length = isEthernet ? packet.Bytes.Length : EthernetHeaderLength + link.Payload.Length;
        var room = batch.Take(length, due);
        FrameBatch? into = batch;
        if (room.IsEmpty)
        {
            into = Exchange(batch);
            if (into is null) return null;
            room = into.Take(length, due);
        }
        if (isEthernet) packet.Bytes.CopyTo(room);
        else
        {
            room[..12].Clear();
            (room[12], room[13]) = ((byte)(link.EtherType >> 8), (byte)(link.EtherType & 255));
            link.Payload.CopyTo(room[EthernetHeaderLength..]);
        }
        _options.Fit?.Apply(room);
        return into;
    }

    /// <summary>Gives a full batch away for an empty one; null when nobody wants more.</summary>
    private FrameBatch? Exchange(FrameBatch full)
    {
        lock (_gate)
        {
            _full.Enqueue(full);
            Monitor.PulseAll(_gate);
        }
        return Free();
    }

    private FrameBatch? Free()
    {
        lock (_gate)
        {
            while (_free.Count == 0 && !_isUnwanted) Monitor.Wait(_gate);
            if (_isUnwanted) return null;
            var batch = _free.Dequeue();
            batch.Clear();
            return batch;
        }
    }
}
