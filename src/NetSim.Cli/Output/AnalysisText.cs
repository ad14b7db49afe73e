using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Workbench.Analysing;
using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>An analysis as one screen of text: what it is, what is wrong, who talks most, what to run next.</summary>
internal sealed class AnalysisText
{
    private const int MostTroubles = 8;
    private const int MostFlows = 8;
    private const int Width = 119;
    private readonly IAnsiConsole _paint;
    private readonly IReadOnlyDictionary<IpAddress, string> _names;

    private AnalysisText(IAnsiConsole paint, IReadOnlyDictionary<IpAddress, string> names) => (_paint, _names) = (paint, names);

    /// <summary>Writes all captures, and all together.</summary>
    public static void Write(Door door, Analysed analysed)
    {
        var text = new AnalysisText(door.Paint(), analysed.Names);
        if (analysed.Together is null)
        {
            text.Capture(analysed.Captures[0]);
            text.Next(analysed.Captures[0]);
            return;
        }
        foreach (var c in analysed.Captures) text.Head(c);
        text.Capture(analysed.Together);
    }

    /// <summary>Writes a followed capture as it is now.</summary>
    public static void Write(Door door, AnalysedCapture capture) => new AnalysisText(door.Paint(), new Dictionary<IpAddress, string>()).Capture(capture);

    private void Capture(AnalysedCapture c)
    {
        Head(c);
        var s = c.Statistics;
        if (s.Packets == 0) return;
        Troubles(s);
        Line("");
        Line($"{Title("Traffic")}{Escape(TrafficLine.Of(s.Throughput))}");
        Protocols(s);
        Tcp(s.Tcp);
        Dns(s.Dns);
        Flows(s);
    }

    private void Head(AnalysedCapture c)
    {
        var s = c.Statistics;
        string links = string.Join(", ", c.Interfaces.Select(i => i.LinkType[..Math.Max(i.LinkType.LastIndexOf(" (", StringComparison.Ordinal), 1)]).Distinct());
        string where = string.Join(", ", c.Interfaces.Select(i => i.Name).Where(n => n.Length > 0).Distinct().Take(6));
        string time = s.Lowest is { } low && s.Highest is { } high ? $" in {Figures.Time(high - low)} from {Figures.Moment(low)}" : "";
        Line($"[bold]{Escape(c.Name)}[/]  {Escape($"{c.Format}, {links}{(where.Length > 0 ? " on " + where : "")}")}");
        Line($"  {Figures.Count(s.Packets)} packets, {Figures.Bytes(s.Bytes)}{time}; {Figures.Count(s.Tcp.Streams)} TCP and {Figures.Count(s.Udp.Streams)} UDP streams, {Figures.Count(s.EndpointCount)} addresses");
        if (s.RepeatedSightings > 0) Line($"  {Figures.Count(s.RepeatedSightings)} packets were seen before at another place; they are no retransmissions");
        if (c.Interfaces.Sum(i => i.Lost) is > 0 and var lost) Line($"  [yellow]{Figures.Count(lost)} packets were lost while capturing[/]");
        if (c.Error is not null) Line($"  [red]{Escape($"damaged: {c.Error}")}[/]");
    }

    private void Troubles(CaptureStatistics s)
    {
        Line("");
        if (s.Troubles.Count == 0) Line($"{Title("Troubles")}[green]none[/]");
        bool first = true;
        foreach (var t in s.Troubles.Take(MostTroubles))
        {
            string colour = t.Severity switch { Severity.Error => "red", Severity.Warning => "yellow", _ => "grey" };
            string sign = t.Severity switch { Severity.Error => "error", Severity.Warning => "warn ", _ => "note " };
            string sentence = t.Sentence.Length > Width - 17 ? t.Sentence[..(Width - 18)] + "…" : t.Sentence;
            Line($"{(first ? Title("Troubles") : Title(""))}[{colour}]{sign}[/] {Escape(sentence)}");
            first = false;
        }
        if (s.Troubles.Count > MostTroubles) Line($"{Title("")}{s.Troubles.Count - MostTroubles} more in --format json");
    }

    private void Protocols(CaptureStatistics s)
    {
        var told = s.Frames.Where(f => f.Key is not ("eth" or "sll" or "null" or "raw" or "llc")).OrderByDescending(f => f.Value).Take(9);
        Line($"{Title("Protocols")}{Escape(string.Join(" · ", told.Select(f => $"{f.Key} {Figures.Share(f.Value, s.Packets)}")))}");
    }

    private void Tcp(TcpStatistics tcp)
    {
        if (tcp.Streams == 0) return;
        var parts = new List<string> { $"{Figures.Bytes(tcp.PayloadBytes)} of data" };
        if (tcp.Handshakes is { } h) parts.Add($"handshake {Figures.Time(h.Median)} (up to {Figures.Time(h.Highest)})");
        if (tcp.HighestInFlight > 0) parts.Add($"at most {Figures.Bytes(tcp.HighestInFlight)} in flight");
        if (tcp.Resets.Count > 0) parts.Add("resets: " + string.Join(", ", tcp.Resets.Select(r => $"{r.Value} {r.Key.Replace('_', ' ')}")));
        Line($"{Title("TCP")}{Escape(string.Join("; ", parts))}");
    }

    private void Dns(DnsStatistics dns)
    {
        if (dns.Queries + dns.Responses == 0) return;
        string times = dns is { Median: { } median, Highest: { } highest } ? $", answered in {Figures.Time(median)} (up to {Figures.Time(highest)})" : "";
        Line($"{Title("DNS")}{Figures.Count(dns.Queries)} queries, {Figures.Count(dns.Responses)} responses{times}");
    }

    private void Flows(CaptureStatistics s)
    {
        if (s.Flows.Count == 0) return;
        Line("");
        Line($"{Title("Top flows")}[grey]{"from",-28}{"to",-28}{"packets",9}{"bytes",11}  what[/]");
        foreach (var f in s.Flows.Take(MostFlows))
        {
            string what = string.Join(' ', new[] { f.Application.Length > 0 ? f.Application : f.Key.Protocol.ToName(), f.Detail, f.Ending is "reset" ? "reset" : "", Again(f) }.Where(t => t.Length > 0));
            Line($"{Title("")}{Escape($"{End(f.Key.Source, f.Key.SourcePort),-28}{End(f.Key.Destination, f.Key.DestinationPort),-28}{Figures.Count(f.Packets.There + f.Packets.Back),9}{Figures.Bytes(f.Bytes.There + f.Bytes.Back),11}  {what}")}");
        }
    }

    private static string Again(FlowShare f) => f.Retransmissions.There + f.Retransmissions.Back is > 0 and var n ? $"({Figures.Count(n)} sent again)" : "";

    private string End(IpAddress address, Port port)
    {
        string name = _names.GetValueOrDefault(address) is { } known ? known + (port.Number > 0 ? $":{port}" : "") : port.Number > 0 ? FlowKey.End(address, port) : address.ToString();
        return name.Length <= 27 ? name : name[..12] + "…" + name[^14..];
    }

    private void Next(AnalysedCapture c)
    {
        if (c.Statistics.Packets == 0 || c.Name == "-") return;
        Line("");
        var largest = c.Statistics.Flows.Count > 0 ? c.Statistics.Flows[0] : null;
        // The lower port is the one that serves, whoever was seen to speak first.
        int port = largest is null ? 0 : Math.Min(largest.Key.SourcePort.Number, largest.Key.DestinationPort.Number);
        if (port > 0) Line($"{Title("Next")}netsim analyze {Escape(c.Name)} --filter '{largest!.Key.Protocol.ToName()} port {port}'");
        Line($"{Title(port > 0 ? "" : "Next")}netsim replay {Escape(c.Name)} --picture map.png");
    }

    private static string Title(string text) => $"[bold]{text,-11}[/]";

    private static string Escape(string text) => Markup.Escape(new string(text.Select(ch => char.IsControl(ch) ? '?' : ch).ToArray()));

    private void Line(string markup) => _paint.MarkupLine(markup);
}
