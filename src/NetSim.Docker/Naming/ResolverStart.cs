using NetSim.Docker.Books;
using NetSim.Docker.Firewall;
using NetSim.Docker.Networks;
using NetSim.Model.Naming;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Naming;

/// <summary>The container DNS resolver: started with the first user-defined network, told of every change of networks after that.
/// Source: moby v28.5.2 libnetwork/sandbox_dns_unix.go startResolver; failure and order of upstreams recorded in 18-dns-upstream-failing.</summary>
internal static class ResolverStart
{
    /// <summary>Starts it, or tells it what changed.</summary>
    public static void Update(Daemon d, Container c, Sandbox sandbox)
    {
        bool started = sandbox.Resolver is not null;
        if (!started && !sandbox.Endpoints.Exists(e => e.Network.IsUserDefined)) return;
        if (!started) sandbox.ResolverPorts = (d.Ids.NewPort(), d.Ids.NewPort());
        var spec = Spec(d, c, sandbox);
        bool same = started && Same(sandbox.Resolver!, spec);
        sandbox.Resolver = spec;
        if (same) return;
        var origin = new Origin(c.OriginObject, "", "container-resolver");
        if (!started)
        {
            d.Make(FirewallProgram.ResolverRules(spec, d.Firewall.Settings.Nftables));
            if (c.Files.Count > 0) ContainerFiles.WriteResolvConf(d, c, ResolvConfKind.Embedded);
        }
        d.Make(new Change.ResolverSet(spec) { Origin = origin });
    }

    private static ResolverSpec Spec(Daemon d, Container c, Sandbox sandbox)
    {
        var plan = ContainerFiles.Plan(d, c, ResolvConfKind.Embedded);
        var sorted = GatewayChoice.Sorted(sandbox);
        var upstreams = sandbox.Upstreams ??= plan.UpstreamsFrom(sandbox.Namespace);
        return new ResolverSpec
        {
            Namespace = sandbox.Namespace,
            UdpPort = sandbox.ResolverPorts.Udp,
            TcpPort = sandbox.ResolverPorts.Tcp,
            Networks = sorted.Where(e => e.Network.IsUserDefined).Select(e => e.Network.Name).ToList(),
            Links = sorted.SelectMany(Links).ToList(),
            Upstreams = Forwards(d, sandbox) ? upstreams : [],
            Failure = d.Version.AtLeast(24) ? UpstreamFailure.ServFail : UpstreamFailure.Silence,
            NextServerOnNxDomain = !d.Version.AtLeast(24),
            NdotsSet = plan.NdotsFrom is "host" or "override",
        };
    }

    /// <summary>From 25 nothing is forwarded for a container that has internal networks alone: SERVFAIL at once.
    /// Source: moby v28.5.2 libnetwork/sandbox_dns_unix.go (SetForwardingPolicy), libnetwork/sandbox.go hasExternalAccess.</summary>
    private static bool Forwards(Daemon d, Sandbox sandbox) => !d.Version.AtLeast(25) || sandbox.Endpoints.Exists(e => GatewayChoice.LeadsOut(d, e));

    private static IEnumerable<LinkAlias> Links(Endpoint e) => (e.Settings.Links ?? []).Select(l =>
    {
        int colon = l.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new LinkAlias(e.Network.Name, l, l) : new LinkAlias(e.Network.Name, l[(colon + 1)..], l[..colon]);
    });

    private static bool Same(ResolverSpec a, ResolverSpec b) => a.Networks.SequenceEqual(b.Networks) && a.Links.SequenceEqual(b.Links) && a.Upstreams.SequenceEqual(b.Upstreams);
}
