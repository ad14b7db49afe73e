using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>A container's own address is reached from its bridge and from trusted interfaces only. Not with allow-direct-routing, nor in modes routed and nat-unprotected. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/endpoint.go filterDirectAccess; the order of a set's names is nft's.</summary>
internal sealed class NftDirectAccessDropped : FirewallRule
{
    public override string Name => "direct-access-drop";

    public override IEnumerable<FirewallLine> OfEndpoint(FirewallView view, FirewallEndpoint endpoint)
    {
        var network = endpoint.Network;
        if (network.Internal || view.Mode(network) != GatewayMode.Nat || view.Settings.AllowDirectRouting || (view.Family == IpFamily.V4 ? endpoint.V4 : endpoint.V6) is not { } address) yield break;
        var names = network.TrustedInterfaces.Where(n => n.Length > 0).Prepend(network.Bridge).Distinct(StringComparer.Ordinal).Order(NftText.InterfaceOrder).Select(n => $"\"{n}\"").ToList();
        string among = names.Count == 1 ? names[0] : $"{{ {string.Join(", ", names)} }}";
        yield return view.Nft(NftChains.Raw, $"{view.Ip} daddr {address} iifname != {among} counter drop comment \"DROP DIRECT ACCESS\"", names.Count > 1 ? "trusted_host_interfaces" : "", NftGroup.Ports);
    }
}
