using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Flows;

/// <summary>ICMP by type and code, and what its errors quote.</summary>
internal sealed class IcmpBook
{
    private const int Most = 1000;
    private readonly SortedDictionary<int, long> _v4 = [], _v6 = [];
    private readonly Dictionary<IcmpError, long> _errors = [];
    private readonly SortedDictionary<long, long> _mtus = [];

    /// <summary>Packets by type × 256 + code.</summary>
    public IReadOnlyDictionary<int, long> V4 => _v4;

    public IReadOnlyDictionary<int, long> V6 => _v6;

    /// <summary>Links' sizes that errors name, and how often.</summary>
    public IReadOnlyDictionary<long, long> Mtus => _mtus;

    /// <summary>Errors, and how often.</summary>
    public IReadOnlyDictionary<IcmpError, long> Errors => _errors;

    public void Add(bool v6, byte type, byte code)
    {
        var counts = v6 ? _v6 : _v4;
        counts[type << 8 | code] = counts.GetValueOrDefault(type << 8 | code) + 1;
    }

    public void AddMtu(long mtu)
    {
        if (_mtus.Count < Most || _mtus.ContainsKey(mtu)) _mtus[mtu] = _mtus.GetValueOrDefault(mtu) + 1;
    }

    public void AddError(in IcmpError error)
    {
        if (_errors.Count < Most || _errors.ContainsKey(error)) _errors[error] = _errors.GetValueOrDefault(error) + 1;
    }
}

/// <summary>An ICMP error: who sent it, and the flow it quotes.</summary>
internal readonly record struct IcmpError(bool IsV6, byte Type, byte Code, IpAddress From, IpProtocol Protocol, IpAddress Source, IpAddress Destination, ushort DestinationPort);
