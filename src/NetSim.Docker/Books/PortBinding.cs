using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Docker.Books;

/// <summary>A port that is published: where the host listens, and where it leads.</summary>
/// <param name="Protocol">"tcp", "udp", "sctp".</param>
/// <param name="ContainerPort">Port in the container.</param>
/// <param name="HostAddress">0.0.0.0, ::, or one address of the host.</param>
/// <param name="HostPort">Port on the host; 0 where the network is routed and the port open at the container's own address alone.</param>
/// <param name="ContainerAddress">Where it leads.</param>
/// <param name="Option">What asked for it: "-p 4567".</param>
internal sealed record PortBinding(string Protocol, ushort ContainerPort, IpAddress HostAddress, ushort HostPort, IpAddress ContainerAddress, string Option)
{
    /// <summary>As the trace tells it.</summary>
    public PublishedPort Facts => new(Protocol, HostAddress, new(HostPort), new(ContainerPort));

    /// <summary>Does it take a port of the host?</summary>
    public bool IsOnHost => HostPort > 0;

    /// <summary>The host's port as inspect shows it: none is an empty text.</summary>
    public string HostPortText => IsOnHost ? $"{HostPort}" : "";

    /// <summary>"80/tcp".</summary>
    public string Key => $"{ContainerPort}/{Protocol}";
}
