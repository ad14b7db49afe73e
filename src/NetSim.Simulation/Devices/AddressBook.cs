using NetSim.Model.Addressing;

namespace NetSim.Simulation.Devices;

/// <summary>Numbers for IPv6 addresses, so that connection tracking knows conversations of both families by tuples of the same 16 bytes.</summary>
internal sealed class AddressBook
{
    private readonly Dictionary<IpAddress, uint> _numbers = [];
    private readonly List<IpAddress> _addresses = [];

    /// <summary>Of IPv4 the address itself, of IPv6 its number, given when it is first seen.</summary>
    public uint Number(IpAddress address)
    {
        if (address.IsV4) return address.V4;
        if (_numbers.TryGetValue(address, out uint known)) return known;
        _addresses.Add(address);
        return _numbers[address] = (uint)_addresses.Count - 1;
    }

    /// <summary>The address that a tuple means.</summary>
    public IpAddress Of(uint number, bool v6) => v6 ? _addresses[(int)number] : IpAddress.FromV4(number);
}
