using NetSim.Model.Addressing;

namespace NetSim.Model.Bridging;

/// <summary>Which MAC address lives behind which port of a bridge. A port is a small number of the owner's choosing (an ifindex, an array index).</summary>
/// <param name="ageing">Nanoseconds after which a learned entry is forgotten (Linux: 300 s).</param>
public sealed class ForwardingDatabase(long ageing)
{
    private const int RecentBits = 8;
    private readonly Dictionary<ulong, Known> _entries = [];
    private readonly Known?[] _recent = new Known?[1 << RecentBits]; // the last asked for, found without the dictionary

    /// <summary>An entry: its port, when it was last confirmed, and whether it is permanent (the port's own address).</summary>
    public readonly record struct Entry(int Port, long Seen, bool Permanent);

    private sealed class Known(ulong mac)
    {
        public readonly ulong Mac = mac;
        public int Port;
        public long Seen;
        public bool Permanent;
    }

    /// <summary>All entries, by address.</summary>
    public IEnumerable<KeyValuePair<MacAddress, Entry>> Entries =>
        _entries.OrderBy(e => e.Key).Select(e => KeyValuePair.Create(new MacAddress(e.Key), new Entry(e.Value.Port, e.Value.Seen, e.Value.Permanent)));

    /// <summary>Notes that <paramref name="mac"/> sent from <paramref name="port"/>.</summary>
    /// <returns>True when this is new or the address moved: a change of the table.</returns>
    public bool Learn(MacAddress mac, int port, long now)
    {
        var e = Find(mac.Value);
        bool moved = e is null || e.Port != port;
        if (e is null) _entries[mac.Value] = e = new Known(mac.Value);
        else if (e.Permanent) return false;
        e.Port = port;
        e.Seen = now;
        return moved;
    }

    /// <summary>A permanent entry: the address of a port itself, or of the bridge.</summary>
    public void AddPermanent(MacAddress mac, int port)
    {
        var e = Find(mac.Value) ?? (_entries[mac.Value] = new Known(mac.Value));
        (e.Port, e.Seen, e.Permanent) = (port, 0, true);
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(MacAddress mac)
    {
        _entries.Remove(mac.Value);
        Array.Clear(_recent);
    }

    /// <summary>The decision: the port of an address, or -1 when it is not known (flood).</summary>
    public int Lookup(MacAddress mac, long now) => Find(mac.Value) is { } e && (e.Permanent || now - e.Seen <= ageing) ? e.Port : -1;

    /// <summary>When the learned entry that was confirmed longest ago was; null when nothing is learned.</summary>
    public long? Oldest => _entries.Values.Where(e => !e.Permanent).Select(e => (long?)e.Seen).Min();

    /// <summary>Forgets learned entries that are too old, and gives their addresses in order.</summary>
    public IReadOnlyList<MacAddress> Expire(long now)
    {
        var old = _entries.Where(e => !e.Value.Permanent && now - e.Value.Seen >= ageing).Select(e => new MacAddress(e.Key)).Order().ToList();
        foreach (var mac in old) _entries.Remove(mac.Value);
        return old;
    }

    /// <summary>Forgets everything behind a port that went away.</summary>
    public void RemovePort(int port)
    {
        foreach (var mac in _entries.Where(e => e.Value.Port == port).Select(e => e.Key).ToList()) _entries.Remove(mac);
        Array.Clear(_recent);
    }

    private Known? Find(ulong mac)
    {
        ref var recent = ref _recent[mac * 0x9E37_79B9_7F4A_7C15 >> (64 - RecentBits)];
        if (recent is { } last && last.Mac == mac) return last;
        if (_entries.TryGetValue(mac, out var known)) recent = known;
        return known;
    }
}
