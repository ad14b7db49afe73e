using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>Collects what a side measures, and writes it line by line.</summary>
internal sealed class IperfReport(ProcessContext process, IperfOptions options, IperfParameters parameters, IperfTraffic traffic, Action<string> write)
{
    private const double LeastOfInterval = 0.1;
    private readonly List<IReadOnlyList<IperfMeasure>> _intervals = [];
    private double _last;

    /// <summary>The measured intervals, each with a measure a stream.</summary>
    public IReadOnlyList<IReadOnlyList<IperfMeasure>> Intervals => _intervals;

    /// <summary>Writes an interval line each -i seconds, until the process is done.</summary>
    public async Task Follow(Func<bool> over)
    {
        write(IperfText.IntervalTitle(parameters.Udp, traffic.Sends, parameters.Reverse && options.Host is not null));
        if (options.Interval <= 0) return;
        while (true)
        {
            await process.Clock.Delay(TimeSpan.FromSeconds(options.Interval));
            if (over()) return;
            Interval();
        }
    }

    /// <summary>The rest of the last interval, unless it is hardly anything (iperf_print_intermediate).</summary>
    public void End()
    {
        if (_intervals.Count == 0 || traffic.Elapsed - _last >= Math.Max(options.Interval, 0) * LeastOfInterval) Interval();
    }

    /// <summary>The lines below the separator.</summary>
    public void Summary(double seconds)
    {
        bool client = options.Host is not null, clientSends = !parameters.Reverse;
        write(IperfText.Separator + IperfText.SummaryTitle(parameters.Udp, client));
        var sent = new List<IperfMeasure>();
        var received = new List<IperfMeasure>();
        foreach (var s in traffic.Streams)
        {
            var (own, other) = (s.Whole(seconds), s.OfRemote());
            sent.Add(traffic.Sends ? own : other);
            received.Add(traffic.Sends ? other : own);
            string id = s.Socket.ToString(CultureInfo.InvariantCulture);
            if (client || traffic.Sends) write(IperfText.Summary(id, sent[^1], parameters.Udp, ofSender: true));
            if (client || !traffic.Sends) write(IperfText.Summary(id, received[^1], parameters.Udp, ofSender: false));
        }
        if (traffic.Streams.Count < 2) return;
        if (client || traffic.Sends) write(IperfText.Summary("SUM", IperfMeasure.Sum(sent), parameters.Udp, ofSender: true));
        if (client || !traffic.Sends) write(IperfText.Summary("SUM", IperfMeasure.Sum(received), parameters.Udp, ofSender: false));
    }

    private void Interval()
    {
        double now = traffic.Elapsed;
        var measures = traffic.Streams.Select(s => s.Since(_last, now)).ToList();
        _last = now;
        _intervals.Add(measures);
        for (int i = 0; i < measures.Count; i++)
            write(IperfText.Interval(traffic.Streams[i].Socket.ToString(CultureInfo.InvariantCulture), measures[i], parameters.Udp, traffic.Sends));
        if (measures.Count > 1) write(IperfText.Interval("SUM", IperfMeasure.Sum(measures), parameters.Udp, traffic.Sends));
    }
}

/// <summary>The document of -J, written as cJSON prints: tabs, and a member a line.</summary>
internal static class IperfJson
{
    /// <summary>An interval or a part of the summary.</summary>
    public static JsonObject Of(IperfMeasure m, bool udp, bool sender, int? socket)
    {
        var json = new JsonObject();
        if (socket is { } s) json["socket"] = s;
        (json["start"], json["end"], json["seconds"], json["bytes"], json["bits_per_second"]) = (m.From, m.To, m.To - m.From, m.Bytes, m.Rate);
        if (udp && !sender) (json["jitter_ms"], json["lost_packets"]) = (m.Jitter * 1000, m.Lost);
        if (udp) json["packets"] = m.Packets;
        else if (sender) json["retransmits"] = m.Retransmits;
        json["sender"] = sender;
        return json;
    }

    /// <summary>The text.</summary>
    public static string Text(JsonNode? node, int depth = 0)
    {
        string indent = new('\t', depth + 1);
        switch (node)
        {
            case JsonObject o:
                var text = new StringBuilder("{\n");
                text.AppendJoin(",\n", o.Select(m => $"{indent}\"{m.Key}\":\t{Text(m.Value, depth + 1)}"));
                return text.Append('\n').Append(indent[1..]).Append('}').ToString();
            case JsonArray a: return $"[{string.Join(", ", a.Select(i => Text(i, depth + 1)))}]";
            default: return node?.ToJsonString() ?? "null";
        }
    }
}
