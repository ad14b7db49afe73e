using NetSim.Model.Addressing;

namespace NetSim.Docker.Ipam;

/// <summary>The addresses of one subnet: which are taken, and which comes next. Always the lowest free one.
/// Source: moby v28.5.2 libnetwork/ipams/defaultipam/allocator.go, libnetwork/bitmap (lowest free bit); recorded in 05-ip-reuse-default.</summary>
internal sealed class AddressPool
{
    private readonly HashSet<IpAddress> _taken;
    private readonly bool _shared;
    private readonly UInt128 _first;
    private readonly UInt128 _last;
    private UInt128 _lowest;

    /// <summary>A pool over <paramref name="subnet"/>; addresses are chosen from <paramref name="range"/> when it is given.</summary>
    /// <param name="subnet">The network's subnet.</param>
    /// <param name="range">--ip-range, or null.</param>
    /// <param name="keepEnds">Are the ends of an IPv4 /31 and /32 kept back too?</param>
    /// <param name="beside">A pool over the same subnet, whose addresses are these too; null when there is none.</param>
    public AddressPool(Subnet subnet, Subnet? range, bool keepEnds, AddressPool? beside = null)
    {
        _taken = beside?._taken ?? [];
        _shared = range is not null;
        Subnet = subnet;
        Range = range;
        var choice = range ?? subnet;
        _first = _lowest = choice.Address.Bits;
        _last = choice.Address.Bits + (choice.Count - 1);
        if (subnet.Address.IsV4 && subnet.PrefixLength >= 31 && !keepEnds) return;
        _taken.Add(subnet.Address);
        if (subnet.Address.IsV4) _taken.Add(subnet.Last);
    }

    /// <summary>The network's subnet.</summary>
    public Subnet Subnet { get; }

    /// <summary>--ip-range, or null.</summary>
    public Subnet? Range { get; }

    /// <summary>How many are taken, the reserved ends among them.</summary>
    public int Taken => _taken.Count;

    /// <summary>How many of the range (or, without one, of the subnet) are free; at most 2^64 - 1.</summary>
    public ulong Free
    {
        get
        {
            var all = _last - _first + (UInt128)1 - (UInt128)_taken.Count(a => a.Bits >= _first && a.Bits <= _last);
            return all > ulong.MaxValue ? ulong.MaxValue : (ulong)all;
        }
    }

    /// <summary>Takes the lowest free address.</summary>
    public bool TryTakeNext(out IpAddress address)
    {
        if (_shared) _lowest = _first; // another pool may have given one back
        for (; _lowest <= _last; _lowest++)
        {
            address = IpAddress.FromBits(_lowest, Subnet.Address);
            if (_taken.Add(address)) return true;
            if (_lowest == UInt128.MaxValue) break;
        }
        address = default;
        return false;
    }

    /// <summary>Is there an address to take?</summary>
    public bool HasRoom
    {
        get
        {
            if (!TryTakeNext(out var next)) return false;
            Release(next);
            return true;
        }
    }

    /// <summary>Takes one address, wherever in the subnet it lies.</summary>
    public bool TryTake(IpAddress address) => _taken.Add(address);

    /// <summary>Gives an address back.</summary>
    public void Release(IpAddress address)
    {
        if (!_taken.Remove(address) || address.Bits < _first) return;
        if (address.Bits < _lowest) _lowest = address.Bits;
    }
}
