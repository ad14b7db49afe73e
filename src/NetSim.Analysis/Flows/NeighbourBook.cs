using NetSim.Model.Addressing;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Flows;

/// <summary>Which MAC addresses claim which address, by ARP (RFC 826; RFC 5227, section 2.4: a conflict is another sender of the same address).</summary>
internal sealed class NeighbourBook
{
    private const int Most = 1 << 16;
    private const int MostConflicts = 256;
    private readonly Dictionary<IpAddress, MacAddress> _owners = [];
    private readonly SortedDictionary<int, long> _operations = [];

    /// <summary>Addresses with more than one owner, and all owners.</summary>
    public SortedDictionary<IpAddress, List<MacAddress>> Conflicts { get; } = [];

    /// <summary>Packets by operation: 1 requests, 2 replies.</summary>
    public IReadOnlyDictionary<int, long> Operations => _operations;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8) return;
        int operation = bytes[6] << 8 | bytes[7];
        _operations[operation] = _operations.GetValueOrDefault(operation) + 1;
        if (!ArpView.TryRead(bytes, out var arp)) return;
        var address = arp.SenderProtocolAddress;
        if (address.IsAny) return;
        if (!_owners.TryGetValue(address, out var owner))
        {
            if (_owners.Count < Most) _owners[address] = arp.SenderHardwareAddress;
        }
        else if (owner != arp.SenderHardwareAddress) Conflict(address, owner, arp.SenderHardwareAddress);
    }

    private void Conflict(IpAddress address, MacAddress first, MacAddress other)
    {
        if (!Conflicts.TryGetValue(address, out var owners))
        {
            if (Conflicts.Count >= MostConflicts) return;
            Conflicts[address] = owners = [first];
        }
        if (!owners.Contains(other) && owners.Count < 16) owners.Add(other);
    }
}
