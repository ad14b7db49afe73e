using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall.Nftables;

/// <summary>The tables "ip docker-bridges" and "ip6 docker-bridges": base chains that do nothing but lead to the chains of the bridge that a packet comes from or goes to, by maps. A daemon that starts again empties them. From 29.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/nftabler.go init, network.go configure; daemon/libnetwork/internal/nftables (chains are made in the order of their names).</summary>
internal sealed class NftChains : FirewallRule
{
    /// <summary>The chain that both base chains of DNAT lead to.</summary>
    public const string Nat = "nat-prerouting-and-output";

    /// <summary>The base chain before connection tracking.</summary>
    public const string Raw = "raw-PREROUTING";

    private const string Forward = "filter-FORWARD", Postrouting = "nat-POSTROUTING";
    private const string ForwardIn = "filter-forward-in-jumps", ForwardOut = "filter-forward-out-jumps", PostroutingIn = "nat-postrouting-in-jumps", PostroutingOut = "nat-postrouting-out-jumps";

    public override string Name => "docker-chains";

    /// <summary>The chain of packets that go to a bridge.</summary>
    public static string In(FirewallNetwork network) => $"filter-forward-in__{network.Bridge}";

    /// <summary>The chain of packets that come from a bridge.</summary>
    public static string Out(FirewallNetwork network) => $"filter-forward-out__{network.Bridge}";

    /// <summary>The chain that translates the source of packets to a bridge.</summary>
    public static string NatIn(FirewallNetwork network) => $"nat-postrouting-in__{network.Bridge}";

    /// <summary>The chain that translates the source of packets from a bridge.</summary>
    public static string NatOut(FirewallNetwork network) => $"nat-postrouting-out__{network.Bridge}";

    public override IEnumerable<FirewallLine> OfDaemon(FirewallView view)
    {
        yield return new(view.NftTable, "", LineKind.Flush, "");
        foreach (string map in new[] { ForwardIn, ForwardOut, PostroutingIn, PostroutingOut }) yield return new(view.NftTable, map, LineKind.Member, "");
        yield return Base(view, Forward, "type filter hook forward priority filter; policy accept;");
        yield return Base(view, "nat-OUTPUT", "type nat hook output priority dstnat; policy accept;");
        yield return Base(view, Postrouting, "type nat hook postrouting priority srcnat; policy accept;");
        yield return Base(view, "nat-PREROUTING", "type nat hook prerouting priority dstnat; policy accept;");
        yield return Base(view, Nat, "");
        yield return Base(view, Raw, "type filter hook prerouting priority raw; policy accept;");
        yield return view.Nft(Forward, $"oifname vmap @{ForwardIn}");
        yield return view.Nft(Forward, $"iifname vmap @{ForwardOut}");
        string but = view.Hairpin ? "" : view.Family == IpFamily.V4 ? "ip daddr != 127.0.0.0/8 " : "ip6 daddr != ::1 ";
        yield return view.Nft("nat-OUTPUT", $"{but}fib daddr type local counter jump {Nat}", view.Hairpin ? "userland-proxy=false" : "");
        yield return view.Nft(Postrouting, $"iifname vmap @{PostroutingOut}");
        yield return view.Nft(Postrouting, $"oifname vmap @{PostroutingIn}");
        yield return view.Nft("nat-PREROUTING", $"fib daddr type local counter jump {Nat}");
    }

    public override IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network)
    {
        foreach (var (chain, map) in new[] { (In(network), ForwardIn), (Out(network), ForwardOut), (NatIn(network), PostroutingIn), (NatOut(network), PostroutingOut) })
        {
            yield return Base(view, chain, "");
            yield return new(view.NftTable, map, LineKind.Member, $"{network.Bridge} {chain}");
        }
    }

    private static FirewallLine Base(FirewallView view, string chain, string place) => new(view.NftTable, chain, LineKind.Chain, place);
}
