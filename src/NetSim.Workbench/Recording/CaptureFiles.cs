using System.Text.Json.Nodes;
using NetSim.Capture.Files;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Running;

namespace NetSim.Workbench.Recording;

/// <summary>Writes pcap/*.pcap and captures.json: what a capture on each interface would have shown.</summary>
internal static class CaptureFiles
{
    private const long AfterLastStep = 400_000_000;

    /// <summary>Writes them into a recording's folder.</summary>
    public static void Write(ScenarioResult run, string folder)
    {
        var points = CapturePlan.Of(run);
        if (points.Count > 0) Directory.CreateDirectory(Path.Combine(folder, "pcap"));
        Frames(run, points, folder);
        StateFiles.Dump(folder, "captures.json", new JsonArray(points.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (JsonNode)Describe(p, run)).ToArray()));
    }

    private static void Frames(ScenarioResult run, IReadOnlyList<CapturePoint> points, string folder)
    {
        var wish = run.Scenario.Capture;
        var at = points.GroupBy(p => p.Place).ToDictionary(g => run.Trace.PlaceNumber(g.Key), g => g.ToList());
        var writers = new SortedDictionary<string, PcapWriter>(StringComparer.Ordinal);
        var bytes = new byte[1 << 17];
        try
        {
            foreach (var (_, row) in run.Trace.Rows())
            {
                if (row.Time > run.End.Nanoseconds + AfterLastStep) break;
                if (row.Kind is not (StepKind.Received or StepKind.Transmitted) || !at.TryGetValue(row.Place, out var here)) continue;
                if (here.Find(p => p.Covers(row.Time)) is not { } point || OffloadWeight.Packets(point.Weight) >= wish.MaxPackets) continue;
                if (row is { Kind: StepKind.Received, A: 1 } && !wish.Promiscuous && point.IsBridge) continue;
                if (!writers.TryGetValue(point.Name, out var writer)) writers.Add(point.Name, writer = PcapWriter.Create(Path.Combine(folder, "pcap", point.Name + ".pcap")));
                int length = run.Trace.Packets.Read(row.B, bytes);
                writer.Write(run.Trace.ZeroUnixNanoseconds + row.Time, bytes.AsSpan(0, wish.SnapLength > 0 ? Math.Min(length, wish.SnapLength) : length), run.Trace.Packets.OriginalLength(row.B));
                point.Packets++;
                point.Weight += OffloadWeight.Of(bytes.AsSpan(0, length), run.Trace.Packets.OriginalLength(row.B));
            }
        }
        finally
        {
            foreach (var w in writers.Values) w.Dispose();
        }
    }

    private static JsonObject Describe(CapturePoint p, ScenarioResult run)
    {
        bool inside = p.Name.StartsWith("ctr.", StringComparison.Ordinal);
        var o = new JsonObject
        {
            ["netns"] = inside ? p.Container : "host",
            ["ifindex"] = p.Index,
            ["mac"] = p.Mac.ToString(),
            ["network"] = p.Network,
        };
        if (!inside && p.Container is not null) o["container"] = p.Container;
        if (p.IsBridge) o["promiscuous"] = run.Scenario.Capture.Promiscuous;
        else o["peer_ifindex"] = p.PeerIndex;
        o["file"] = $"pcap/{p.Name}.pcap";
        o["ifname"] = p.Place.Interface;
        o["packets"] = p.Packets;
        o["dropped_by_kernel"] = 0;
        return o;
    }
}
