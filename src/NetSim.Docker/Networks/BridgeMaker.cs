using NetSim.Docker.Books;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>The Linux bridge of a network: "br-" and the first 12 digits of the network's id, the gateway's addresses, the rules, up.
/// Source: moby v28.5.2 libnetwork/drivers/bridge/bridge_linux.go createNetwork, setup_device_linux.go; recorded in 01-seed, 34-mtu, 35-ipv6-network.</summary>
internal static class BridgeMaker
{
    /// <summary>Makes it.</summary>
    public static void Make(Daemon d, Network network)
    {
        network.Interface = network.Options.GetValueOrDefault(NetworkOptions.BridgeName) ?? "br-" + network.Id[..12];
        var origin = new Origin(network.OriginObject, "", "bridge-device");
        network.Adopted = d.Host.Interfaces.Any(i => i.Name == network.Interface) && !network.IsDefaultBridge;
        if (!network.Adopted && !d.Host.Interfaces.Any(i => i.Name == network.Interface)) MakeDevice(d, network, origin);
        foreach (var address in Addresses(d, network))
            if (!HasAddress(d, network, address)) d.Make(new Change.AddressAdded("host", network.Interface, address, NoDad: address.Address.IsV6) { Origin = origin });
        Sysctls(d, network);
        d.Make(d.Firewall.NetworkAdded(FirewallWords.Of(network)));
        d.Make(new Change.InterfaceChanged("host", network.Interface, Up: true) { Origin = origin });
    }

    /// <summary>Removes it, and its rules.</summary>
    public static void Remove(Daemon d, Network network)
    {
        d.Make(d.Firewall.NetworkRemoved(FirewallWords.Of(network)));
        if (!network.Adopted) d.Make(new Change.InterfaceRemoved("host", network.Interface!) { Origin = new(network.OriginObject, "", "network-rm") });
    }

    /// <summary>Up to 27 a bridge's MAC address is 02:42 and four random octets; from 28 it is random. Recorded in 01-seed.</summary>
    private static MacAddress NewMac(Daemon d) => d.Version.AtLeast(28) ? d.Ids.NewMac() : d.Ids.NewDockerMac();

    private static void MakeDevice(Daemon d, Network network, Origin origin)
    {
        network.Mac = NewMac(d);
        int mtu = network.Mtu > 0 && d.Version.AtLeast(25) && !network.IsDefaultBridge ? network.Mtu : 1500;
        var spec = new InterfaceSpec { Name = network.Interface!, Index = d.Numbers.Next(), Kind = InterfaceKind.Bridge, Mac = network.Mac, Mtu = mtu };
        d.Make(new Change.InterfaceMade("host", spec) { Origin = origin });
    }

    private static IEnumerable<InterfaceAddress> Addresses(Daemon d, Network network)
    {
        bool inhibited = NetworkOptions.Flag(network.Options, NetworkOptions.InhibitIpv4, false) || network.GatewayMode(v6: false) == "isolated";
        if (network.V4 is { Gateway: { } v4 } && !inhibited) yield return new(v4, network.V4.Pool.Subnet.PrefixLength);
        if (network.V6 is not { Gateway: { } v6 }) yield break;
        // Up to 27 the bridge has fe80::1 too. Recorded in 35-ipv6-network.
        yield return new(v6, network.V6.Pool.Subnet.PrefixLength);
        if (!d.Version.AtLeast(28)) yield return new(IpAddress.Parse("fe80::1"), 64);
    }

    private static bool HasAddress(Daemon d, Network network, InterfaceAddress address) =>
        d.Host.Interfaces.Any(i => i.Name == network.Interface && i.Addresses.Contains(address));

    private static void Sysctls(Daemon d, Network network)
    {
        var origin = new Origin(network.OriginObject, "", "bridge-sysctls");
        if (network.V6 is null) d.Make(new Change.SysctlSet("host", $"net.ipv6.conf.{network.Interface}.accept_ra", "0") { Origin = origin });
        else Forwarding.OfNetwork(d, origin);
        if (!d.Settings.UserlandProxy)
            d.Make(new Change.SysctlSet("host", $"net.ipv4.conf.{network.Interface}.route_localnet", "1") { Origin = origin with { Option = "userland-proxy=false" } });
    }
}
