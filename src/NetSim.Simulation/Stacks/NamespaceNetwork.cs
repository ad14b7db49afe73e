using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>The socket calls of a namespace's processes.</summary>
internal sealed class NamespaceNetwork(NamespaceStack stack) : INetwork
{
    public RoutingTable Routes => stack.Facts.Routes;

    public IUdpSocket OpenUdp(IpAddress address, Port port, string program) => stack.Udp.Open(address, port, program);

    public ITcpListener Listen(IpAddress address, Port port, string program, int backlog = 128, bool onlyIpv6 = false) => stack.Tcp.Listen(address, port, program, backlog, onlyIpv6);

    public async Task<ITcpConnection> Connect(IpAddress destination, Port port, string program, IpAddress? source = null, Port sourcePort = default, CancellationToken cancelled = default)
    {
        var connection = stack.Tcp.Connect(destination, port, program, source, sourcePort);
        var stream = new TcpStream(connection, stack.Kernel.Timers);
        using var registration = cancelled.Register(stream.Dispose);
        return await stream.Open();
    }

    public IPingSocket OpenPing(bool v6, string program) => v6 ? stack.Icmp6.Open(program) : stack.Icmp.Open(program);

    public IpAddress? SourceFor(IpAddress destination) => stack.SourceFor(destination);
}
