using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Docker.Books;

/// <summary>A port that is published: where the host listens, and where it leads.</summary>
/// <param name="Protocol">"tcp", "udp", "sctp".</param>
/// <param name="ContainerPort">Port in the container.</param>
/// <param name="HostAddress">0.0.0.0, ::, or one address of the host.</param>
/// <param name="HostPort">Port on the host.</param>
/// <param name="ContainerAddress">Where it leads.</param>
/// <param name="Option">What asked for it: "-p 4567".</param>
internal sealed record PortBinding(string Protocol, ushort ContainerPort, IpAddress HostAddress, ushort HostPort, IpAddress ContainerAddress, string Option)
{
    /// <summary>As the trace tells it.</summary>
    public PublishedPort Facts => new(Protocol, HostAddress, new(HostPort), new(ContainerPort));

    /// <summary>"80/tcp".</summary>
    public string Key => $"{ContainerPort}/{Protocol}";
}
