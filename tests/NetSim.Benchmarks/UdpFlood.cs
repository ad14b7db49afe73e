using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Stacks;

namespace NetSim.Benchmarks;

/// <summary>W1: 25 flows of 40,000 datagrams of 1000 bytes, one every 10 µs, between pairs of 50 containers on one bridge.</summary>
internal sealed class UdpFlood : IWorkload, IEventHandler, IDatagramSink
{
    private const int Flows = 25;
    private const int Datagrams = 40_000;
    private readonly byte[] _payload = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i % 251))];
    private readonly (UdpSocket Socket, IpAddress To)[] _senders = new (UdpSocket, IpAddress)[Flows];
    private readonly int[] _left = new int[Flows];
    private Kernel _kernel = null!;
    private int _handler;
    private long _received, _bytes, _wrong;

    public bool IsComplete => _received == (long)Flows * Datagrams && _bytes == 1_000_000_000 && _wrong == 0 && _kernel is { Hops: 2_001_300, Accepted: 1_001_250 };

    public Simulator Build(Trace? trace)
    {
        var world = new BridgeWorld(trace);
        world.AddBridge(0);
        var stacks = Enumerable.Range(0, 2 * Flows).Select(i => world.AddContainer($"c{i}", 0, i + 2)).ToList();
        (_kernel, _received, _bytes, _wrong) = (world.Simulator.Kernel, 0, 0, 0);
        _handler = _kernel.Loop.Register(this);
        for (int i = 0; i < Flows; i++)
        {
            stacks[2 * i + 1].Udp.Open(IpAddress.AnyV4, new Port(5001), "sink").Sink = this;
            _senders[i] = (stacks[2 * i].Udp.Open(IpAddress.AnyV4, default, "flood"), BridgeWorld.Address(0, 2 * i + 3));
            _left[i] = Datagrams;
            _kernel.Loop.At(1_000_000 + i * 137, _handler, 0, i);
        }
        return world.Simulator;
    }

    public void Handle(int kind, int a, int b)
    {
        var (socket, to) = _senders[a];
        socket.Send(_payload, to, new Port(5001));
        if (--_left[a] > 0) _kernel.Loop.After(10_000, _handler, 0, a);
    }

    public void Take(UdpSocket socket, ReadOnlySpan<byte> data, in IpAddress source, Port port)
    {
        _received++;
        _bytes += data.Length;
        if (data.Length != 1000 || data[999] != _payload[999]) _wrong++;
    }
}
