using System.Globalization;
using NetSim.Analysis.Flows;
using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Summary;

/// <summary>What is wrong, from the statistics: one method for each kind, the worst first.</summary>
internal sealed class TroubleList
{
    private readonly List<Trouble> _troubles = [];
    private readonly CaptureStatistics _of;

    private TroubleList(CaptureStatistics statistics) => _of = statistics;

    public static IReadOnlyList<Trouble> Of(CaptureStatistics statistics, Books books)
    {
        var list = new TroubleList(statistics);
        list.Dns();
        list.Arp();
        list.Icmp();
        list.Resets(books);
        list.Unanswered(books);
        list.Loss();
        list.Windows();
        list.Checksums();
        list.Cut();
        return list._troubles.OrderByDescending(t => t.Severity).ToList();
    }

    private void Add(string rule, Severity severity, string sentence) => _troubles.Add(new(rule, severity, sentence));

    private static string N(long n, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{n:#,0} {(n == 1 ? one : many ?? one + "s")}");

    private void Dns()
    {
        var dns = _of.Dns;
        long servfail = dns.ResponseCodes.Where(c => c.Key is not (0 or 3)).Sum(c => c.Value), none = dns.ResponseCodes.GetValueOrDefault(3);
        string names = string.Join(", ", dns.Failed.Take(3).Select(f => f.Name));
        if (servfail > 0) Add("dns-failure", Severity.Error, $"{N(servfail, "DNS query", "DNS queries")} failed{(none == 0 ? $": {names}" : "")}");
        if (none > 0) Add("dns-no-name", Severity.Warning, $"{N(none, "DNS query", "DNS queries")} asked for names that don't exist: {names}");
        string silent = string.Join(", ", dns.NeverAnswered.Take(3).Select(f => f.Name));
        if (dns.Unanswered > 0) Add("dns-unanswered", Severity.Error, $"{N(dns.Unanswered, "DNS query", "DNS queries")} got no answer{(silent.Length > 0 ? ": " + silent : "")}");
        if (dns.RetransmittedQueries > 0) Add("dns-retried", Severity.Warning, $"{N(dns.RetransmittedQueries, "DNS query was", "DNS queries were")} sent again within 5 s");
        if (dns.Truncated > 0) Add("dns-truncated", Severity.Note, $"{N(dns.Truncated, "DNS message was", "DNS messages were")} truncated; the client should ask again over TCP");
    }

    private void Arp()
    {
        foreach (var (address, owners) in _of.Network.ArpConflicts.Take(5)) Add("arp-conflict", Severity.Error, $"{address} is claimed by {string.Join(" and ", owners)}");
    }

    private void Icmp()
    {
        foreach (var kind in _of.Network.IcmpErrors.GroupBy(e => e.Kind).OrderByDescending(g => g.Sum(e => e.Count)))
        {
            var first = kind.First();
            string more = kind.Skip(1).Any() ? $", and {N(kind.Count() - 1, "other")}" : "";
            var severity = kind.Key is "redirect" or "packet too big" ? Severity.Warning : Severity.Error;
            Add("icmp-" + kind.Key.Replace(' ', '-'), severity, $"{first.From} says {kind.Key} {N(kind.Sum(e => e.Count), "time")}: about {first.Quoted}{more}");
        }
    }

    private void Resets(Books books)
    {
        if (_of.Tcp.Resets.GetValueOrDefault("refused") is > 0 and var refused) Add("tcp-refused", Severity.Error, $"{N(refused, "connection was", "connections were")} refused: {Examples(books, ResetCause.Refused)}");
        if (_of.Tcp.Resets.GetValueOrDefault("aborted") is > 0 and var aborted) Add("tcp-aborted", Severity.Warning, $"{N(aborted, "open connection was", "open connections were")} reset: {Examples(books, ResetCause.Aborted)}");
    }

    private static string Examples(Books books, ResetCause cause) => Examples(books, s => s.WasReset && s.Reset == cause);

    private static string Examples(Books books, Predicate<TcpStream> match)
    {
        var ends = new List<string>();
        for (int n = 0; n < books.Tcp.Streams.Count && ends.Count < 4; n++)
        {
            ref var flow = ref books.Tcp.Streams[n];
            if (!match(flow.State)) continue;
            bool high = !flow.State.IsFirstFromHigh;
            string end = Model.Packets.FlowKey.End(flow.Ends.Address(high), new(flow.Ends.Port(high)));
            if (!ends.Contains(end)) ends.Add(end);
        }
        return string.Join(", ", ends.Take(3)) + (ends.Count > 3 ? ", …" : "");
    }

    private void Unanswered(Books books)
    {
        long silent = 0;
        for (int n = 0; n < books.Tcp.Streams.Count; n++) if (IsSilent(books.Tcp.Streams[n].State)) silent++;
        if (silent > 0) Add("tcp-unanswered", Severity.Error, $"{N(silent, "connection", "connections")} got no answer to SYN: {Examples(books, IsSilent)}");
    }

    private static bool IsSilent(TcpStream s) => s.IsFirstFromHigh ? s.High.Syn > 0 && s.Low.Packets == 0 && s.High.Packets == s.High.Syn : s.Low.Syn > 0 && s.High.Packets == 0 && s.Low.Packets == s.Low.Syn;

    private void Loss()
    {
        var tcp = _of.Tcp.Analysis;
        long again = tcp.GetValueOrDefault("retransmission"), order = tcp.GetValueOrDefault("out_of_order"), lost = tcp.GetValueOrDefault("lost_segment"), acked = tcp.GetValueOrDefault("ack_lost_segment");
        double share = 100.0 * again / Math.Max(1, _of.Frames.GetValueOrDefault("tcp"));
        string percent = string.Create(CultureInfo.InvariantCulture, $"{(share < 0.1 ? "under 0.1" : share.ToString("0.#", CultureInfo.InvariantCulture))} % of TCP");
        if (again > 0) Add("tcp-retransmission", share > 1 ? Severity.Warning : Severity.Note, $"{N(again, "TCP segment was", "TCP segments were")} sent again ({percent})");
        if (lost > 0 || acked > 0) Add("capture-gap", Severity.Note, $"{N(lost + acked, "gap")} in TCP streams: segments that the capture does not show");
        if (order > 0) Add("tcp-out-of-order", Severity.Note, $"{N(order, "TCP segment")} came out of order");
        if (tcp.GetValueOrDefault("duplicate_ack") is > 0 and var duplicates) Add("tcp-duplicate-ack", Severity.Note, $"{N(duplicates, "duplicate ACK")}");
    }

    private void Windows()
    {
        var tcp = _of.Tcp.Analysis;
        if (tcp.GetValueOrDefault("zero_window") is > 0 and var zero) Add("tcp-zero-window", Severity.Warning, $"a receiver had no room {N(zero, "time")} (zero window): its program reads too slowly");
        if (tcp.GetValueOrDefault("window_full") is > 0 and var full) Add("tcp-window-full", Severity.Note, $"{N(full, "segment")} filled the receiver's window");
    }

    private void Checksums()
    {
        foreach (var (name, c) in _of.Checksums)
        {
            long wrong = c.Bad - c.Offloaded;
            if (wrong > 0) Add("checksum-bad", name == "ip" || wrong * 20 < c.Good ? Severity.Warning : Severity.Note, $"{N(wrong, $"{name.ToUpperInvariant()} checksum is", $"{name.ToUpperInvariant()} checksums are")} wrong");
            if (c.Offloaded > 0) Add("checksum-offload", Severity.Note, $"{N(c.Offloaded, $"{name.ToUpperInvariant()} checksum was", $"{name.ToUpperInvariant()} checksums were")} left to the network card (captured at the sender; nothing is wrong)");
        }
    }

    private void Cut()
    {
        if (_of.CutBySnapLength > 0) Add("capture-cut", Severity.Note, $"{N(_of.CutBySnapLength, "packet is", "packets are")} cut by the snap length");
        if (_of.MalformedFrames > 0) Add("malformed", Severity.Warning, $"{N(_of.MalformedFrames, "frame is", "frames are")} shorter than the headers say");
        if (_of.TimeGoesBack > 0) Add("time-goes-back", Severity.Note, $"{N(_of.TimeGoesBack, "packet is", "packets are")} earlier than the one before");
        if (_of.Tcp.NotFollowed + _of.Udp.NotFollowed > 0) Add("too-many-flows", Severity.Note, $"{N(_of.Tcp.NotFollowed + _of.Udp.NotFollowed, "packet belongs", "packets belong")} to flows beyond the bound on flows, and are only counted");
    }
}
