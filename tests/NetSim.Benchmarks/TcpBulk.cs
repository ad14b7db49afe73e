using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;
using NetSim.Simulation.Stacks;

namespace NetSim.Benchmarks;

/// <summary>W2: 25 TCP flows of 20 MB, one direction, between pairs of 50 containers on one bridge.</summary>
internal class TcpBulk : IWorkload, IEventHandler
{
    protected const int Flows = 25;
    private const int MostAtOnce = 65536;
    private const int Segment = 1448;
    private static readonly byte[] Pattern = [.. Enumerable.Range(0, MostAtOnce).Select(i => (byte)(i % 251))];
    private readonly byte[] _read = new byte[MostAtOnce];
    private readonly NamespaceStack[] _stacks = new NamespaceStack[2 * Flows];
    private int _handler;

    /// <summary>Bytes of a flow.</summary>
    protected virtual long Bytes => 20_000_000;

    protected Kernel Kernel { get; private set; } = null!;

    /// <summary>When each receiver had all, in nanoseconds; 0: not yet.</summary>
    protected long[] Done { get; } = new long[Flows];

    protected long Received { get; private set; }

    public virtual bool IsComplete => Received == Flows * Bytes && Done.All(d => d > 0) && Math.Abs(Kernel.Hops - 1_038_900) < 20_778;

    public virtual Simulator Build(Trace? trace) => BuildOn(new BridgeWorld(trace));

    protected Simulator BuildOn(BridgeWorld world)
    {
        world.AddBridge(0);
        (Kernel, Received) = (world.Simulator.Kernel, 0);
        Array.Clear(Done);
        _handler = Kernel.Loop.Register(this);
        for (int i = 0; i < 2 * Flows; i++)
        {
            _stacks[i] = world.AddContainer($"c{i}", 0, i + 2);
            Settle(_stacks[i].Tcp.Settings);
        }
        for (int i = 0; i < Flows; i++)
        {
            int flow = i;
            _stacks[2 * i + 1].Tcp.Listen(IpAddress.AnyV4, new Port(5001), "sink", 128).Acceptor = _ => new Sink(this, flow);
            Kernel.Loop.At(1_000_000 + i * 137, _handler, 0, i);
        }
        return world.Simulator;
    }

    /// <summary>Buffers of 262,144 bytes that stay as they are.</summary>
    protected virtual void Settle(TcpSettings settings)
    {
        settings.SendBuffer = 262_144;
        settings.ReceiveBuffer = 524_288;
        settings.TunesReceiveBuffer = false;
    }

    public void Handle(int kind, int a, int b)
    {
        var connection = _stacks[2 * a].Tcp.Connect(BridgeWorld.Address(0, 2 * a + 3), new Port(5001), "bulk");
        connection.User = new Source(Bytes);
        connection.Open();
    }

    private sealed class Source(long left) : ITcpUser
    {
        private long _left = left;

        public void Connected(TcpConnection connection) => Push(connection);

        public void Readable(TcpConnection connection)
        {
            if (connection.IsAtEnd) connection.Close();
        }

        public void Writable(TcpConnection connection) => Push(connection);

        public void Failed(TcpConnection connection, Errno errno)
        {
        }

        /// <summary>Whole segments, as long as more than one is left.</summary>
        private void Push(TcpConnection connection)
        {
            while (_left > 0)
            {
                int n = (int)Math.Min(Math.Min(_left, connection.Room), MostAtOnce);
                if (n > Segment) n -= n % Segment;
                else if (_left > n) return;
                if (n <= 0) return;
                _left -= connection.Write(Pattern.AsSpan(0, n));
                if (_left == 0) connection.Shutdown();
            }
        }
    }

    private sealed class Sink(TcpBulk work, int flow) : ITcpUser
    {
        public void Connected(TcpConnection connection)
        {
        }

        public void Readable(TcpConnection connection)
        {
            int n;
            while ((n = connection.Read(work._read)) > 0) work.Received += n;
            if (!connection.IsAtEnd) return;
            work.Done[flow] = work.Kernel.Loop.Now;
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
