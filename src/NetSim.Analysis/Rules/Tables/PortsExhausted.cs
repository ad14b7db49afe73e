using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>All ports of a client are in use towards one place, open or in TIME_WAIT.</summary>
internal sealed class PortsExhausted : Diagnosis
{
    private const string Key = "net.ipv4.ip_local_port_range";

    public override string Name => "ports-exhausted";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var space in c.Model?.Topology.Namespaces ?? [])
        {
            var (low, high) = Ports(space.Sysctls.GetValueOrDefault(Key));
            int room = Math.Max(1, high - low + 1);
            foreach (var place in space.Sockets.Where(s => s.Protocol == IpProtocol.Tcp && s.Remote is not null && s.Port.Number >= low && s.Port.Number <= high).GroupBy(s => Other(s.Remote!.Value, s.Port)))
            {
                int used = place.Select(s => s.Port).Distinct().Count();
                if (used * 10L < room * 9L) continue;
                yield return new(Name, used >= room ? Severity.Error : Severity.Warning, $"{space.Label} has {used} connections to {place.Key}, and room for {room}: {(used >= room ? "a further one" : "soon a further one")} fails (cannot assign requested address)")
                {
                    Evidence = [new(Table: $"{space.Label} sockets", Row: $"{used} to {place.Key}"), new(Table: $"{space.Label} sysctl", Row: $"{Key} = {low} {high}")],
                    Advice = "keep connections open instead of opening one for each question, or widen net.ipv4.ip_local_port_range (docker run --sysctl)",
                    Subject = $"{space.Label} {place.Key}",
                };
            }
        }
    }

    private static string Other(FlowKey key, Port own) => key.SourcePort == own ? FlowKey.End(key.Destination, key.DestinationPort) : FlowKey.End(key.Source, key.SourcePort);

    private static (int Low, int High) Ports(string? text)
    {
        var words = (text ?? "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && int.TryParse(words[0], out int low) && int.TryParse(words[1], out int high) ? (low, high) : (32768, 60999);
    }
}
