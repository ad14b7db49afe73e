using NetSim.Docker.Books;
using NetSim.Docker.Engine;
using NetSim.Model.Addressing;
using NetSim.Model.Naming;

namespace NetSim.Docker.Naming;

/// <summary>How a container gets its resolv.conf.</summary>
internal enum ResolvConfKind
{
    /// <summary>Host network: the host's file as it is.</summary>
    HostCopy,
    /// <summary>Default bridge, none: the host's file without loopback servers.</summary>
    Legacy,
    /// <summary>A user-defined network: 127.0.0.11.</summary>
    Embedded,
}

/// <summary>A container's resolv.conf, and the upstream servers of its resolver: the host's file at the time of the start, with --dns, --dns-search and --dns-option
/// (or the daemon's) in place of each part. Source: moby v28.5.2 libnetwork/internal/resolvconf/resolvconf.go; v20.10.24 libnetwork/resolvconf; recorded in 17-dns-options, 20-host-resolv-conf.</summary>
internal sealed record ResolvConfPlan
{
    private static readonly string[] Google = ["8.8.8.8", "8.8.4.4"];

    /// <summary>Whose rule.</summary>
    public required ResolvConfKind Kind { get; init; }

    /// <summary>Servers, search and options of the container's file.</summary>
    public required ResolvConfFile File { get; init; }

    /// <summary>"nameservers", "search", "options": what did not come from the host's file.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>Servers that the resolver asks, in order, and whether from the host's namespace.</summary>
    public IReadOnlyList<(string Server, bool FromHost)> Upstreams { get; init; } = [];

    /// <summary>Were Google's servers put in?</summary>
    public bool UsedDefaults { get; init; }

    /// <summary>"host", "override", "internal": where ndots comes from; empty when it is not set.</summary>
    public string NdotsFrom { get; init; } = "";

    /// <summary>Plans it.</summary>
    public static ResolvConfPlan Make(EngineVersion version, EngineSettings settings, ContainerOptions options, string hostFile, ResolvConfKind kind)
    {
        var host = ResolvConfFile.Parse(hostFile);
        var dns = Pick(options.Dns, settings.Dns);
        var search = Pick(options.DnsSearch, settings.DnsSearch);
        var opts = Pick(options.DnsOptions, settings.DnsOptions);
        var merged = host with
        {
            Servers = dns ?? host.Servers,
            Search = search is null ? host.Search : search is ["."] ? [] : search,
            Options = opts ?? host.Options,
        };
        var plan = new ResolvConfPlan
        {
            Kind = kind,
            File = merged,
            Overrides = new[] { (dns, "nameservers"), (search, "search"), (opts, "options") }.Where(o => o.Item1 is not null).Select(o => o.Item2).ToList(),
            NdotsFrom = merged.Options.Any(IsNdots) ? opts is null ? "host" : "override" : "",
        };
        return kind switch
        {
            ResolvConfKind.Legacy => dns is null ? Legacy(plan) : plan,
            ResolvConfKind.Embedded => Embedded(plan, version, dns is not null),
            _ => plan,
        };
    }

    /// <summary>The resolver's upstreams in a namespace.</summary>
    public IReadOnlyList<Upstream> UpstreamsFrom(string space) => Upstreams.Where(u => IpAddress.TryParse(u.Server, out _))
        .Select(u => new Upstream(IpAddress.Parse(u.Server), u.FromHost ? "host" : space)).Take(3).ToList();

    private static IReadOnlyList<string>? Pick(IReadOnlyList<string> own, IReadOnlyList<string> daemon) => own.Count > 0 ? own : daemon.Count > 0 ? daemon : null;

    private static bool IsNdots(string option) => option.StartsWith("ndots:", StringComparison.Ordinal);

    private static bool IsLoopback(string server) => IpAddress.TryParse(server, out var a) && a.IsLoopback;

    private static ResolvConfPlan Legacy(ResolvConfPlan plan)
    {
        var servers = plan.File.Servers.Where(s => !IsLoopback(s) && !s.Contains(':', StringComparison.Ordinal)).ToList();
        bool none = servers.Count == 0;
        return plan with { File = plan.File with { Servers = none ? Google : servers }, UsedDefaults = none };
    }

    private static ResolvConfPlan Embedded(ResolvConfPlan plan, EngineVersion version, bool given)
    {
        // From 27 a server of the host's file is asked from the host's namespace, before only a loopback one. Recorded in 20-host-resolv-conf.
        // 26 asks IPv6 servers from there too. Recorded of 26.1.5, a container without IPv6.
        var upstreams = plan.File.Servers.Select(s => (s, !given && (version.AtLeast(27) || IsLoopback(s) || version.AtLeast(26) && s.Contains(':', StringComparison.Ordinal)))).ToList();
        bool defaults = upstreams.Count == 0 && !version.AtLeast(27);
        if (defaults) upstreams = Google.Select(s => (s, false)).ToList();
        bool set = plan.NdotsFrom.Length > 0;
        return plan with
        {
            Upstreams = upstreams,
            UsedDefaults = defaults,
            File = plan.File with { Servers = ["127.0.0.11"], Options = set ? plan.File.Options : [.. plan.File.Options, "ndots:0"] },
            NdotsFrom = set ? plan.NdotsFrom : "internal",
        };
    }
}
