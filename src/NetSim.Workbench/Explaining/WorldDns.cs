using NetSim.Analysis.Explanation;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Simulation.Programs.Servers;
using NetSim.Wire.Dns;

namespace NetSim.Workbench.Explaining;

/// <summary>DNS servers of a model: those whose records stand on their command line.</summary>
internal sealed class WorldDns : IDnsServers
{
    /// <inheritdoc/>
    public (DnsReply Reply, IReadOnlyList<IpAddress> Addresses) Ask(NetworkNamespace server, IpAddress at, string name)
    {
        if (!ServedNames.TryAsk(server.Processes.Values, at, name, out var code, out var addresses)) return (DnsReply.Unknown, []);
        return code switch
        {
            null => (DnsReply.Silence, []),
            DnsResponseCode.ServerFailure => (DnsReply.Failure, []),
            DnsResponseCode.NameError => (DnsReply.NoName, []),
            _ => addresses.Count > 0 ? (DnsReply.Addresses, addresses) : (DnsReply.Empty, []),
        };
    }
}
