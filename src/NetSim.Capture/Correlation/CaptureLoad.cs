using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Correlation;

/// <summary>Reads captures into memory: bytes that repeat are kept once, sightings are ordered by time.</summary>
internal sealed class CaptureLoad
{
    private readonly Dictionary<ulong, int> _frames = [];
    private readonly SortedDictionary<int, long> _passedOver = [];
    private byte[] _compare = new byte[2048];

    /// <summary>The frames.</summary>
    public PacketArena Frames { get; } = new();

    /// <summary>All sightings; in order after <see cref="Finish"/>.</summary>
    public List<Sighting> Sightings { get; } = [];

    /// <summary>All interfaces of all files.</summary>
    public List<CapturePoint> Points { get; } = [];

    /// <summary>Where files stopped making sense.</summary>
    public List<Damage> Damages { get; } = [];

    /// <summary>What the user should know.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Packets that the files say were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>Reads a file to its end or damage.</summary>
    /// <exception cref="InputException">All its packets are of link types that are not read.</exception>
    public void Read(CaptureReader reader)
    {
        int first = Points.Count, before = Sightings.Count;
        _passedOver.Clear();
        long time = 0;
        while (reader.TryNext(out var packet))
        {
            AddPoints(reader, first);
            if (packet.HasTime) time = packet.UnixNanoseconds;
            int linkType = reader.Interfaces[packet.Interface].LinkType;
            if (LinkTypes.IsRead(linkType)) Sightings.Add(new(time, Sightings.Count, Keep(packet, linkType), first + packet.Interface, packet.Outbound));
            else _passedOver[linkType] = _passedOver.GetValueOrDefault(linkType) + 1;
        }
        AddPoints(reader, first);
        Lost += reader.Interfaces.Sum(i => (i.DroppedBySystem ?? 0) + (i.DroppedByInterface ?? 0));
        Tell(reader, Sightings.Count - before);
    }

    /// <summary>Orders the sightings.</summary>
    public void Finish() => Sightings.Sort();

    private void AddPoints(CaptureReader reader, int first)
    {
        while (Points.Count - first < reader.Interfaces.Count)
            Points.Add(new(Points.Count, reader.FileName, reader.Interfaces[Points.Count - first]));
    }

    private int Keep(in CapturedPacket packet, int linkType)
    {
        ulong key = PacketKey.OfBytes(packet.Bytes);
        if (_frames.TryGetValue(key, out int there) && IsSame(there, packet, linkType)) return there;
        int made = Frames.Add(packet.Bytes, Math.Max(packet.OriginalLength, packet.Bytes.Length), linkType);
        _frames[key] = made;
        return made;
    }

    private bool IsSame(int frame, in CapturedPacket packet, int linkType)
    {
        int length = Frames.Length(frame);
        if (length != packet.Bytes.Length || Frames.OriginalLength(frame) != packet.OriginalLength || Frames.LinkType(frame) != linkType) return false;
        if (_compare.Length < length) _compare = new byte[length];
        Frames.Read(frame, _compare);
        return packet.Bytes.SequenceEqual(_compare.AsSpan(0, length));
    }

    private void Tell(CaptureReader reader, int read)
    {
        if (reader.Damage is { } damage)
        {
            Damages.Add(damage);
            Warnings.Add($"{damage}; {(read == 1 ? "the 1 packet" : $"the {read} packets")} before it are taken");
        }
        if (_passedOver.Count == 0)
        {
            if (read == 0 && reader.Damage is null) Warnings.Add($"{reader.FileName}: holds no packets");
            return;
        }
        string names = string.Join(", ", _passedOver.Select(p => LinkTypeNames.Name(p.Key)));
        if (read == 0) throw new InputException(reader.FileName, "", $"its packets are of link type {names}, which is not read; Ethernet, Linux cooked, raw IP and loopback are");
        Warnings.Add($"{reader.FileName}: {_passedOver.Values.Sum()} packets of link type {names} are passed over");
    }
}
