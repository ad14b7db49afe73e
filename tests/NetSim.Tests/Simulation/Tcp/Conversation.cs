using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;
using NetSim.Simulation.Stacks;
using NetSim.Wire.Decoding;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>Two containers, the links into both in trouble, and connections between them whose every byte is known.</summary>
internal sealed class Conversation
{
    public Conversation(Troubles? troubles = null, int seed = 1, params (string Name, string Value)[] sysctls)
    {
        World = new TwoContainers(seed: (ulong)seed);
        foreach (var (name, value) in sysctls)
            foreach (var space in (string[])["c1", "c2"]) World.Apply(new Change.SysctlSet(space, name, value));
        ToClient = new(World.Simulator, "c1", troubles ?? new(), seed * 2);
        ToServer = new(World.Simulator, "c2", troubles ?? new(), seed * 2 + 1);
        Listener = World.Simulator.World.Stack("c2").Tcp.Listen(IpAddress.AnyV4, new Port(80), "server", 128);
        Listener.Acceptor = c =>
        {
            Server = new Talker(c);
            if (ServerSays is not null) Server.Say(ServerSays, thenCloses: true);
            return Server;
        };
    }

    public TwoContainers World { get; }

    public TroubledLink ToClient { get; }

    public TroubledLink ToServer { get; }

    public TcpListener Listener { get; }

    public Talker? Server { get; private set; }

    /// <summary>What the server says as soon as it is connected, before it closes; null: nothing.</summary>
    public byte[]? ServerSays { get; set; }

    public Talker Client { get; private set; } = null!;

    public TcpSettings ClientSettings => World.Simulator.World.Stack("c1").Tcp.Settings;

    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 7 + (i >> 8)) & 0xFF))];

    /// <summary>Connects, and says something as soon as it is connected.</summary>
    public Talker Connect(byte[]? says = null, bool thenCloses = false, Port from = default)
    {
        var connection = World.Simulator.World.Stack("c1").Tcp.Connect(TwoContainers.Address(3), new Port(80), "client", sourcePort: from);
        Client = new Talker(connection);
        if (says is not null) Client.Say(says, thenCloses);
        connection.Open();
        return Client;
    }

    public void Run(double seconds) => World.Simulator.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>The segments that a container sent (and received, if asked for), with the time in seconds.</summary>
    public IEnumerable<(double Time, bool Sent, string Flags, uint Sequence, uint Ack, int Length, uint Window, int Blocks)> Segments(string space, bool received = false)
    {
        var trace = World.Trace;
        int place = trace.PlaceNumber(new Place(space, "eth0"));
        foreach (var (_, row) in trace.Rows())
        {
            if (row.Place != place || row.Kind != StepKind.Transmitted && !(received && row.Kind == StepKind.Received)) continue;
            var bytes = trace.Packets.Bytes(row.B);
            if (!Ipv4View.TryRead(bytes.AsSpan(14), out var packet) || packet.Protocol != IpProtocol.Tcp || !TcpView.TryRead(packet.Payload, out var s)) continue;
            yield return (row.Time / 1e9, row.Kind == StepKind.Transmitted, s.Flags.ToString(), s.SequenceNumber, s.AcknowledgmentNumber, s.Payload.Length, s.Window, s.Options.SackBlocks);
        }
    }

    /// <summary>One end: says what it is told, and keeps what it hears.</summary>
    internal sealed class Talker : ITcpUser
    {
        private readonly MemoryStream _heard = new();
        private byte[] _toSay = [];
        private int _said;
        private bool _closes;

        public Talker(TcpConnection connection)
        {
            Connection = connection;
            connection.User = this;
        }

        public TcpConnection Connection { get; }

        public byte[] Heard => _heard.ToArray();

        public bool HeardEnd { get; private set; }

        public bool Reads { get; set; } = true;

        public Errno? Failure { get; private set; }

        public void Say(byte[] bytes, bool thenCloses = false)
        {
            _toSay = [.. _toSay.Skip(_said), .. bytes];
            (_said, _closes) = (0, thenCloses);
            if (Connection.State is TcpState.Established or TcpState.CloseWait) Push();
        }

        public void Hear()
        {
            Reads = true;
            Readable(Connection);
        }

        public void Connected(TcpConnection connection) => Push();

        public void Readable(TcpConnection connection)
        {
            if (!Reads) return;
            var buffer = new byte[65536];
            int n;
            while ((n = connection.Read(buffer)) > 0) _heard.Write(buffer, 0, n);
            HeardEnd |= connection.IsAtEnd;
        }

        public void Writable(TcpConnection connection) => Push();

        public void Failed(TcpConnection connection, Errno errno) => Failure = errno;

        private void Push()
        {
            while (_said < _toSay.Length && Connection.Write(_toSay.AsSpan(_said)) is > 0 and var n) _said += n;
            if (_said == _toSay.Length && _closes) Connection.Shutdown();
        }
    }
}
