using System.Buffers.Binary;
using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>What one stream of a test has moved.</summary>
internal sealed class IperfStream(int id, int socket)
{
    private double _transit;
    private long _reported, _reportedPackets, _reportedLost, _reportedRetransmits;

    /// <summary>1, 3, 4 ...: the number in the results.</summary>
    public int Id { get; } = id;

    /// <summary>The number of its socket, which the report shows.</summary>
    public int Socket { get; } = socket;

    /// <summary>Its TCP connection, when it has one.</summary>
    public ITcpConnection? Connection { get; init; }

    /// <summary>The other end of a UDP stream, and its port.</summary>
    public (IpAddress Address, Port Port) Peer { get; init; }

    /// <summary>Bytes sent, or received.</summary>
    public long Bytes { get; private set; }

    /// <summary>Datagrams sent; of a receiver, the highest number seen.</summary>
    public long Packets { get; private set; }

    /// <summary>Datagrams missing.</summary>
    public long Lost { get; private set; }

    /// <summary>Variation of the transit times, in seconds (RFC 1889, section 6.3.1).</summary>
    public double Jitter { get; private set; }

    /// <summary>What the other side found, once results are exchanged.</summary>
    public JsonObject? Remote { get; set; }

    /// <summary>Counts bytes of a stream.</summary>
    public void Count(int bytes) => Bytes += bytes;

    /// <summary>Writes the head of the next datagram: seconds, microseconds, number (iperf_udp_send).</summary>
    public void Stamp(Span<byte> datagram, DateTimeOffset now)
    {
        long microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteUInt32BigEndian(datagram, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], (uint)++Packets);
        Bytes += datagram.Length;
    }

    /// <summary>Counts a datagram that came (iperf_udp_recv).</summary>
    public void Take(ReadOnlySpan<byte> datagram, DateTimeOffset now)
    {
        if (datagram.Length < 12) return;
        Bytes += datagram.Length;
        double sent = BinaryPrimitives.ReadUInt32BigEndian(datagram) + BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) / 1e6;
        long number = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]);
        if (number > Packets)
        {
            Lost += number - Packets - 1;
            Packets = number;
        }
        else if (Lost > 0) Lost--;
        double transit = (now - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond - sent;
        if (_transit != 0) Jitter += (Math.Abs(transit - _transit) - Jitter) / 16;
        _transit = transit;
    }

    /// <summary>What came since the last report; it begins anew.</summary>
    public IperfMeasure Since(double from, double to)
    {
        var m = new IperfMeasure(from, to, Bytes - _reported) { Packets = Packets - _reportedPackets, Lost = Lost - _reportedLost, Jitter = Jitter, Window = Connection?.Figures.CongestionWindow ?? 0, Retransmits = (Connection?.Figures.Retransmits ?? 0) - _reportedRetransmits };
        (_reported, _reportedPackets, _reportedLost, _reportedRetransmits) = (Bytes, Packets, Lost, Connection?.Figures.Retransmits ?? 0);
        return m;
    }

    /// <summary>All of it.</summary>
    public IperfMeasure Whole(double seconds) => new(0, seconds, Bytes) { Packets = Packets, Lost = Lost, Jitter = Jitter, Retransmits = Connection?.Figures.Retransmits ?? 0 };

    /// <summary>For the other side.</summary>
    public JsonObject ToJson(double seconds, bool sends) => new()
    {
        ["id"] = Id,
        ["bytes"] = Bytes,
        ["retransmits"] = sends ? Connection?.Figures.Retransmits ?? -1 : -1,
        ["jitter"] = Jitter,
        ["errors"] = Lost,
        ["packets"] = Packets,
        ["start_time"] = 0,
        ["end_time"] = seconds,
    };

    /// <summary>What the other side measured.</summary>
    public IperfMeasure OfRemote()
    {
        double Of(string word) => IperfParameters.Number(Remote?[word]);
        return new(0, Of("end_time"), (long)Of("bytes")) { Packets = (long)Of("packets"), Lost = (long)Of("errors"), Jitter = Of("jitter"), Retransmits = (long)Math.Max(0, Of("retransmits")) };
    }
}

/// <summary>A line of the report.</summary>
/// <param name="From">Second it begins.</param>
/// <param name="To">Second it ends.</param>
/// <param name="Bytes">Moved in between.</param>
internal sealed record IperfMeasure(double From, double To, long Bytes)
{
    /// <summary>Datagrams.</summary>
    public long Packets { get; init; }

    /// <summary>Datagrams that did not come.</summary>
    public long Lost { get; init; }

    /// <summary>Seconds.</summary>
    public double Jitter { get; init; }

    /// <summary>Congestion window at the end, bytes.</summary>
    public long Window { get; init; }

    /// <summary>Segments sent again.</summary>
    public long Retransmits { get; init; }

    /// <summary>Bits a second.</summary>
    public double Rate => To > From ? Bytes * 8 / (To - From) : 0;

    /// <summary>Several side by side.</summary>
    public static IperfMeasure Sum(IReadOnlyList<IperfMeasure> all) => new(all[0].From, all[0].To, all.Sum(m => m.Bytes))
    {
        Packets = all.Sum(m => m.Packets),
        Lost = all.Sum(m => m.Lost),
        Jitter = all.Average(m => m.Jitter),
        Retransmits = all.Sum(m => m.Retransmits),
    };
}
