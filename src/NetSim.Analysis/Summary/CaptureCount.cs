using System.Runtime.CompilerServices;
using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Summary;

/// <summary>What is counted of every packet, whatever is in it.</summary>
internal sealed class CaptureCount
{
    private readonly SortedDictionary<int, long> _linkTypes = [], _interfaces = [];
    private int _linkType = -1, _interface = int.MinValue;
    private long _ofLinkType, _ofInterface;
    private bool _hasTime;

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public long CapturedBytes { get; private set; }

    public long CutBySnapLength { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    public long Lowest { get; private set; } = long.MaxValue;

    public long Highest { get; private set; } = long.MinValue;

    public long TimeGoesBack { get; private set; }

    public long Repeated { get; private set; }

    public bool HasTime => _hasTime;

    public ThroughputCount Throughput { get; } = new();

    public IReadOnlyDictionary<int, long> LinkTypes()
    {
        Settle();
        return _linkTypes;
    }

    public IReadOnlyDictionary<int, long> Interfaces()
    {
        Settle();
        return _interfaces;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in SeenPacket p)
    {
        Packets++;
        Bytes += p.OriginalLength;
        CapturedBytes += p.Bytes.Length;
        if (p.Bytes.Length < p.OriginalLength) CutBySnapLength++;
        if (p.IsRepeated) Repeated++;
        if (p.LinkType != _linkType || p.Interface != _interface)
        {
            Settle();
            (_linkType, _interface) = (p.LinkType, p.Interface);
        }
        _ofLinkType++;
        _ofInterface++;
        if (!p.HasTime) return;
        AddTime(p.UnixNanoseconds);
        Throughput.Add(p.UnixNanoseconds, p.OriginalLength);
    }

    private void AddTime(long time)
    {
        if (!_hasTime)
        {
            First = Last = time;
            _hasTime = true;
        }
        if (time < Last) TimeGoesBack++;
        Last = time;
        if (time < Lowest) Lowest = time;
        if (time > Highest) Highest = time;
    }

    private void Settle()
    {
        if (_ofLinkType > 0) _linkTypes[_linkType] = _linkTypes.GetValueOrDefault(_linkType) + _ofLinkType;
        if (_ofInterface > 0 && _interface >= 0) _interfaces[_interface] = _interfaces.GetValueOrDefault(_interface) + _ofInterface;
        _ofLinkType = _ofInterface = 0;
    }
}
