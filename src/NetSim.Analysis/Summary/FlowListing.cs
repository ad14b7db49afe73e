using NetSim.Analysis.Flows;
using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Summary;

/// <summary>Lists of streams, the largest flows, and the addresses behind them.</summary>
internal sealed class FlowListing(Books books)
{
    private const int Most = 100;
    private readonly PriorityQueue<(int Table, int Number), long> _largest = new();
    private readonly Dictionary<IpAddress, EndpointShare> _endpoints = [];

    /// <summary>The first TCP streams that are not only quoted.</summary>
    public List<TcpStreamShare> TcpStreams(int most)
    {
        var list = new List<TcpStreamShare>();
        for (int n = 0; n < books.Tcp.Streams.Count && list.Count < most; n++)
        {
            ref var flow = ref books.Tcp.Streams[n];
            if (flow.State.Low.Packets + flow.State.High.Packets > 0) list.Add(ShareOf(n, flow.Ends, flow.State));
        }
        return list;
    }

    public List<(int, long, long)> UdpStreams(int most)
    {
        var list = new List<(int, long, long)>();
        for (int n = 0; n < books.Udp.Streams.Count && list.Count < most; n++)
        {
            ref var s = ref books.Udp.Streams[n].State;
            if (s.LowPackets + s.HighPackets > 0) list.Add((n, s.LowPackets + s.HighPackets, s.LowBytes + s.HighBytes));
        }
        return list;
    }

    /// <summary>The largest flows and the addresses with the most bytes, over all protocols.</summary>
    public (List<FlowShare> Flows, List<EndpointShare> Endpoints, int Addresses) Largest()
    {
        for (int n = 0; n < books.Tcp.Streams.Count; n++)
        {
            ref var flow = ref books.Tcp.Streams[n];
            Add(0, n, flow.Ends, flow.State.Low.Packets, flow.State.Low.Bytes, flow.State.High.Packets, flow.State.High.Bytes);
        }
        var tables = Plain();
        for (int t = 0; t < tables.Length; t++)
            for (int n = 0; n < tables[t].Streams.Count; n++)
            {
                ref var flow = ref tables[t].Streams[n];
                Add(t + 1, n, flow.Ends, flow.State.LowPackets, flow.State.LowBytes, flow.State.HighPackets, flow.State.HighBytes);
            }
        var flows = new List<FlowShare>();
        while (_largest.TryDequeue(out var at, out _)) flows.Insert(0, at.Table == 0 ? TcpFlow(at.Number) : PlainFlowOf(tables[at.Table - 1], at.Number));
        var endpoints = _endpoints.Values.OrderByDescending(e => e.BytesSent + e.BytesReceived).ThenBy(e => e.Address).Take(Most).ToList();
        return (flows, endpoints, _endpoints.Count);
    }

    private PlainFlows[] Plain() => [books.Udp, books.Sctp, books.Others];

    private void Add(int table, int number, in EndPair ends, long lowPackets, long lowBytes, long highPackets, long highBytes)
    {
        if (lowPackets + highPackets == 0) return;
        _largest.Enqueue((table, number), lowBytes + highBytes);
        if (_largest.Count > Most) _largest.Dequeue();
        Spoke(ends.Address(false), lowPackets, lowBytes, highPackets, highBytes);
        Spoke(ends.Address(true), highPackets, highBytes, lowPackets, lowBytes);
    }

    private void Spoke(IpAddress address, long sent, long bytesSent, long received, long bytesReceived)
    {
        var e = _endpoints.GetValueOrDefault(address) ?? new(address, 0, 0, 0, 0);
        _endpoints[address] = new(address, e.PacketsSent + sent, e.BytesSent + bytesSent, e.PacketsReceived + received, e.BytesReceived + bytesReceived);
    }

    private FlowShare TcpFlow(int n)
    {
        ref var flow = ref books.Tcp.Streams[n];
        ref var s = ref flow.State;
        bool high = s.IsFirstFromHigh;
        ref var there = ref high ? ref s.High : ref s.Low;
        ref var back = ref high ? ref s.Low : ref s.High;
        string ending = s.WasReset ? "reset" : there.HasFin && back.HasFin ? "closed" : "open";
        return new(KeyOf(IpProtocol.Tcp, flow.Ends, high), n, NameOf(s.Application), DetailOf(n), (there.Packets, back.Packets), (there.Bytes, back.Bytes), s.FirstTime, s.LastTime,
            (there.Retransmissions, back.Retransmissions), s.HandshakeTime >= 0 ? s.HandshakeTime : null, ending);
    }

    private static FlowShare PlainFlowOf(PlainFlows table, int n)
    {
        ref var flow = ref table.Streams[n];
        ref var s = ref flow.State;
        var packets = s.IsFirstFromHigh ? ((long)s.HighPackets, (long)s.LowPackets) : (s.LowPackets, s.HighPackets);
        var bytes = s.IsFirstFromHigh ? (s.HighBytes, s.LowBytes) : (s.LowBytes, s.HighBytes);
        return new(KeyOf((IpProtocol)s.Protocol, flow.Ends, s.IsFirstFromHigh), n, NameOf(s.Application), "", packets, bytes, s.FirstTime, s.LastTime, default, null, "");
    }

    private string DetailOf(int stream)
    {
        if (!books.Hellos.TryGetValue(stream, out var hello)) return "";
        string version = hello.Version switch { 0x304 => "1.3", 0x303 => "1.2", 0x302 => "1.1", 0x301 => "1.0", _ => "" };
        return string.Join(' ', new[] { hello.ServerName, hello.Protocol, version }.Where(t => t.Length > 0));
    }

    private static string NameOf(byte application) => application == 0 ? "" : ((ApplicationKind)application).ToString().ToLowerInvariant();

    private static FlowKey KeyOf(IpProtocol protocol, in EndPair ends, bool fromHigh)
    {
        bool ports = protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;
        return new(protocol, ends.Address(fromHigh), new(ports ? ends.Port(fromHigh) : (ushort)0), ends.Address(!fromHigh), new(ports ? ends.Port(!fromHigh) : (ushort)0));
    }

    private static TcpStreamShare ShareOf(int n, in EndPair ends, in TcpStream s)
    {
        bool high = s.IsFirstFromHigh;
        // Of a stream that an ICMP error was the first to tell of, the first packet is the one that came later.
        if ((high ? s.High : s.Low).Packets == 0) high = !high;
        var there = high ? s.High : s.Low;
        var back = high ? s.Low : s.High;
        return new(n, ends.Address(high), ends.Port(high), ends.Address(!high), ends.Port(!high))
        {
            Packets = (there.Packets, back.Packets),
            Bytes = (there.Bytes, back.Bytes),
            Payload = (there.Payload, back.Payload),
            Syn = (there.Syn, back.Syn),
            Fin = (there.Fin, back.Fin),
            Rst = (there.Rst, back.Rst),
        };
    }
}
