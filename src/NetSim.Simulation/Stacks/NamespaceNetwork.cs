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

    public async Task<ITcpConnection> Connect(IpAddress destination, Port port, string program, IpAddress? source = null, Port sourcePort = default, CancellationToken cancelled = default, int maximumSegment = 0)
    {
        if (stack.Routes.Decide(destination) is { Kind: RouteKind.Forbidden, Route: { } forbidden }) throw new SocketFailure(Refusal(forbidden.Type));
        var connection = stack.Tcp.Connect(destination, port, program, source, sourcePort);
        connection.SegmentLimit = maximumSegment;
        var stream = new TcpStream(connection, stack.Kernel.Timers);
        using var registration = cancelled.Register(stream.Dispose);
        return await stream.Open();
    }

    public IPingSocket OpenPing(bool v6, string program) => v6 ? stack.Icmp6.Open(program) : stack.Icmp.Open(program);

    public IArpSocket OpenArp(string device, string program) => stack.Device(device) is { } d ? stack.Arp.Open(d, program) : throw new SocketFailure(Errno.AddressNotAvailable);

    public void SetNeighbour(string device, IpAddress address, MacAddress? mac)
    {
        if (stack.Device(device) is { } d) stack.Arp.Neighbours.Pin(d, address, mac);
    }

    /// <summary>What a route that lets nothing through answers (fib_props, linux v6.6 net/ipv4/fib_semantics.c).</summary>
    private static Errno Refusal(RouteType type) => type switch
    {
        RouteType.Blackhole => Errno.InvalidArgument,
        RouteType.Prohibit => Errno.PermissionDenied,
        _ => Errno.HostUnreachable,
    };

    public IpAddress? SourceFor(IpAddress destination) => stack.SourceFor(destination);
}
