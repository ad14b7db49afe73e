using NetSim.Docker.Engine;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;

namespace NetSim.Docker.Firewall;

/// <summary>How a line gets into its chain (the daemon's calls of iptables; source: moby v28.5.2 libnetwork/iptables/iptables.go Rule, EnsureJumpRule, NewChain).</summary>
internal enum LineKind
{
    /// <summary>-A, unless it is there.</summary>
    Append,
    /// <summary>-I as the first, unless it is there.</summary>
    Insert,
    /// <summary>Taken out and inserted again, so that it is the first whatever others did.</summary>
    First,
    /// <summary>-D, whoever wrote it.</summary>
    Remove,
    /// <summary>-N: only the chain.</summary>
    Chain,
    /// <summary>-F: all rules of the chain go.</summary>
    Flush,
    /// <summary>-P: the text is the policy.</summary>
    Policy,
    /// <summary>A member of the ipset that stands in the chain's place; without a text the set is made, empty.</summary>
    Member,
}

/// <summary>Where in a chain of nft a line stands: the daemon keeps these groups in order, and within a group the order of adding.
/// Source: moby docker-v29.7.2 daemon/libnetwork/drivers/bridge/internal/nftabler/nftabler.go (RuleGroup).</summary>
internal enum NftGroup
{
    /// <summary>With the chain itself.</summary>
    First,
    /// <summary>bridge-accept-fwmark.</summary>
    AcceptMark,
    /// <summary>Legacy links.</summary>
    Links,
    /// <summary>enable_icc.</summary>
    Icc,
    /// <summary>Containers and their published ports.</summary>
    Ports,
    /// <summary>What nothing above has decided.</summary>
    Last,
}

/// <summary>One line that a rule of Docker's writes into a table.</summary>
/// <param name="Table">"filter".</param>
/// <param name="Chain">"FORWARD".</param>
/// <param name="Kind">How.</param>
/// <param name="Text">The rule as iptables takes it; a policy; or empty.</param>
/// <param name="Option">What asked for it, for the origin.</param>
internal sealed record FirewallLine(string Table, string Chain, LineKind Kind, string Text, string Option = "")
{
    /// <summary>Does it stay when the object that brought it goes?</summary>
    public bool Stays { get; init; }

    /// <summary>Its place in a chain of nft.</summary>
    public NftGroup Group { get; init; }
}

/// <summary>What decides about lines besides the object itself: the engine, its settings, and the family that is asked about.</summary>
/// <param name="Version">The engine.</param>
/// <param name="Settings">The daemon's settings.</param>
/// <param name="Family">iptables or ip6tables.</param>
internal sealed record FirewallView(EngineVersion Version, FirewallSettings Settings, IpFamily Family)
{
    /// <summary>20.10 to 27: everything in FORWARD. Later: DOCKER-FORWARD and what it jumps to. Source: moby v28.0.1 libnetwork/drivers/bridge/setup_ip_tables_linux.go.</summary>
    public bool OldLayout => !Version.AtLeast(28);

    /// <summary>28.0.0 alone: one rule of FORWARD serves all bridges, by an ipset of their subnets. Source: moby v28.0.0 libnetwork/drivers/bridge/setup_ip_tables_linux.go setupIPChains.</summary>
    public bool ByIpset => Version.AtLeast(28) && !Version.AtLeast(28, 0, 1);

    /// <summary>Where rules of bridges are appended from 28: 28.0.0 has no DOCKER-FORWARD.</summary>
    public string Forward => ByIpset ? "FORWARD" : "DOCKER-FORWARD";

    /// <summary>28.0.0's set of the subnets of bridges that are not internal.</summary>
    public string ExternalBridges => Family == IpFamily.V4 ? "docker-ext-bridges-v4" : "docker-ext-bridges-v6";

    /// <summary>28: networks are kept apart by two chains. 29 does without. Source: moby v29.7.2 daemon/libnetwork/drivers/bridge/internal/iptabler/iptabler.go isolationChain1.</summary>
    public bool Isolates => !Version.AtLeast(29);

    /// <summary>Without docker-proxy packets turn round at the bridge.</summary>
    public bool Hairpin => !Settings.UserlandProxy;

    /// <summary>The host's own loopback block, as the rules write it.</summary>
    public string Loopback => Family == IpFamily.V4 ? "127.0.0.0/8" : "::1/128";

    /// <summary>"icmp" or "ipv6-icmp".</summary>
    public string Icmp => Family == IpFamily.V4 ? "icmp" : "ipv6-icmp";

    /// <summary>The network's pool of this family, or null.</summary>
    public Subnet? Pool(FirewallNetwork network) => Family == IpFamily.V4 ? network.V4 : network.V6;

    /// <summary>The network's gateway mode in this family; up to 26 the options that name one are of no effect. Source: moby v27.0.1 libnetwork/drivers/bridge/bridge_linux.go newGwMode.</summary>
    public GatewayMode Mode(FirewallNetwork network) => !Version.AtLeast(27) ? GatewayMode.Nat : Family == IpFamily.V4 ? network.Mode : network.Mode6;

    /// <summary>"ip docker-bridges" or "ip6 docker-bridges": the table of the nftables backend.</summary>
    public string NftTable => $"{Ip} docker-bridges";

    /// <summary>"ip" or "ip6", as nft says it.</summary>
    public string Ip => Family == IpFamily.V4 ? "ip" : "ip6";

    /// <summary>A line of the nftables backend.</summary>
    public FirewallLine Nft(string chain, string text, string option = "", NftGroup group = NftGroup.First) => new(NftTable, chain, LineKind.Append, text, option) { Group = group };

    /// <summary>Is the address of this family?</summary>
    public bool Is(IpAddress address) => address.IsV6 == (Family == IpFamily.V6);
}

/// <summary>A rule of Docker's: which lines an object brings into the tables. Asked once for each family. Source of the set: moby v28.5.2 libnetwork/drivers/bridge.</summary>
internal abstract class FirewallRule
{
    /// <summary>Its name in origins: "published-port-dnat".</summary>
    public abstract string Name { get; }

    /// <summary>Lines that the daemon writes when it starts.</summary>
    public virtual IEnumerable<FirewallLine> OfDaemon(FirewallView view) => [];

    /// <summary>Lines of a network that has addresses of the family.</summary>
    public virtual IEnumerable<FirewallLine> OfNetwork(FirewallView view, FirewallNetwork network) => [];

    /// <summary>Lines of an endpoint.</summary>
    public virtual IEnumerable<FirewallLine> OfEndpoint(FirewallView view, FirewallEndpoint endpoint) => [];

    /// <summary>Lines of a published port; the host's and the container's address are of the family, and the network is not internal.</summary>
    public virtual IEnumerable<FirewallLine> OfPort(FirewallView view, FirewallPort port) => [];

    /// <summary>Lines of a legacy link.</summary>
    public virtual IEnumerable<FirewallLine> OfLink(FirewallView view, FirewallLink link) => [];
}
