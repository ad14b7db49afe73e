using System.Runtime.CompilerServices;
using NetSim.Model.Addressing;
using NetSim.Model.Naming;

namespace NetSim.Analysis.Explanation;

/// <summary>What a name resolves to, and how that came about.</summary>
/// <param name="Addresses">In the order in which they would be tried; empty when there are none.</param>
/// <param name="Disposition">Delivered, or how it failed.</param>
/// <param name="Reason">Why it failed, in a sentence; empty when it did not.</param>
/// <param name="Steps">The decisions.</param>
internal sealed record NameAnswer(IReadOnlyList<IpAddress> Addresses, Disposition Disposition, string Reason, IReadOnlyList<ExplainedStep> Steps)
{
    /// <summary>What had to be taken as so.</summary>
    public IReadOnlyList<string> Assuming { get; init; } = [];
}

/// <summary>Resolves a name as a program in a container does: /etc/hosts, then the servers of resolv.conf with its search list; 127.0.0.11 looks at the networks of its
/// container and asks its upstream servers for the rest. Source: glibc resolv/res_query.c; moby v28.5.2 libnetwork/resolver.go.</summary>
/// <param name="host">The tables.</param>
/// <param name="servers">What DNS servers would say.</param>
/// <param name="tells">Are the decisions told, or the answer alone?</param>
internal sealed class NameWalk(FrozenHost host, IDnsServers servers, bool tells)
{
    private static readonly IpAddress Embedded = IpAddress.Parse("127.0.0.11");
    private readonly List<ExplainedStep> _steps = [];
    private string? _assumed;
    private bool _single;

    /// <summary>Resolves a name.</summary>
    /// <param name="from">The namespace that asks.</param>
    /// <param name="owner">Whose files are read: a container's name, "host", "outside".</param>
    /// <param name="name">The name.</param>
    /// <param name="dnsOnly">Without /etc/hosts, as dig asks?</param>
    public NameAnswer Resolve(FrozenStack from, string owner, string name, bool dnsOnly)
    {
        _steps.Clear();
        string asked = name.TrimEnd('.');
        (_assumed, _single) = (null, !asked.Contains('.', StringComparison.Ordinal));
        if (host.NamesOf(owner, from).Hosts.Find(asked) is { Count: > 0 } lines)
        {
            if (!dnsOnly)
            {
                Tell($"/etc/hosts of {owner} says {asked} is {string.Join(", ", lines.Select(l => l.Address))}");
                return new(Sorted(from, lines.Select(l => l.Address)), Disposition.Delivered, "", _steps.ToList());
            }
            Tell($"/etc/hosts of {owner} says {asked} is {lines[0].Address}, which DNS does not read");
        }
        else Tell($"/etc/hosts of {owner} does not have {asked}");
        return Ask(from, owner, name);
    }

    private NameAnswer Ask(FrozenStack from, string owner, string name)
    {
        var conf = host.NamesOf(owner, from).Conf;
        var (worst, reason) = (Disposition.Unresolved, "");
        foreach (string candidate in Candidates(conf, name))
        {
            var (reply, addresses, why) = Servers(from, conf, candidate);
            if (reply == DnsReply.Addresses) return new(Sorted(from, addresses), Disposition.Delivered, "", _steps.ToList());
            if (reason.Length == 0 || reply is not (DnsReply.NoName or DnsReply.Empty)) reason = why;
            if (reply == DnsReply.Unknown) worst = Disposition.Unknown;
            if (reply is DnsReply.Silence or DnsReply.Unknown) break;
        }
        return new([], worst, reason + Hint(from, name), _steps.ToList()) { Assuming = _assumed is null ? [] : [_assumed] };
    }

    /// <summary>The names to ask for, in order: as it is first when it has dots enough, else after the search list.</summary>
    private static List<string> Candidates(ResolvConf conf, string name)
    {
        string plain = name.TrimEnd('.');
        var list = new List<string>();
        bool first = name.EndsWith('.') || plain.Count(c => c == '.') >= conf.Ndots;
        if (first) list.Add(plain);
        if (!name.EndsWith('.')) list.AddRange(conf.Search.Select(d => $"{plain}.{d}"));
        if (!first) list.Add(plain);
        return list;
    }

    private (DnsReply, IReadOnlyList<IpAddress>, string) Servers(FrozenStack from, ResolvConf conf, string name)
    {
        (DnsReply, IReadOnlyList<IpAddress>, string) last = (DnsReply.Silence, [], "no name server answered");
        foreach (var server in conf.Servers)
        {
            bool embedded = server == Embedded && from.Space.Resolver is not null;
            last = embedded ? ByNetworks(from.Space.Resolver!, name) : Server(from, server, name);
            if (last.Item1 is not (DnsReply.Silence or DnsReply.Failure)) return last;
        }
        return last;
    }

    /// <summary>The container DNS: its networks first, then its upstream servers.</summary>
    private (DnsReply, IReadOnlyList<IpAddress>, string) ByNetworks(ResolverSpec resolver, string name)
    {
        var four = ResolverDecision.Decide(host.Topology.Names, resolver, name, 1);
        var six = ResolverDecision.Decide(host.Topology.Names, resolver, name, 28);
        var own = four.Addresses.Concat(six.Addresses).ToList();
        if (own.Count > 0)
        {
            Tell($"127.0.0.11 finds {name} on network {four.Network ?? six.Network}: {string.Join(", ", own)}");
            return (DnsReply.Addresses, own, "");
        }
        if (four.Outcome == ResolverOutcome.Empty)
        {
            Tell($"127.0.0.11 finds no {name} on {Nets(resolver)}, and answers empty since ndots is set");
            return (DnsReply.Empty, [], Say($"no network of it knows {name}"));
        }
        if (resolver.Upstreams.Count == 0)
        {
            Tell($"127.0.0.11 finds no {name} on {Nets(resolver)}, and has nobody else to ask");
            return (DnsReply.Failure, [], Say($"127.0.0.11 knows no {name} on {Nets(resolver)}, and has no upstream server"));
        }
        Tell($"127.0.0.11 finds no {name} on {Nets(resolver)}, and asks {string.Join(", ", resolver.Upstreams.Select(u => u.Address))}");
        return Upstreams(resolver, name);
    }

    private (DnsReply, IReadOnlyList<IpAddress>, string) Upstreams(ResolverSpec resolver, string name)
    {
        (DnsReply, IReadOnlyList<IpAddress>, string) last = (DnsReply.Failure, [], "");
        bool heard = false;
        foreach (var u in resolver.Upstreams)
        {
            if (host.Topology.Find(u.FromNamespace) is not { } space) continue;
            last = Server(host[space], u.Address, name);
            heard |= last.Item1 != DnsReply.Silence;
            bool next = last.Item1 is DnsReply.Silence or DnsReply.Failure || last.Item1 == DnsReply.NoName && resolver.NextServerOnNxDomain;
            if (!next) return last;
        }
        if (last.Item1 == DnsReply.Silence && !heard) Tell(resolver.Failure == UpstreamFailure.ServFail ? "none answered, so 127.0.0.11 says SERVFAIL" : "none answered, so 127.0.0.11 says nothing");
        return last;
    }

    /// <summary>Asks one server, over the network of the namespace that asks.</summary>
    private (DnsReply, IReadOnlyList<IpAddress>, string) Server(FrozenStack from, IpAddress server, string name)
    {
        var fate = host.Askable(from, server);
        if (fate.Disposition == Disposition.Unknown && fate.Taker is null) return NotKnown(server, name);
        if (fate.Disposition != Disposition.Delivered || fate.Taker is null) return Said(DnsReply.Silence, [], $"{server} can't be asked from {from.Name}: {fate.Reason}");
        var (reply, addresses) = servers.Ask(fate.Taker.Space, server, name);
        return reply switch
        {
            DnsReply.Addresses => Said(reply, addresses, $"{server} says {name} is {string.Join(", ", addresses)}"),
            DnsReply.NoName => Said(reply, [], $"{server} says there is no {name} (NXDOMAIN)"),
            DnsReply.Empty => Said(reply, [], $"{server} has no address for {name}"),
            DnsReply.Failure => Said(reply, [], $"{server} says SERVFAIL of {name}"),
            DnsReply.Silence => Said(reply, [], $"{server} does not answer"),
            _ => NotKnown(server, name),
        };
    }

    /// <summary>A server that nothing is known of is taken not to know a name without dots; of others nothing is taken.</summary>
    private (DnsReply, IReadOnlyList<IpAddress>, string) NotKnown(IpAddress server, string name)
    {
        if (!_single) return Said(DnsReply.Unknown, [], $"what {server} says of {name} is not known");
        _assumed = Say($"{server} does not know {name}, a name without dots");
        return Said(DnsReply.NoName, [], $"{server} is taken not to know {name}");
    }

    private (DnsReply, IReadOnlyList<IpAddress>, string) Said(DnsReply reply, IReadOnlyList<IpAddress> addresses, [InterpolatedStringHandlerArgument("")] Wording words)
    {
        string text = words.Done();
        Tell(text);
        return (reply, addresses, text);
    }

    /// <summary>Is there such a container, where it can't be seen from here?</summary>
    private string Hint(FrozenStack from, string name)
    {
        if (!Tells || host.Container(name) is not { } c) return "";
        var theirs = host.Topology.Endpoints.Where(e => e.Container == name).Select(e => e.Network).ToList();
        if (c.State is not ("running" or "paused")) return $"; container {name} is {c.State}";
        if (from.Space.Resolver is null) return $"; {from.Name} has no container DNS (only networks that a user made have one), though container {name} is on {string.Join(", ", theirs)}";
        return theirs.Count == 0 ? $"; container {name} is on no network" : $"; container {name} is on {string.Join(", ", theirs)}";
    }

    /// <summary>Are the decisions told, or the answer alone?</summary>
    public bool Tells { get; } = tells;

    private void Tell([InterpolatedStringHandlerArgument("")] Wording words) => Tell(words.Done());

    private void Tell(string words)
    {
        if (Tells) _steps.Add(new("resolve", words));
    }

    /// <summary>A reason, for who reads it.</summary>
    private string Say([InterpolatedStringHandlerArgument("")] Wording words) => words.Done();

    private static string Nets(ResolverSpec resolver) => resolver.Networks.Count == 0 ? "no network" : "its networks (" + string.Join(", ", resolver.Networks) + ")";

    /// <summary>IPv6 first where the namespace has a way there, as RFC 6724 sorts; else IPv4 first.</summary>
    private static List<IpAddress> Sorted(FrozenStack from, IEnumerable<IpAddress> addresses)
    {
        var list = addresses.Distinct().ToList();
        return [.. list.OrderBy(a => from.Decide(a).Kind is FrozenRouteKind.None or FrozenRouteKind.Forbidden ? 1 : 0).ThenBy(a => a.IsV6 ? 0 : 1)];
    }
}
