using NetSim.Docker.Engine;
using NetSim.Docker.Firewall.Nftables;
using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Firewall;

/// <summary>The rules of iptables (or nft) that one daemon writes, in the order in which it writes them. It remembers what it wrote, as the daemon asks iptables before it adds a rule twice;
/// so a daemon that starts again goes on with the same program. Sources: moby v20.10.24, v28.5.2 libnetwork/drivers/bridge/setup_ip_tables*.go,
/// moby v29.7.2 daemon/libnetwork/drivers/bridge/internal/iptabler and nftabler. 28.0.0 matches bridges by an ipset: moby v28.0.0 setup_ip_tables_linux.go.</summary>
public sealed class FirewallProgram(EngineVersion version, FirewallSettings settings)
{
    /// <summary>All rules, in the order in which a network, a port and so on meet them.</summary>
    private static readonly FirewallRule[] Rules =
    [
        new DockerChains(), new ForwardDropped(), new AcceptMark(), new NetworkMasquerade(), new BridgesSkipDnat(), new LocalMasquerade(), new ContainersAmongThemselves(), new RoutedIcmp(),
        new OutgoingAccepted(), new JumpToDocker(), new UnpublishedDropped(), new AnswersAccepted(), new NetworksApart(), new InternalNetwork(), new LoopbackPortDropped(), new DirectAccessDropped(),
        new PublishedPortDnat(), new PublishedPortAccepted(), new PublishedPortMasquerade(), new SctpChecksum(), new LegacyLink(), new JumpsAtTheTop(), new DockerUser(),
    ];

    /// <summary>The rules of the nftables backend, in the order in which moby's nftabler makes them.</summary>
    private static readonly FirewallRule[] NftRules =
    [
        new NftChains(), new NftAnswersAccepted(), new NftInternalNetwork(), new NftAcceptMark(), new NftContainersAmongThemselves(), new NftOutgoingAccepted(), new NftUnpublishedDropped(), new NftRoutedIcmp(),
        new NftNetworkMasquerade(), new NftLocalMasquerade(), new NftDirectAccessDropped(), new NftPublishedPortAccepted(), new NftPublishedPortDnat(), new NftPublishedPortMasquerade(), new NftLoopbackPortDropped(),
        new NftLegacyLink(),
    ];

    private readonly IFirewallWriter _writer = settings.Nftables ? new NftWriter() : new FirewallWriter();

    /// <summary>The version whose rules these are.</summary>
    public EngineVersion Version { get; } = version;

    /// <summary>The daemon's settings.</summary>
    public FirewallSettings Settings { get; } = settings;

    /// <summary>The daemon started (or started again: chains of its own are flushed and built anew). Networks follow by <see cref="NetworkAdded"/>.</summary>
    public IReadOnlyList<Change> DaemonStarted() => Made((r, v) => r.OfDaemon(v), "daemon", add: true);

    /// <summary>A bridge network was made, or found again by a daemon that started.</summary>
    public IReadOnlyList<Change> NetworkAdded(FirewallNetwork network) => Made((r, v) => OfNetwork(r, v, network), $"network {network.Name}", add: true);

    /// <summary>A bridge network was removed.</summary>
    public IReadOnlyList<Change> NetworkRemoved(FirewallNetwork network) => Made((r, v) => OfNetwork(r, v, network), $"network {network.Name}", add: false);

    /// <summary>A container was plugged in; before its ports.</summary>
    public IReadOnlyList<Change> EndpointAdded(FirewallEndpoint endpoint) => Made((r, v) => r.OfEndpoint(v, endpoint), $"container {endpoint.Container}", add: true);

    /// <summary>A container was unplugged; after its ports.</summary>
    public IReadOnlyList<Change> EndpointRemoved(FirewallEndpoint endpoint) => Made((r, v) => r.OfEndpoint(v, endpoint), $"container {endpoint.Container}", add: false);

    /// <summary>A port was published, in the order in which the engine programs them.</summary>
    public IReadOnlyList<Change> PortPublished(FirewallPort port) => Made((r, v) => OfPort(r, v, port), $"container {port.Container}", add: true);

    /// <summary>A published port was withdrawn.</summary>
    public IReadOnlyList<Change> PortWithdrawn(FirewallPort port) => Made((r, v) => OfPort(r, v, port), $"container {port.Container}", add: false);

    /// <summary>A legacy link was made on a network with icc off.</summary>
    public IReadOnlyList<Change> LinkAdded(FirewallLink link) => Made((r, v) => OfLink(r, v, link), $"container {link.Container}", add: true);

    /// <summary>A legacy link was removed.</summary>
    public IReadOnlyList<Change> LinkRemoved(FirewallLink link) => Made((r, v) => OfLink(r, v, link), $"container {link.Container}", add: false);

    /// <summary>The nat rules in a container's namespace that lead port 53 of 127.0.0.11 to the resolver.</summary>
    /// <param name="resolver">The container's resolver.</param>
    /// <param name="nftables">Are they in a table of nft's own (29 with that backend)?</param>
    public static IReadOnlyList<Change> ResolverRules(ResolverSpec resolver, bool nftables = false) => nftables ? ResolverNft.Of(resolver) : ResolverNat.Of(resolver);

    private static IEnumerable<FirewallLine> OfNetwork(FirewallRule rule, FirewallView view, FirewallNetwork network) => view.Pool(network) is null ? [] : rule.OfNetwork(view, network);

    /// <summary>nft's rules ask for the family of the host's address where it matters to them.</summary>
    private static IEnumerable<FirewallLine> OfPort(FirewallRule rule, FirewallView view, FirewallPort port) =>
        (view.Settings.Nftables || view.Is(port.HostAddress)) && view.Is(port.ContainerAddress) && !port.Network.Internal ? rule.OfPort(view, port) : [];

    private static IEnumerable<FirewallLine> OfLink(FirewallRule rule, FirewallView view, FirewallLink link) => view.Is(link.From) ? rule.OfLink(view, link) : [];

    private List<Change> Made(Func<FirewallRule, FirewallView, IEnumerable<FirewallLine>> lines, string owner, bool add)
    {
        if (Settings.Iptables) Family(IpFamily.V4);
        if (Settings.Ip6tables ?? Version.AtLeast(27)) Family(IpFamily.V6);
        return _writer.Take();

        void Family(IpFamily family)
        {
            var view = new FirewallView(Version, Settings, family);
            var all = (Settings.Nftables ? NftRules : Rules).SelectMany(rule => lines(rule, view).Select(line => (line, new Origin(owner, line.Option, rule.Name))));
            // nft's objects go in the opposite order: a chain must be empty and nobody lead to it.
            foreach (var (line, origin) in add || !Settings.Nftables ? all : all.Reverse()) Write(family, line, origin, add);
        }
    }

    private void Write(IpFamily family, FirewallLine line, Origin origin, bool add)
    {
        if (add) _writer.Write(family, line, origin);
        else _writer.Delete(family, line, origin);
    }
}
