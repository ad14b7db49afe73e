using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>What a DNS server says of a name.</summary>
public enum DnsReply
{
    /// <summary>Addresses.</summary>
    Addresses,
    /// <summary>The name exists without an address.</summary>
    Empty,
    /// <summary>There is no such name (NXDOMAIN).</summary>
    NoName,
    /// <summary>It can't say (SERVFAIL).</summary>
    Failure,
    /// <summary>Nothing.</summary>
    Silence,
    /// <summary>What it would say is not known.</summary>
    Unknown,
}

/// <summary>Knows what DNS servers of the model would answer.</summary>
public interface IDnsServers
{
    /// <summary>Asks a server for the addresses of a name.</summary>
    /// <param name="server">The namespace in which it listens.</param>
    /// <param name="at">The address that was asked.</param>
    /// <param name="name">The name, without a dot at its end.</param>
    (DnsReply Reply, IReadOnlyList<IpAddress> Addresses) Ask(NetworkNamespace server, IpAddress at, string name);
}
