using System.Text.Json.Nodes;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>The results that both sides tell each other (send_results, get_results).</summary>
internal static class IperfResults
{
    /// <summary>The own ones. Computing takes no time here.</summary>
    public static JsonObject Of(IperfTraffic traffic, double seconds)
    {
        var streams = new JsonArray();
        foreach (var s in traffic.Streams) streams.Add((JsonNode)s.ToJson(seconds, traffic.Sends));
        return new()
        {
            ["cpu_util_total"] = 0,
            ["cpu_util_user"] = 0,
            ["cpu_util_system"] = 0,
            ["sender_has_retransmits"] = traffic.Sends ? 1 : -1,
            ["congestion_used"] = "cubic",
            ["streams"] = streams,
        };
    }

    /// <summary>Gives each stream what the other side says about it.</summary>
    public static void Give(IperfTraffic traffic, JsonObject results)
    {
        foreach (var node in results["streams"] as JsonArray ?? [])
            if (node is JsonObject o && traffic.Streams.Find(s => s.Id == (int)IperfParameters.Number(o["id"])) is { } stream) stream.Remote = o;
    }
}
