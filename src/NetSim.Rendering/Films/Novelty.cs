using NetSim.Model.Packets;
using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Films;

/// <summary>Which packets a film plays: those that do something for the first time between their ends.</summary>
internal static class Novelty
{
    private const int Most = 60;

    /// <summary>The packets in order, at most a minute's worth.</summary>
    public static IReadOnlyList<PacketEntry> Choose(TraceIndex index)
    {
        var met = new HashSet<(string, string)>();
        var chosen = new List<PacketEntry>();
        foreach (var e in index.Shown)
        {
            if (chosen.Count == Most) break;
            if (met.Add(Pattern(index, e)) && !IsDull(e)) chosen.Add(e);
        }
        return chosen;
    }

    /// <summary>An acknowledgement alone, or one of the words of parting.</summary>
    private static bool IsDull(PacketEntry e) => e.Drop is null && (e.Summary.Text == "ACK" && e.Phase != "handshake" || e.Summary.Text.StartsWith("AAAA ", StringComparison.Ordinal)
        || e.Summary.Text.StartsWith("no AAAA", StringComparison.Ordinal));

    private static (string, string) Pattern(TraceIndex index, PacketEntry e)
    {
        var s = e.Summary;
        if (e.Drop is { } reason) return ($"drop {reason}", Ends(s.Flow));
        if (s.Class == PacketClass.Dns) return (s.Text, index.Trace.Places[index.Trace.Chunk(e.FirstRow).Span[0].Place].Namespace);
        if (s.Class == PacketClass.Arp) return (s.Text, "");
        if (s.Class == PacketClass.Icmp) return (s.Text.TrimEnd(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), Ends(s.Flow));
        string text = s.Text is "FIN" or "RST" or "ACK" ? "the end" : s.Text;
        if (s.Text == "ACK" && e.Phase == "handshake") return ("handshake ack", "");
        if (text == "the end") return (text, "");
        return (s.Class == PacketClass.Udp ? "udp" : text, Ends(s.Flow));
    }

    private static string Ends(FlowKey? flow) => flow is { } f ? $"{f.Source} {f.Destination}" : "";
}
