using System.Runtime.CompilerServices;
using NetSim.Analysis;
using NetSim.Analysis.Reading;
using NetSim.Capture.Correlation;
using NetSim.Capture.Files;
using NetSim.Capture.Filtering;
using NetSim.Wire.Decoding;

namespace NetSim.Workbench.Analysing;

/// <summary>Feeds the packets of a capture to an analysis: those that the wish asks for, and whether each was seen before at another place of the capture.</summary>
internal sealed class CaptureFeed(CaptureReader reader, AnalysisWish wish, PacketFilter? filter) : IDisposable
{
    private readonly CaptureAnalysis _analysis = new();
    private readonly bool _namesInterfaces = reader.Format == "pcapng";
    private readonly bool _takesAll = filter is null && wish.From is null && wish.To is null;
    private SightingJoin? _join;
    private long? _first;
    private int _points, _interface = -1, _number;

    public CaptureReader Reader => reader;

    public long Packets => _analysis.Packets;

    /// <summary>Takes a packet; false when the wish does not ask for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Take(in CapturedPacket packet)
    {
        int linkType = reader.Interfaces[packet.Interface].LinkType;
        if (!_takesAll && !IsAsked(packet, linkType)) return false;
        _analysis.Add(new SeenPacket
        {
            Bytes = packet.Bytes,
            OriginalLength = packet.OriginalLength,
            UnixNanoseconds = packet.UnixNanoseconds,
            HasTime = packet.HasTime,
            LinkType = linkType,
            Interface = _namesInterfaces ? NumberInSection(packet.Interface) : -1,
            IsRepeated = HasSeveralPlaces(linkType) && IsRepeated(packet, linkType),
        });
        return true;
    }

    public AnalysedCapture Result() => new(reader.FileName, reader.Format, _analysis.Result(wish.Streams),
        reader.Interfaces.Select(i => new AnalysedInterface(i.Name, LinkTypeNames.Name(i.LinkType), (i.DroppedBySystem ?? 0) + (i.DroppedByInterface ?? 0))).ToList(), reader.Damage?.ToString());

    public void Dispose() => reader.Dispose();

    /// <summary>Where within the capture a packet was seen: the interface, of a cooked capture the one it names.</summary>
    public static int PointOf(in CapturedPacket packet, int linkType) =>
        linkType == LinkTypes.LinuxSll2 && LinkView.TryRead(packet.Bytes, linkType, out var link) ? packet.Interface + (link.InterfaceIndex & 0xFFFF) : packet.Interface;

    /// <summary>Did the interface send it? Cooked captures say so.</summary>
    public static bool IsOutbound(in CapturedPacket packet, int linkType) =>
        packet.Outbound ?? (linkType is LinkTypes.LinuxSll or LinkTypes.LinuxSll2 && LinkView.TryRead(packet.Bytes, linkType, out var link) && link.PacketType == 4);

    /// <summary>Files number interfaces anew in each section.</summary>
    private int NumberInSection(int at)
    {
        if (at == _interface) return _number;
        int first = at;
        while (first > 0 && reader.Interfaces[first - 1].Section == reader.Interfaces[at].Section) first--;
        (_interface, _number) = (at, at - first);
        return _number;
    }

    private bool HasSeveralPlaces(int linkType)
    {
        if (linkType is LinkTypes.LinuxSll or LinkTypes.LinuxSll2) return true;
        if (!_namesInterfaces) return false;
        if (_points < 2) _points = reader.Interfaces.Count;
        return _points > 1;
    }

    private bool IsRepeated(in CapturedPacket packet, int linkType) =>
        (_join ??= new()).IsRepeated(packet.Bytes, linkType, packet.UnixNanoseconds, PointOf(packet, linkType), IsOutbound(packet, linkType));

    private bool IsAsked(in CapturedPacket packet, int linkType)
    {
        if (packet.HasTime) _first ??= packet.UnixNanoseconds;
        if (wish.From is { } from && (!packet.HasTime || packet.UnixNanoseconds < from.At(_first!.Value))) return false;
        if (wish.To is { } to && (!packet.HasTime || packet.UnixNanoseconds > to.At(_first!.Value))) return false;
        return filter is null || filter.Takes(packet.Bytes, packet.OriginalLength, linkType);
    }
}
