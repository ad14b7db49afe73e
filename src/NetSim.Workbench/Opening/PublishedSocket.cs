using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Workbench.Opening;

/// <summary>The socket that a docker-proxy listens on.</summary>
internal readonly record struct PublishedSocket(IpProtocol Protocol, IpAddress Address, Port Port)
{
    /// <summary>That of a process; null when it is no docker-proxy.</summary>
    public static PublishedSocket? Of(ProcessSpec process)
    {
        if (process.Arguments is not ["docker-proxy", "-proto", var proto, "-host-ip", var ip, "-host-port", var port, ..]) return null;
        return IpProtocolNames.TryParse(proto, out var protocol) && IpAddress.TryParse(ip, out var address) && ushort.TryParse(port, out ushort number) ? new(protocol, address, new(number)) : null;
    }
}
