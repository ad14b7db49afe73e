using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;

namespace NetSim.Rendering.Firewalls;

/// <summary>What addresses are to a namespace by the addresses of its interfaces.</summary>
internal sealed class OwnAddresses(NetworkNamespace space) : IAddressTypes
{
    /// <inheritdoc/>
    public AddressTypes TypeOf(IpAddress address)
    {
        if (address.IsAny) return AddressTypes.Unspecified;
        if (address.IsLoopback || space.Interfaces.Exists(i => i.Addresses.Exists(a => a.Address == address))) return AddressTypes.Local;
        if (address.IsMulticast) return AddressTypes.Multicast;
        bool last = address.IsV4 && space.Interfaces.Exists(i => i.Addresses.Exists(a => a.Subnet.PrefixLength < 31 && a.Subnet.Contains(address) && a.Subnet.Last == address));
        return last || address.IsLimitedBroadcast ? AddressTypes.Broadcast : AddressTypes.Unicast;
    }
}
