using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Tests.Analysis;

/// <summary>TCP between two ends that obeys no stack: seeded chance repeats, skips, reorders, acknowledges too much, closes windows, uses ports again.</summary>
internal sealed class RandomSegments(int seed)
{
    private static readonly IpAddress[] Hosts = [IpAddress.Parse("10.0.0.1"), IpAddress.Parse("10.0.0.2")];
    private readonly Random _random = new(seed);
    private readonly uint[] _next = [1000, 5000];
    private readonly uint[] _acked = [5000, 1000];
    private readonly ushort[] _windows = [501, 502];
    private ushort _port = 40000;

    /// <summary>So many frames with their times.</summary>
    public List<(long Time, byte[] Frame)> Make(int count)
    {
        var frames = new List<(long, byte[])>();
        long time = 1_700_000_000_000_000_000;
        for (int n = 0; n < count; n++)
        {
            time += _random.Next(6) switch { 0 => 25_000_000, 1 => 2_000_000, 2 => 400_000, _ => 20_000 };
            frames.Add((time, Segment(n)));
        }
        return frames;
    }

    private byte[] Segment(int n)
    {
        int from = _random.Next(2);
        var flags = n == 0 ? TcpFlags.Syn : _random.Next(40) switch { 0 => TcpFlags.Syn, 1 => TcpFlags.Syn | TcpFlags.Ack, 2 => TcpFlags.Fin | TcpFlags.Ack, 3 => TcpFlags.Rst | TcpFlags.Ack, 4 => TcpFlags.None, _ => TcpFlags.Ack };
        if (_random.Next(150) == 0) _port++;
        int length = _random.Next(5) switch { 0 => 1, 1 or 2 => 100, _ => 0 };
        int step = _random.Next(14) switch { 0 => -1, 1 => -100, 2 => 100, 3 => -300, 4 => 7, _ => 0 };
        uint sequence = (uint)(_next[from] + step);
        if (_random.Next(12) == 0) _acked[from] = _next[1 - from] + (uint)(_random.Next(6) == 0 ? 50 : 0);
        else if (_random.Next(4) == 0) _acked[from] = _next[1 - from];
        if (_random.Next(9) == 0) _windows[from] = (ushort)(_random.Next(4) == 0 ? 0 : 100 * _random.Next(1, 4));
        uint end = sequence + (uint)length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) != TcpFlags.None ? 1u : 0);
        if (end > _next[from]) _next[from] = end;
        return Frame(from, flags, sequence, (flags & TcpFlags.Ack) != TcpFlags.None ? _acked[from] : 0, length);
    }

    private byte[] Frame(int from, TcpFlags flags, uint sequence, uint ack, int length)
    {
        bool syn = (flags & TcpFlags.Syn) != TcpFlags.None;
        var tcp = new TcpHeader
        {
            SourcePort = from == 0 ? _port : (ushort)80,
            DestinationPort = from == 0 ? (ushort)80 : _port,
            SequenceNumber = sequence,
            AcknowledgmentNumber = ack,
            Flags = flags,
            Window = _windows[from],
            Options = syn && _random.Next(3) > 0 ? new() { WindowScale = (byte)_random.Next(0, 3) } : default,
        };
        var ip = new Ipv4Header { Source = Hosts[from], Destination = Hosts[1 - from], Protocol = IpProtocol.Tcp, Identification = (ushort)_random.Next(65536) };
        int size = tcp.Length + length;
        var frame = new byte[14 + 20 + size];
        EthernetHeader.Write(frame, new MacAddress(2), new MacAddress(1), EtherType.Ipv4);
        for (int i = 0; i < length; i++) frame[34 + tcp.Length + i] = (byte)'x';
        tcp.Write(frame.AsSpan(34), ip.PseudoHeaderSum(size));
        ip.Write(frame.AsSpan(14), size);
        return frame;
    }
}
