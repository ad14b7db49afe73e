using System.Text.Json;
using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Workbench.Analysing;

/// <summary>What an analysis tells beyond tshark's figures: the hierarchy, who spoke with whom, throughput, troubles.</summary>
internal static class MoreJson
{
    public static void Write(Utf8JsonWriter json, CaptureStatistics s, IReadOnlyDictionary<IpAddress, string> names)
    {
        json.WriteStartArray("hierarchy");
        foreach (var layer in s.Hierarchy)
        {
            json.WriteStartObject();
            json.WriteNumber("depth", layer.Depth);
            json.WriteString("name", layer.Name);
            json.WriteNumber("frames", layer.Frames);
            json.WriteNumber("bytes", layer.Bytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Endpoints(json, s, names);
        Flows(json, s.Flows, names);
        IcmpErrors(json, s.Network);
        Conflicts(json, s.Network);
        Throughput(json, s.Throughput);
        Troubles(json, s.Troubles);
    }

    private static void Endpoints(Utf8JsonWriter json, CaptureStatistics s, IReadOnlyDictionary<IpAddress, string> names)
    {
        json.WriteNumber("endpoint_count", s.EndpointCount);
        json.WriteStartArray("endpoints");
        foreach (var e in s.Endpoints)
        {
            json.WriteStartObject();
            json.WriteString("address", e.Address.ToString());
            if (names.TryGetValue(e.Address, out string? name)) json.WriteString("name", name);
            StreamsJson.Pair(json, "packets", (e.PacketsSent, e.PacketsReceived));
            StreamsJson.Pair(json, "bytes", (e.BytesSent, e.BytesReceived));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Flows(Utf8JsonWriter json, IReadOnlyList<FlowShare> flows, IReadOnlyDictionary<IpAddress, string> names)
    {
        json.WriteStartArray("flows");
        foreach (var f in flows)
        {
            json.WriteStartObject();
            json.WriteString("protocol", f.Key.Protocol.ToName());
            json.WriteNumber("stream", f.Stream);
            End(json, "a", f.Key.Source, f.Key.SourcePort, names);
            End(json, "b", f.Key.Destination, f.Key.DestinationPort, names);
            if (f.Application.Length > 0) json.WriteString("application", f.Application);
            if (f.Detail.Length > 0) json.WriteString("detail", f.Detail);
            StreamsJson.Pair(json, "packets", f.Packets);
            StreamsJson.Pair(json, "bytes", f.Bytes);
            json.WriteNumber("first_ns", f.FirstTime);
            json.WriteNumber("last_ns", f.LastTime);
            if (f.Key.Protocol == IpProtocol.Tcp) StreamsJson.Pair(json, "retransmissions", f.Retransmissions);
            if (f.HandshakeTime is { } rtt) json.WriteNumber("handshake_ns", rtt);
            if (f.Ending.Length > 0) json.WriteString("ending", f.Ending);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void End(Utf8JsonWriter json, string which, IpAddress address, Port port, IReadOnlyDictionary<IpAddress, string> names)
    {
        json.WriteString(which, $"{address}|{port}");
        if (names.TryGetValue(address, out string? name)) json.WriteString(which + "_name", name);
    }

    private static void IcmpErrors(Utf8JsonWriter json, NetworkStatistics network)
    {
        if (network.IcmpErrors.Count == 0) return;
        json.WriteStartArray("icmp_errors");
        foreach (var e in network.IcmpErrors)
        {
            json.WriteStartObject();
            json.WriteString("kind", e.Kind);
            json.WriteString("from", e.From.ToString());
            json.WriteString("quoted", e.Quoted);
            json.WriteNumber("count", e.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Conflicts(Utf8JsonWriter json, NetworkStatistics network)
    {
        if (network.ArpConflicts.Count == 0) return;
        json.WriteStartObject("arp_conflicts");
        foreach (var (address, owners) in network.ArpConflicts)
        {
            json.WriteStartArray(address.ToString());
            foreach (var mac in owners) json.WriteStringValue(mac.ToString());
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Throughput(Utf8JsonWriter json, Throughput t)
    {
        json.WriteStartObject("throughput");
        json.WriteNumber("start_ns", t.Start);
        json.WriteNumber("width_ns", t.Width);
        json.WriteStartArray("packets");
        foreach (long n in t.Packets) json.WriteNumberValue(n);
        json.WriteEndArray();
        json.WriteStartArray("bytes");
        foreach (long n in t.Bytes) json.WriteNumberValue(n);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Troubles(Utf8JsonWriter json, IReadOnlyList<Trouble> troubles)
    {
        json.WriteStartArray("troubles");
        foreach (var t in troubles)
        {
            json.WriteStartObject();
            json.WriteString("rule", t.Rule);
            json.WriteString("severity", t.Severity.ToString().ToLowerInvariant());
            json.WriteString("sentence", t.Sentence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
