using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Hosting;

/// <summary>A namespace's network as one process sees it: its sockets die with it, and while it is stopped the kernel alone serves them.</summary>
internal sealed class ProcessNetwork(INetwork network, ProcessGate gate, IClock clock) : INetwork
{
    /// <summary>A process that slept runs again some time after its segment came; a server that accepts has more to do. Source: recorded, from the ACK of a handshake or a request to the answer, without the work between.</summary>
    private static readonly TimeSpan Waking = TimeSpan.FromMicroseconds(30), Accepting = TimeSpan.FromMicroseconds(100);

    public RoutingTable Routes => network.Routes;

    public IUdpSocket OpenUdp(IpAddress address, Port port, string program) => gate.Keep(new Udp(network.OpenUdp(address, port, program), gate));

    public ITcpListener Listen(IpAddress address, Port port, string program, int backlog = 128, bool onlyIpv6 = false) =>
        gate.Keep(new Listener(network.Listen(address, port, program, backlog, onlyIpv6), gate, clock));

    public IPingSocket OpenPing(bool v6, string program) => gate.Keep(new Ping(network.OpenPing(v6, program), gate));

    public IArpSocket OpenArp(string device, string program) => gate.Keep(new Arp(network.OpenArp(device, program), gate));

    public void SetNeighbour(string device, IpAddress address, MacAddress? mac) => network.SetNeighbour(device, address, mac);

    public IpAddress? SourceFor(IpAddress destination) => network.SourceFor(destination);

    public async Task<ITcpConnection> Connect(IpAddress destination, Port port, string program, IpAddress? source = null, Port sourcePort = default, CancellationToken cancelled = default, int maximumSegment = 0)
    {
        var connection = gate.Keep(new Stream(await network.Connect(destination, port, program, source, sourcePort, gate.Death, maximumSegment), gate, clock));
        await gate.Pass(Task.CompletedTask);
        return connection;
    }

    private static async Task<T> Wake<T>(Task<T> what, IClock clock, TimeSpan after)
    {
        if (what.IsCompleted) return await what;
        var result = await what;
        await clock.Delay(after);
        return result;
    }

    private sealed class Udp(IUdpSocket socket, ProcessGate gate) : IUdpSocket
    {
        public Port Port => socket.Port;

        public int TimeToLive
        {
            get => socket.TimeToLive;
            set => socket.TimeToLive = value;
        }

        public bool ProbesPath
        {
            get => socket.ProbesPath;
            set => socket.ProbesPath = value;
        }

        public Task<ProbeError?> ReceiveError(TimeSpan? timeout = null) => gate.Pass(socket.ReceiveError(timeout));

        public void Connect(IpAddress destination, Port port) => socket.Connect(destination, port);

        public void Send(ReadOnlySpan<byte> data, IpAddress destination, Port port) => socket.Send(data, destination, port);

        public Task<Datagram?> Receive(TimeSpan? timeout = null) => gate.Pass(socket.Receive(timeout));

        public void Dispose()
        {
            gate.Forget(this);
            socket.Dispose();
        }
    }

    private sealed class Listener(ITcpListener listener, ProcessGate gate, IClock clock) : ITcpListener
    {
        public Port Port => listener.Port;

        public async Task<ITcpConnection?> Accept() => await gate.Pass(Wake(listener.Accept(), clock, Accepting)) is { } c ? gate.Keep(new Stream(c, gate, clock)) : null;

        public void Dispose()
        {
            gate.Forget(this);
            listener.Dispose();
        }
    }

    private sealed class Stream(ITcpConnection connection, ProcessGate gate, IClock clock) : ITcpConnection
    {
        public IpAddress LocalAddress => connection.LocalAddress;

        public Port LocalPort => connection.LocalPort;

        public IpAddress RemoteAddress => connection.RemoteAddress;

        public Port RemotePort => connection.RemotePort;

        public bool NoDelay
        {
            get => connection.NoDelay;
            set => connection.NoDelay = value;
        }

        public bool Corked
        {
            get => connection.Corked;
            set => connection.Corked = value;
        }

        public TcpKeepAlive? KeepAlive
        {
            get => connection.KeepAlive;
            set => connection.KeepAlive = value;
        }

        public TcpFigures Figures => connection.Figures;

        public Task Send(ReadOnlyMemory<byte> data) => gate.Pass(connection.Send(data));

        public Task<byte[]?> Receive(TimeSpan? timeout = null) => gate.Pass(Wake(connection.Receive(timeout), clock, Waking));

        public void Shutdown() => connection.Shutdown();

        public void Abort()
        {
            gate.Forget(this);
            connection.Abort();
        }

        public void Dispose()
        {
            gate.Forget(this);
            connection.Dispose();
        }
    }

    private sealed class Arp(IArpSocket socket, ProcessGate gate) : IArpSocket
    {
        public void Send(bool isRequest, MacAddress to, IpAddress sender, IpAddress target) => socket.Send(isRequest, to, sender, target);

        public Task<ArpHeard?> Receive(TimeSpan? timeout = null) => gate.Pass(socket.Receive(timeout));

        public void Dispose()
        {
            gate.Forget(this);
            socket.Dispose();
        }
    }

    private sealed class Ping(IPingSocket socket, ProcessGate gate) : IPingSocket
    {
        public ushort Identifier => socket.Identifier;

        public IpAddress? Source
        {
            get => socket.Source;
            set => socket.Source = value;
        }

        public void Send(IpAddress destination, ushort sequence, ReadOnlySpan<byte> payload, int ttl = 0, bool dontFragment = false) =>
            socket.Send(destination, sequence, payload, ttl, dontFragment);

        public Task<PingReply?> Receive(TimeSpan? timeout = null) => gate.Pass(socket.Receive(timeout));

        public void Dispose()
        {
            gate.Forget(this);
            socket.Dispose();
        }
    }
}

/// <summary>The clock of one process: what it waits for ends only when it may go on.</summary>
internal sealed class ProcessClock(IClock clock, ProcessGate gate) : IClock
{
    public Model.Tracing.SimTime Now => clock.Now;

    public DateTimeOffset Wall => clock.Wall;

    public Random Chance => clock.Chance;

    public Task Delay(TimeSpan span) => gate.Pass(clock.Delay(span));
}
