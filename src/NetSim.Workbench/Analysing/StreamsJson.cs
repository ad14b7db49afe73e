using System.Text.Json;
using NetSim.Analysis.Statistics;

namespace NetSim.Workbench.Analysing;

/// <summary>TCP and UDP of an analysis as JSON.</summary>
internal static class StreamsJson
{
    public static void Tcp(Utf8JsonWriter json, TcpStatistics tcp)
    {
        json.WriteStartObject("tcp");
        json.WriteNumber("streams", tcp.Streams);
        json.WriteNumber("streams_only_quoted", tcp.StreamsOnlyQuoted);
        AnalysisJson.Counts(json, "flags", tcp.Flags.Select(f => (f.Key, f.Value)));
        AnalysisJson.Counts(json, "analysis", tcp.Analysis.Select(a => (a.Key, a.Value)));
        json.WriteNumber("payload_bytes", tcp.PayloadBytes);
        AnalysisJson.Counts(json, "resets", tcp.Resets.Select(r => (r.Key, r.Value)));
        if (tcp.Handshakes is { } h) AnalysisJson.Counts(json, "handshakes", [("count", h.Count), ("lowest_ns", h.Lowest), ("median_ns", h.Median), ("highest_ns", h.Highest)]);
        json.WriteNumber("highest_in_flight", tcp.HighestInFlight);
        if (tcp.NotFollowed > 0) json.WriteNumber("not_followed", tcp.NotFollowed);
        json.WriteStartArray("per_stream");
        foreach (var s in tcp.PerStream) Stream(json, s);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Udp(Utf8JsonWriter json, UdpStatistics udp)
    {
        json.WriteStartObject("udp");
        json.WriteNumber("streams", udp.Streams);
        if (udp.NotFollowed > 0) json.WriteNumber("not_followed", udp.NotFollowed);
        json.WriteStartArray("per_stream");
        foreach (var (stream, packets, bytes) in udp.PerStream)
        {
            json.WriteStartArray();
            json.WriteNumberValue(stream);
            json.WriteNumberValue(packets);
            json.WriteNumberValue(bytes);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Stream(Utf8JsonWriter json, TcpStreamShare s)
    {
        json.WriteStartObject();
        json.WriteNumber("stream", s.Stream);
        json.WriteString("a", $"{s.A}|{s.APort}");
        json.WriteString("b", $"{s.B}|{s.BPort}");
        Pair(json, "packets", s.Packets);
        Pair(json, "bytes", s.Bytes);
        Pair(json, "payload", s.Payload);
        Pair(json, "syn", s.Syn);
        Pair(json, "fin", s.Fin);
        Pair(json, "rst", s.Rst);
        json.WriteEndObject();
    }

    /// <summary>There and back.</summary>
    public static void Pair(Utf8JsonWriter json, string name, (long There, long Back) pair)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(pair.There);
        json.WriteNumberValue(pair.Back);
        json.WriteEndArray();
    }
}
