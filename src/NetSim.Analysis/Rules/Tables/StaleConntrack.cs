using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>A conversation of UDP is still translated to an address that its container no longer has.</summary>
internal sealed class StaleConntrack : Diagnosis
{
    public override string Name => "conntrack-stale";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t || t.Find("host") is not { } host) yield break;
        foreach (var (original, reply) in host.Conntrack.Where(x => x.Original.Protocol == IpProtocol.Udp && c.Ends.Sender(x.Original.Source) == "outside"))
            if (Publisher(t, original.DestinationPort) is { } now && c.Ends.Owner(reply.Source) != now.Name && (c.Ends.Owner(reply.Source) != "host" || !HasProxy(host, original.DestinationPort)))
                yield return new(Name, Severity.Error, $"datagrams from {FlowKey.End(original.Source, original.SourcePort)} to port {original.DestinationPort} still go to {c.Ends.Told(reply.Source)}, though {now.Name} publishes that port now: connection tracking keeps the old way as long as they keep coming")
                {
                    Evidence = [new(Table: "host conntrack", Row: $"{original} / {reply}")],
                    Commands = [$"conntrack -D -p udp --orig-port-dst {original.DestinationPort}"],
                    Subject = original.ToString(),
                };
    }

    /// <summary>Where docker-proxy listens, what comes to the host itself is served too.</summary>
    private static bool HasProxy(NetworkNamespace host, Port port) => host.Sockets.Exists(s => s.Protocol == IpProtocol.Udp && s.Port == port && s.Remote is null);

    private static ContainerFacts? Publisher(Topology t, Port port) => t.Containers.Find(x => x.State == "running" && x.Published.Any(p => p.HostPort == port && p.Protocol == "udp"));
}
