using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Ladders;

/// <summary>The words on an arrow.</summary>
internal static class LadderLabels
{
    /// <summary>Of one packet.</summary>
    public static string Of(PacketEntry e)
    {
        string text = e.Summary.Text ?? "";
        if (text == "ACK" && IsLight(e)) return "ack";
        int at = text.IndexOf(" is at ", StringComparison.Ordinal);
        if (e.Summary.Class == PacketClass.Arp && at > 0 && text.Length >= at + 12) return $"{text[..(at + 12)]}…";
        if (e.Summary.Class == PacketClass.Dns && text.StartsWith("PTR ", StringComparison.Ordinal) && text.EndsWith('?')) return Phases.Question(Phases.DnsName(text));
        int equals = text.IndexOf(" = ", StringComparison.Ordinal);
        return e.Summary.Class == PacketClass.Dns && equals > 0 ? text[(equals + 3)..] : text;
    }

    /// <summary>Of a row.</summary>
    public static string Of(PacketGroup g) => g.IsSpecial ? g.Packets.Count == 1 ? Of(g.First) : $"{Of(g.First)} ×{g.Packets.Count}" : g.Kind switch
    {
        GroupKind.Single => Of(g.First),
        GroupKind.Neighbours => g.Packets.Count == 2 ? g.First.Summary.Text : $"ARP ×{g.Packets.Count}",
        GroupKind.Lookup => g.Packets.Select(e => Phases.DnsName(e.Summary.Text)).Distinct().Count() > 2 ? $"DNS ×{g.Packets.Count}" : Phases.Question(Phases.DnsName(g.First.Summary.Text)),
        GroupKind.Ping => g.Packets.Count > 2 ? $"ping ×{(g.Packets.Count + 1) / 2}" : "ping",
        GroupKind.Handshake => g.Last.Summary.Text == "RST" ? "refused" : "handshake",
        GroupKind.Close => "close",
        _ => Telling(g),
    };

    /// <summary>An acknowledgment that does nothing else: it is drawn thin.</summary>
    public static bool IsLight(PacketEntry e) => e.Summary.Text == "ACK" && e.Phase is not ("handshake" or "close");

    /// <summary>The words of the packet that tells most, and how many there are.</summary>
    private static string Telling(PacketGroup g)
    {
        var telling = g.Packets.Find(e => e.Summary.Class == PacketClass.Http) ?? g.Packets.Find(e => !IsFlags(e)) ?? g.Packets.Find(e => e.Summary.Text.StartsWith("SYN ", StringComparison.Ordinal)) ?? g.First;
        string text = Of(telling);
        if (text.EndsWith(" bytes", StringComparison.Ordinal) || text == "ack") return g.Packets.Count == 1 ? text : $"{(text == "ack" ? "ack" : "data")} ×{g.Packets.Count}";
        return text;
    }

    private static bool IsFlags(PacketEntry e) => e.Summary.Text is "ACK" or "FIN" or "RST" or "SYN ACK" || e.Summary.Text.StartsWith("SYN ", StringComparison.Ordinal);
}
