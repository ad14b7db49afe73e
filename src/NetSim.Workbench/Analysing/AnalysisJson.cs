using System.Text.Json;
using NetSim.Analysis.Statistics;

namespace NetSim.Workbench.Analysing;

/// <summary>An analysis as JSON, in the names of tshark's fields.</summary>
public static class AnalysisJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One document: a capture, or {captures, together}.</summary>
    public static string Of(Analysed analysed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            if (analysed.Together is null) Capture(json, analysed.Captures[0], analysed);
            else
            {
                json.WriteStartObject();
                json.WriteStartArray("captures");
                foreach (var c in analysed.Captures) Capture(json, c, analysed);
                json.WriteEndArray();
                json.WritePropertyName("together");
                Capture(json, analysed.Together, analysed);
                json.WriteEndObject();
            }
        }
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Capture(Utf8JsonWriter json, AnalysedCapture c, Analysed analysed)
    {
        var s = c.Statistics;
        json.WriteStartObject();
        json.WriteString("capture", c.Name);
        json.WriteString("format", c.Format);
        json.WriteBoolean("whole", c.Error is null);
        if (c.Error is not null) json.WriteString("error", c.Error);
        if (analysed.IsInterrupted) json.WriteBoolean("interrupted", true);
        Totals(json, s);
        Counts(json, "encap_types", s.LinkTypes.GroupBy(t => EncapsulationNumbers.Of(t.Key)).Select(g => (g.Key.ToString(), g.Sum(t => t.Value))));
        Counts(json, "interfaces_used", s.Interfaces.Select(i => (i.Key.ToString(), i.Value)));
        Interfaces(json, c.Interfaces);
        Counts(json, "frames", s.Frames.Select(f => (f.Key, f.Value)));
        StreamsJson.Tcp(json, s.Tcp);
        StreamsJson.Udp(json, s.Udp);
        if (s.SctpAssociations > 0) Counts(json, "sctp", [("associations", s.SctpAssociations)]);
        Dns(json, s.Dns);
        Network(json, s.Network);
        json.WriteNumber("ip_fragments", s.FragmentFrames);
        json.WriteNumber("malformed_frames", s.MalformedFrames);
        json.WriteNumber("repeated_sightings", s.RepeatedSightings);
        Checksums(json, s.Checksums);
        MoreJson.Write(json, s, analysed.Names);
        json.WriteEndObject();
    }

    private static void Totals(Utf8JsonWriter json, CaptureStatistics s)
    {
        json.WriteNumber("packets", s.Packets);
        json.WriteNumber("bytes", s.Bytes);
        json.WriteNumber("captured_bytes", s.CapturedBytes);
        json.WriteNumber("cut_by_snaplen", s.CutBySnapLength);
        Number(json, "first_ns", s.First);
        Number(json, "last_ns", s.Last);
        Number(json, "lowest_ns", s.Lowest);
        Number(json, "highest_ns", s.Highest);
        json.WriteNumber("time_goes_back", s.TimeGoesBack);
    }

    private static void Interfaces(Utf8JsonWriter json, IReadOnlyList<AnalysedInterface> interfaces)
    {
        json.WriteStartArray("interfaces");
        foreach (var i in interfaces)
        {
            json.WriteStartObject();
            json.WriteString("name", i.Name);
            json.WriteString("link_type", i.LinkType);
            json.WriteNumber("lost", i.Lost);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Dns(Utf8JsonWriter json, DnsStatistics dns)
    {
        json.WriteStartObject("dns");
        json.WriteNumber("queries", dns.Queries);
        json.WriteNumber("responses", dns.Responses);
        json.WriteNumber("truncated", dns.Truncated);
        json.WriteNumber("retransmitted_queries", dns.RetransmittedQueries);
        Counts(json, "rcodes", dns.ResponseCodes.Select(r => (r.Key.ToString(), r.Value)));
        json.WriteNumber("answered", dns.Answered);
        json.WriteNumber("unanswered", dns.Unanswered);
        Number(json, "median_ns", dns.Median);
        Number(json, "max_ns", dns.Highest);
        Counts(json, "failed", dns.Failed);
        Counts(json, "never_answered", dns.NeverAnswered);
        json.WriteEndObject();
    }

    private static void Network(Utf8JsonWriter json, NetworkStatistics n)
    {
        Counts(json, "icmp", n.Icmp.Select(i => (i.Key, i.Value)), false);
        Counts(json, "icmpv6", n.Icmpv6.Select(i => (i.Key, i.Value)), false);
        Counts(json, "icmp_mtu", n.IcmpMtus.Select(i => (i.Key.ToString(), i.Value)), false);
        Counts(json, "arp", n.ArpOperations.Select(a => ($"op{a.Key}", a.Value)), false);
        Counts(json, "vlan_ids", n.Vlans.Select(v => (v.Key.ToString(), v.Value)), false);
        Counts(json, "vnis", n.VirtualNetworks.Select(v => (v.Key, v.Value)), false);
        Counts(json, "gre", n.Gre.Select(g => (g.Key, g.Value)), false);
        Counts(json, "dhcp", n.Dhcp.Select(d => (d.Key.ToString(), d.Value)), false);
        Counts(json, "quic", n.Quic.Select(q => (q.Key, q.Value)), false);
    }

    private static void Checksums(Utf8JsonWriter json, IReadOnlyDictionary<string, ChecksumStatistics> checksums)
    {
        json.WriteStartObject("checksums");
        foreach (var (name, c) in checksums)
            Counts(json, name, [("bad", c.Bad), ("good", c.Good), ("unverified", c.Unverified), ("absent", c.Absent), ("illegal", c.Illegal), ("offloaded", c.Offloaded)]);
        json.WriteEndObject();
    }

    /// <summary>An object of numbers.</summary>
    internal static void Counts(Utf8JsonWriter json, string name, IEnumerable<(string Key, long Count)> counts, bool evenEmpty = true)
    {
        var all = counts.ToList();
        if (all.Count == 0 && !evenEmpty) return;
        json.WriteStartObject(name);
        foreach (var (key, count) in all) json.WriteNumber(key, count);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } v) json.WriteNumber(name, v);
        else json.WriteNull(name);
    }
}
