using NetSim.Capture.Sockets;
using NetSim.Model.Addressing;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>Captures on an Ethernet interface through a ring that the kernel writes and this process reads, without a call for a packet (packet_mmap, TPACKET_V3).</summary>
internal sealed unsafe class RingSource : ILiveSource
{
    private const int Ethernet = 1;
    private const int Loopback = 772;
    private const int IgnoreOutgoingOption = 23;
    private const int WholePacket = 262_144;
    private const ulong ReturnConstant = 0x06;
    private readonly PacketSocket _socket;
    private readonly PacketRing _ring;
    private readonly InterfaceDrops _drops;
    private long _taken;
    private bool _isClosed;

    private RingSource(PacketSocket socket, PacketRing ring)
    {
        _socket = socket;
        _ring = ring;
        _drops = new(socket.Interface);
        Mac = socket.Link().Mac;
    }

    public string Name => _socket.Interface;

    public int LinkType => Ethernet;

    public MacAddress? Mac { get; }

    public int Descriptor => _socket.Descriptor;

    public bool IsGone => !_socket.Link().IsThere;

    public bool IsDrained => _isClosed && _ring.Counts() is var (received, dropped) && _taken >= received - dropped;

    /// <summary>Opens an interface; null when it is none of Ethernet's kind. On a thread in its namespace.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="filter">The filter as the kernel takes it; empty: everything.</param>
    /// <exception cref="MachineException">The interface is down, or a right or memory is missing.</exception>
    public static RingSource? TryOpen(string name, LiveOptions options, Func<ulong[]> filter)
    {
        var socket = PacketSocket.Open(name, "Capturing");
        PacketRing? ring = null;
        try
        {
            int kind = socket.Link().Kind;
            if (kind is not (Ethernet or Loopback))
            {
                socket.Dispose();
                return null;
            }
            ring = new PacketRing(socket, options.BufferMegabytes);
            ulong[] program = filter();
            if (program.Length > 0) socket.Filter(program);
            else if (options.SnapLength is > 0 and < WholePacket) socket.Filter([Return(options.SnapLength)]);
            // What loops back is sent and received: once is enough.
            if (kind == Loopback) socket.TrySet(IgnoreOutgoingOption, 1);
            if (options.Promiscuous) socket.Listen();
            var made = new RingSource(socket, ring);
            socket.Bind(PacketSocket.AllProtocols);
            return made;
        }
        catch
        {
            ring?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    public bool TryTake(out RawPacket packet)
    {
        if (!_ring.TryTake(out packet)) return false;
        _taken++;
        return true;
    }

    public void Settle() => _socket.Error();

    public void Close()
    {
        if (_isClosed) return;
        _socket.Filter([Return(0)]);
        _isClosed = true;
    }

    public (long Received, long Dropped, long DroppedByInterface) Counts()
    {
        var (received, dropped) = _ring.Counts();
        return (received, dropped, _drops.Count);
    }

    public void Dispose()
    {
        _ring.Dispose();
        _socket.Dispose();
        _drops.Dispose();
    }

    /// <summary>A program of one instruction: keep so many bytes; 0 keeps no packet.</summary>
    private static ulong Return(int bytes) => ReturnConstant | (ulong)bytes << 32;
}
