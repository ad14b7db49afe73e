using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>A port published on one address of the host, and asked for at another.</summary>
internal sealed class PublishedElsewhere : ReachRule
{
    public override string Name => "published-elsewhere";

    public override string? Because(ReachCase c) => c.Question.Port is { } port && Published(c, port) is { } p
        ? $"port {port} is published on {p.HostAddress} alone{(p.HostAddress.IsLoopback ? ", which only the host itself reaches" : "")}" : null;

    public override string? Advice(ReachCase c) => $"publish it on 0.0.0.0 (-p {c.Question.Port}:…) or on the address that is asked for, if others may reach it";

    public override IEnumerable<Evidence> Rows(ReachCase c) => c.Topology.Containers.SelectMany(x => x.Published.Where(p => p.HostPort == c.Question.Port).Select(p => new Evidence(Table: $"published ports of {x.Name}", Row: $"{p.HostAddress}:{p.HostPort} -> {p.ContainerPort}/{p.Protocol}")));

    private static PublishedPort? Published(ReachCase c, Port port)
    {
        bool refused = c.Answer is { Disposition: Disposition.Refused, DecidedIn: "host" } || c.Maker == "loopback-port-drop";
        string protocol = c.Question.Protocol == AskedProtocol.Udp ? "udp" : "tcp";
        var all = c.Topology.Containers.SelectMany(x => x.Published).Where(p => p.HostPort == port && p.Protocol == protocol).ToList();
        return refused && all.Count > 0 && all.TrueForAll(p => !p.HostAddress.IsAny && p.HostAddress.ToString() != c.Question.To) ? all[0] : null;
    }
}
