using NetSim.Docker.Books;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Networks;

/// <summary>An endpoint's MAC address (an ipvlan has none of its own): the one asked for, else up to 27 02:42 and the IPv4 address, from 28 random at every start.
/// Source: moby v26.1.5 libnetwork/drivers/bridge/bridge.go electMacAddress, v28.5.2 libnetwork/netutils/utils.go GenerateRandomMAC; recorded in 47-mac-address.</summary>
internal static class EndpointMacs
{
    /// <summary>Chooses it; the addresses are leased already.</summary>
    public static MacAddress Choose(Daemon d, Endpoint e)
    {
        if (e.Network.Driver is "host" or "null" or "ipvlan") return MacAddress.Zero;
        if (e.Settings.Known?.Mac is { } known) return known;
        if (e.Settings.Mac is { } asked) return asked;
        return d.Version.AtLeast(28) || e.V4 is null ? d.Ids.NewMac() : MacAddress.FromIpv4(e.V4.Value);
    }
}
