using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Simulation.Stacks;

namespace NetSim.Benchmarks;

/// <summary>W3: 100 flows of 1000 transactions each, from 50 clients on one bridge to 50 servers on another through the host: a query, then a TCP connection of its own for a request and its answer.</summary>
internal sealed class Transactions : IWorkload, IEventHandler
{
    private const int Half = 50;
    private const int Flows = 100;
    private const int PerFlow = 1000;
    private static readonly byte[] Pattern = [.. Enumerable.Range(0, 2048).Select(i => (byte)(i % 251))];
    private readonly Flow[] _flows = new Flow[Flows];
    private Kernel _kernel = null!;
    private long _done, _bytes;

    public bool IsComplete => _done == Flows * PerFlow && _bytes == _done * 2048;

    public Simulator Build(Trace? trace)
    {
        var world = new BridgeWorld(trace);
        world.AddBridge(0);
        world.AddBridge(1);
        world.Route(0, 1);
        (_kernel, _done, _bytes) = (world.Simulator.Kernel, 0, 0);
        var clients = Enumerable.Range(0, Half).Select(i => Add(world, $"c{i}", 0, i + 2)).ToList();
        Add(world, "dns", 1, 2).Udp.Open(IpAddress.AnyV4, new Port(53), "dns").Sink = new DnsServer();
        var server = new Server();
        for (int i = 0; i < Half; i++) Add(world, $"s{i}", 1, i + 3).Tcp.Listen(IpAddress.AnyV4, new Port(80), "web", 128).Acceptor = _ => server;
        int handler = _kernel.Loop.Register(this);
        for (int i = 0; i < Flows; i++)
        {
            _flows[i] = new Flow(this, clients[i % Half], BridgeWorld.Address(1, i % Half + 3));
            _kernel.Loop.At(1_000_000 + i * 137, handler, 0, i);
        }
        return world.Simulator;
    }

    public void Handle(int kind, int a, int b) => _flows[a].Begin();

    private static NamespaceStack Add(BridgeWorld world, string name, int net, int host)
    {
        var stack = world.AddContainer(name, net, host);
        world.AddDefaultRoute(name, net);
        stack.Tcp.Settings.TimeWait = 1_000_000;
        return stack;
    }

    private sealed class Flow(Transactions work, NamespaceStack stack, IpAddress server) : ITcpUser, IDatagramSink
    {
        private static readonly IpAddress Dns = BridgeWorld.Address(1, 2);
        private readonly byte[] _read = new byte[4096];
        private UdpSocket? _socket;
        private int _left = PerFlow;

        public void Begin()
        {
            if (_socket is null)
            {
                _socket = stack.Udp.Open(IpAddress.AnyV4, default, "client");
                _socket.Connect(Dns, new Port(53));
                _socket.Sink = this;
            }
            _socket.Send(Pattern.AsSpan(0, 40), Dns, new Port(53));
        }

        public void Take(UdpSocket socket, ReadOnlySpan<byte> data, in IpAddress source, Port port)
        {
            if (data.Length != 56) return;
            var connection = stack.Tcp.Connect(server, new Port(80), "client");
            connection.User = this;
            connection.Open();
        }

        public void Connected(TcpConnection connection) => connection.Write(Pattern.AsSpan(0, 200));

        public void Readable(TcpConnection connection)
        {
            int n;
            while ((n = connection.Read(_read)) > 0) work._bytes += n;
            if (!connection.IsAtEnd) return;
            connection.Close();
            work._done++;
            if (--_left > 0) Begin();
        }

        public void Writable(TcpConnection connection)
        {
        }

        public void Failed(TcpConnection connection, Errno errno)
        {
        }
    }

    private sealed class DnsServer : IDatagramSink
    {
        public void Take(UdpSocket socket, ReadOnlySpan<byte> data, in IpAddress source, Port port) => socket.Send(Pattern.AsSpan(0, 56), source, port);
    }

    private sealed class Server : ITcpUser
    {
        private readonly byte[] _read = new byte[4096];

        public void Connected(TcpConnection connection)
        {
        }

        /// <summary>A request of 200 bytes always comes in one segment.</summary>
        public void Readable(TcpConnection connection)
        {
            if (connection.Read(_read) != 200) return;
            connection.Write(Pattern);
            connection.Close();
        }

        public void Writable(TcpConnection connection)
        {
        }

        public void Failed(TcpConnection connection, Errno errno)
        {
        }
    }
}
