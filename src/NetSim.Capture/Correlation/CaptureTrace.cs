using NetSim.Capture.Files;
using NetSim.Capture.Inference;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Correlation;

/// <summary>A trace made from captures: its first events build a topology, the others are sightings in order of time, each with the packet that it shows.</summary>
public sealed class CaptureTrace
{
    private readonly CaptureLoad _load;
    private readonly PacketJoining _joining = new();
    private byte[] _buffer = new byte[2048];

    private CaptureTrace(CaptureLoad load)
    {
        _load = load;
        load.Finish();
        long zero = load.Sightings.Count == 0 ? 0 : load.Sightings[0].Time;
        Trace = new(load.Frames) { ZeroUnixNanoseconds = zero, LostPackets = load.Lost };
    }

    /// <summary>The trace. Its zero is the first packet.</summary>
    public Trace Trace { get; }

    /// <summary>Where files stopped making sense.</summary>
    public IReadOnlyList<Damage> Damages => _load.Damages;

    /// <summary>Sentences for standard error: damage, what was passed over, what could not be placed.</summary>
    public IReadOnlyList<string> Warnings => _load.Warnings;

    /// <summary>Packets, each counted once however often it was seen.</summary>
    public int Packets => _joining.Count;

    /// <summary>Sightings: packets as the files hold them.</summary>
    public int Sightings => _load.Sightings.Count;

    /// <summary>Reads captures.</summary>
    /// <param name="paths">Files; "-" is standard input.</param>
    /// <param name="setting">The host they were taken on; null: it is guessed from the packets.</param>
    /// <exception cref="Model.Input.InputException">A file can't be read at all, or only link types that are not read are in it.</exception>
    public static CaptureTrace Read(IEnumerable<string> paths, CaptureSetting? setting = null)
    {
        var load = new CaptureLoad();
        foreach (string path in paths)
        {
            using var reader = CaptureReader.Open(path);
            load.Read(reader);
        }
        var made = new CaptureTrace(load);
        if (setting is null) made.Guess();
        else made.Place(setting);
        return made;
    }

    private void Guess()
    {
        var met = new Neighbourhood();
        var names = new HeardNames();
        foreach (var s in _load.Sightings)
        {
            if (LinkEnds.TryRead(Bytes(s.Frame), Trace.Packets.LinkType(s.Frame), out var ends)) met.Learn(ends, s.Point);
            names.Hear(Bytes(s.Frame), Trace.Packets.LinkType(s.Frame));
        }
        var host = InferredHost.Of(met, names);
        foreach (var change in host.Changes) Trace.Add(SimTime.Zero, change);
        var shown = new HashSet<(int Packet, int Place)>();
        foreach (var s in _load.Sightings)
        {
            if (!LinkEnds.TryRead(Bytes(s.Frame), Trace.Packets.LinkType(s.Frame), out var ends)) continue;
            Place? from = host.Sender(ends), to = host.Receiver(ends);
            int packet = PacketOf(s, s.Outbound == true);
            // What was seen on the wire its sender did transmit; that its receiver got it is not shown.
            if (from is { Interface: "lo" }) Add(s, packet, StepKind.Received, from, 0);
            else if (from is not null && shown.Add((packet, Trace.PlaceNumber(from)))) Add(s, packet, StepKind.Transmitted, from, 0);
            if (to is not null && to != from && shown.Add((packet, Trace.PlaceNumber(to)))) Add(s, packet, StepKind.Seen, to, from is null ? 0 : 1);
            else if (from is null && to is null) Add(s, packet, StepKind.Seen, new("host", null), 0);
        }
    }

    private void Place(CaptureSetting setting)
    {
        var topology = new Topology();
        foreach (var change in setting.Changes)
        {
            topology.Apply(change);
            Trace.Add(SimTime.Zero, change);
        }
        var finding = new PointFinding(topology, setting.Files);
        var ends = EndsByPoint();
        var places = _load.Points.Select(p => finding.Find(p, ends[p.Number]) ?? Unplaced(p)).ToList();
        foreach (var s in _load.Sightings)
        {
            var bytes = Bytes(s.Frame);
            int linkType = Trace.Packets.LinkType(s.Frame);
            bool? outbound = s.Outbound ?? finding.IsOutbound(places[s.Point], bytes, linkType);
            bool onlyTap = outbound == false && finding.IsOnlyTap(places[s.Point], bytes, linkType);
            var kind = outbound switch { true => StepKind.Transmitted, false => StepKind.Received, null => StepKind.Seen };
            Add(s, PacketOf(s, outbound == true), kind, places[s.Point], onlyTap ? 1 : 0);
        }
    }

    /// <summary>MAC addresses at both ends of unicast frames, for each capture interface: enough of them to tell where it was.</summary>
    private List<List<HashSet<MacAddress>>> EndsByPoint()
    {
        const int Enough = 1000;
        var ends = _load.Points.ConvertAll(_ => new List<HashSet<MacAddress>>());
        foreach (var s in _load.Sightings)
        {
            if (ends[s.Point].Count >= Enough || Trace.Packets.LinkType(s.Frame) != LinkTypes.Ethernet) continue;
            if (EthernetView.TryRead(Bytes(s.Frame), out var e) && !e.Destination.IsMulticast) ends[s.Point].Add([e.Source, e.Destination]);
        }
        return ends;
    }

    private Place Unplaced(CapturePoint point)
    {
        string name = point.Interface.Name.Length > 0 ? point.Interface.Name : Path.GetFileNameWithoutExtension(point.File);
        if (_load.Sightings.Exists(s => s.Point == point.Number)) _load.Warnings.Add($"{point.File}: nothing tells where {name} was captured; its packets are shown without a place");
        return new("host", name);
    }

    private int PacketOf(Sighting s, bool outbound) =>
        _joining.PacketOf(PacketKey.Of(Bytes(s.Frame), Trace.Packets.LinkType(s.Frame)), s.Time, s.Point, outbound);

    private void Add(Sighting s, int packet, StepKind kind, Place place, int a) =>
        Trace.Add(new TraceRow((long)Math.Min(long.MaxValue, unchecked((ulong)(s.Time - Trace.ZeroUnixNanoseconds))), packet, Trace.PlaceNumber(place), a, s.Frame, kind));

    private ReadOnlySpan<byte> Bytes(int frame)
    {
        int length = Trace.Packets.Length(frame);
        if (length > _buffer.Length) _buffer = new byte[length];
        Trace.Packets.Read(frame, _buffer);
        return _buffer.AsSpan(0, length);
    }
}
