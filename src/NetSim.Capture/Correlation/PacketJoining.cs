namespace NetSim.Capture.Correlation;

/// <summary>Gives sightings their packet: the nearest in time with the same key that this place and direction has not shown yet. A second sighting there is another packet: a retransmission.</summary>
internal sealed class PacketJoining
{
    /// <summary>Longer is no way through a host; a retransmission that is the same to the byte comes later.</summary>
    private const long LongestNanoseconds = 500_000_000;

    private readonly Dictionary<ulong, Open> _latest = [];
    private int _packets;

    private sealed class Open(int packet, Open? before)
    {
        public int Packet { get; } = packet;

        public Open? Before { get; private set; } = before;

        public long Last { get; set; }

        public UInt128 Seen { get; set; }

        public void Forget() => Before = null;
    }

    /// <summary>Packets so far.</summary>
    public int Count => _packets;

    /// <summary>The number of the packet that a sighting shows. Sightings come in order of time.</summary>
    /// <param name="key">Its <see cref="PacketKey"/>.</param>
    /// <param name="time">When, in nanoseconds.</param>
    /// <param name="point">Where, a small number.</param>
    /// <param name="outbound">Which way.</param>
    public int PacketOf(ulong key, long time, int point, bool outbound)
    {
        var bit = Places.Of(point, outbound);
        _latest.TryGetValue(key, out var latest);
        for (var open = latest; open is not null && unchecked((ulong)(time - open.Last)) <= LongestNanoseconds; open = open.Before)
        {
            if ((open.Seen & bit) != 0) continue;
            open.Seen |= bit;
            open.Last = time;
            return open.Packet;
        }
        // What is too old is not looked at again: the chain stays short.
        if (latest is not null && unchecked((ulong)(time - latest.Last)) > LongestNanoseconds) latest = null;
        latest?.Before?.Before?.Forget();
        _latest[key] = new(_packets, latest) { Last = time, Seen = bit };
        return _packets++;
    }
}
