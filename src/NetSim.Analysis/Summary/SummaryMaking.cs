using NetSim.Analysis.Flows;
using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Summary;

/// <summary>From the books to statistics.</summary>
internal sealed class SummaryMaking(Books books, CaptureCount count, int streams)
{
    private static readonly (TcpMarks Mark, string Name)[] Marks =
    [
        (TcpMarks.FastRetransmission, "fast_retransmission"), (TcpMarks.SpuriousRetransmission, "spurious_retransmission"), (TcpMarks.DuplicateAck, "duplicate_ack"),
        (TcpMarks.OutOfOrder, "out_of_order"), (TcpMarks.LostSegment, "lost_segment"), (TcpMarks.AckLostSegment, "ack_lost_segment"), (TcpMarks.ZeroWindow, "zero_window"),
        (TcpMarks.ZeroWindowProbe, "zero_window_probe"), (TcpMarks.ZeroWindowProbeAck, "zero_window_probe_ack"), (TcpMarks.WindowFull, "window_full"),
        (TcpMarks.WindowUpdate, "window_update"), (TcpMarks.KeepAlive, "keep_alive"), (TcpMarks.KeepAliveAck, "keep_alive_ack"), (TcpMarks.ReusedPorts, "reused_ports"),
    ];

    public CaptureStatistics Make()
    {
        var listing = new FlowListing(books);
        var (flows, endpoints, addresses) = listing.Largest();
        var made = new CaptureStatistics
        {
            Packets = count.Packets,
            Bytes = count.Bytes,
            CapturedBytes = count.CapturedBytes,
            CutBySnapLength = count.CutBySnapLength,
            First = count.HasTime ? count.First : null,
            Last = count.HasTime ? count.Last : null,
            Lowest = count.HasTime ? count.Lowest : null,
            Highest = count.HasTime ? count.Highest : null,
            TimeGoesBack = count.TimeGoesBack,
            LinkTypes = count.LinkTypes(),
            Interfaces = count.Interfaces(),
            Hierarchy = HierarchyMaking.Tree(books.Layers),
            Frames = HierarchyMaking.Frames(books.Layers),
            FragmentFrames = books.FragmentFrames,
            MalformedFrames = books.MalformedFrames,
            RepeatedSightings = count.Repeated,
            Tcp = Tcp(listing),
            Udp = Udp(listing),
            SctpAssociations = books.Associations.Count,
            Dns = Dns(),
            Network = NetworkMaking.Make(books),
            Checksums = Checksums(),
            Throughput = count.Throughput.Result(),
            Endpoints = endpoints,
            EndpointCount = addresses,
            Flows = flows,
            Troubles = [],
        };
        return made with { Troubles = TroubleList.Of(made, books) };
    }

    private TcpStatistics Tcp(FlowListing listing)
    {
        var tcp = books.Tcp;
        int real = 0;
        long flight = 0;
        var handshakes = new Samples();
        var resets = new SortedDictionary<ResetCause, long>();
        for (int n = 0; n < tcp.Streams.Count; n++)
        {
            ref var s = ref tcp.Streams[n].State;
            if (s.Low.Packets + s.High.Packets > 0) real++;
            if (s.HandshakeTime >= 0 && s.HasSynAck) handshakes.Add(s.HandshakeTime);
            if (s.WasReset) resets[s.Reset] = resets.GetValueOrDefault(s.Reset) + 1;
            flight = Math.Max(flight, Math.Max(s.Low.HighestInFlight, s.High.HighestInFlight));
        }
        return new()
        {
            Streams = real,
            StreamsOnlyQuoted = tcp.Streams.Count - real,
            Flags = NotZero([("syn", tcp.Syns), ("synack", tcp.SynAcks), ("fin", tcp.Fins), ("rst", tcp.Resets)]),
            Analysis = Analysis(tcp),
            PayloadBytes = tcp.Payload,
            PerStream = listing.TcpStreams(streams),
            Resets = resets.ToDictionary(r => CauseName(r.Key), r => r.Value),
            Handshakes = handshakes.Median() is { } median ? new(handshakes.Count, handshakes.Lowest, median, handshakes.Highest) : null,
            HighestInFlight = flight,
            NotFollowed = tcp.NotFollowed,
        };
    }

    private static IReadOnlyDictionary<string, long> Analysis(TcpFlows tcp)
    {
        long all = tcp.Marked(TcpMarks.Retransmission) + tcp.Marked(TcpMarks.FastRetransmission) + tcp.Marked(TcpMarks.SpuriousRetransmission);
        return NotZero([("retransmission", all), .. Marks.Select(m => (m.Name, tcp.Marked(m.Mark))), ("rto", tcp.Timeouts)]);
    }

    private static string CauseName(ResetCause cause) => cause switch
    {
        ResetCause.Refused => "refused",
        ResetCause.HalfOpen => "half_open",
        ResetCause.Aborted => "aborted",
        ResetCause.AfterClose => "after_close",
        _ => "unknown",
    };

    private static Dictionary<string, long> NotZero(IEnumerable<(string Name, long Count)> counts) => counts.Where(c => c.Count > 0).ToDictionary(c => c.Name, c => c.Count);

    private UdpStatistics Udp(FlowListing listing)
    {
        int real = 0;
        for (int n = 0; n < books.Udp.Streams.Count; n++)
            if (books.Udp.Streams[n].State is var s && s.LowPackets + s.HighPackets > 0) real++;
        return new() { Streams = real, PerStream = listing.UdpStreams(streams), NotFollowed = books.Udp.NotFollowed };
    }

    private DnsStatistics Dns()
    {
        var dns = books.Dns;
        var (unanswered, names) = dns.Unanswered();
        return new()
        {
            Queries = dns.Queries,
            Responses = dns.Responses,
            Truncated = dns.Truncated,
            RetransmittedQueries = dns.RepeatedQueries,
            ResponseCodes = dns.Codes.Select((n, code) => (code, n)).Where(c => c.n > 0).ToDictionary(c => c.code, c => c.n),
            Answered = dns.Times.Count,
            Unanswered = unanswered,
            Median = dns.Times.Median(),
            Highest = dns.Times.Count > 0 ? dns.Times.Highest : null,
            Failed = Often(dns.Failed),
            NeverAnswered = Often(names),
        };
    }

    private static List<(string, long)> Often(IReadOnlyDictionary<string, long> names) =>
        names.OrderByDescending(n => n.Value).ThenBy(n => n.Key, StringComparer.Ordinal).Take(50).Select(n => (n.Key, n.Value)).ToList();

    private Dictionary<string, ChecksumStatistics> Checksums()
    {
        (string Name, ChecksumCounts Counts)[] all =
            [("ip", books.IpChecksums), ("tcp", books.TcpChecksums), ("udp", books.UdpChecksums), ("icmp", books.IcmpChecksums), ("icmpv6", books.Icmpv6Checksums), ("sctp", books.SctpChecksums)];
        return all.Where(c => c.Counts.HasAny).ToDictionary(c => c.Name, c => new ChecksumStatistics(c.Counts.Good, c.Counts.Bad, c.Counts.Absent, c.Counts.Unverified, c.Counts.Illegal, c.Counts.Offloaded));
    }
}
