using NetSim.Analysis;
using NetSim.Analysis.Reading;
using NetSim.Capture.Correlation;
using NetSim.Capture.Files;

namespace NetSim.Workbench.Analysing;

/// <summary>Several captures as one, in order of time: each packet goes to its own capture's analysis and to that of all together, where it is known for what it is when another capture showed it before.</summary>
internal sealed class CaptureMerge
{
    /// <summary>Has no divisor in common with the number of places that are told apart.</summary>
    private const int PlacesOfAFile = 7;
    private readonly List<Head> _heads = [];
    private readonly PriorityQueue<Head, (long Time, int Order)> _queue = new();
    private readonly SightingJoin _join = new();

    /// <summary>Begins with the first packet of each.</summary>
    public CaptureMerge(IReadOnlyList<CaptureFeed> feeds)
    {
        foreach (var feed in feeds)
        {
            var head = new Head(feed, _heads.Count);
            _heads.Add(head);
            if (head.Advance()) _queue.Enqueue(head, (head.Time, head.Order));
        }
    }

    /// <summary>All captures as one.</summary>
    public CaptureAnalysis Together { get; } = new();

    /// <summary>Takes the next packet; false at the end of all.</summary>
    public bool TakeNext()
    {
        if (!_queue.TryDequeue(out var head, out _)) return false;
        head.Give(Together, _join);
        if (head.Advance()) _queue.Enqueue(head, (head.Time, head.Order));
        return true;
    }

    /// <summary>The next packet of a capture, in memory of its own.</summary>
    private sealed class Head(CaptureFeed feed, int order)
    {
        private byte[] _bytes = new byte[2048];
        private int _length, _original, _interface;
        private bool _hasTime;
        private bool? _outbound;

        public int Order => order;

        public long Time { get; private set; }

        public bool Advance()
        {
            if (!feed.Reader.TryNext(out var p)) return false;
            if (p.Bytes.Length > _bytes.Length) _bytes = new byte[Math.Max(p.Bytes.Length, _bytes.Length * 2)];
            p.Bytes.CopyTo(_bytes);
            (_length, _original, _interface, _hasTime, _outbound) = (p.Bytes.Length, p.OriginalLength, p.Interface, p.HasTime, p.Outbound);
            if (p.HasTime) Time = p.UnixNanoseconds;
            return true;
        }

        public void Give(CaptureAnalysis together, SightingJoin join)
        {
            var packet = new CapturedPacket { Bytes = _bytes.AsSpan(0, _length), OriginalLength = _original, UnixNanoseconds = _hasTime ? Time : 0, HasTime = _hasTime, Interface = _interface, Outbound = _outbound };
            if (!feed.Take(packet)) return;
            int linkType = feed.Reader.Interfaces[_interface].LinkType;
            together.Add(new SeenPacket
            {
                Bytes = packet.Bytes,
                OriginalLength = _original,
                UnixNanoseconds = packet.UnixNanoseconds,
                HasTime = _hasTime,
                LinkType = linkType,
                Interface = order,
                IsRepeated = join.IsRepeated(packet.Bytes, linkType, Time, unchecked(CaptureFeed.PointOf(packet, linkType) + order * PlacesOfAFile), CaptureFeed.IsOutbound(packet, linkType)),
            });
        }
    }
}
