using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Stories;

/// <summary>What a flow does in each packet, so that a strip of beads reads as words: who has, handshake, request, answer, close.</summary>
internal static class Phases
{
    /// <summary>Names the phase of every shown packet and numbers the groups: neighbours of one flow and phase.</summary>
    public static void Tell(TraceIndex index)
    {
        var flows = new Dictionary<FlowKey, string>();
        int group = 0;
        (FlowKey? Flow, string Phase) before = (null, "");
        foreach (var e in index.Shown)
        {
            var flow = e.Summary.Flow is { } f ? Canonical(f) : (FlowKey?)null;
            e.Phase = PhaseOf(e.Summary, flow is { } k ? flows.GetValueOrDefault(k, "") : before.Phase);
            if (flow is { } key) flows[key] = e.Phase;
            bool joins = e.Phase == before.Phase && (flow == before.Flow || e.Summary.Class is PacketClass.Arp or PacketClass.Dns or PacketClass.Icmp);
            if (!joins) group++;
            e.Group = group;
            before = (flow, e.Phase);
        }
    }

    /// <summary>The same value for both directions.</summary>
    public static FlowKey Canonical(FlowKey f)
    {
        int order = f.Source.CompareTo(f.Destination);
        return order > 0 || order == 0 && f.SourcePort.CompareTo(f.DestinationPort) > 0 ? f.Reversed : f;
    }

    private static string PhaseOf(PacketSummary s, string now) => s.Class switch
    {
        PacketClass.Arp => s.Text.EndsWith('?') ? s.Text : now.StartsWith("who has", StringComparison.Ordinal) ? now : "neighbours",
        PacketClass.Dns => Question(DnsName(s.Text)),
        PacketClass.Icmp => s.Text.StartsWith("echo", StringComparison.Ordinal) ? "ping" : s.Text,
        PacketClass.Udp => "datagrams",
        PacketClass.Tcp or PacketClass.Http => TcpPhase(s, now),
        _ => s.Text ?? "", // a packet that no interface saw has no text
    };

    private static string TcpPhase(PacketSummary s, string now)
    {
        if (s.Text.StartsWith("SYN", StringComparison.Ordinal)) return "handshake";
        if (s.Text is "FIN" || s.Text.EndsWith(", FIN", StringComparison.Ordinal)) return "close";
        if (s.Text is "RST") return now == "handshake" ? "refused" : "close";
        if (s.Text is "ACK") return now.Length == 0 ? "acks" : now;
        return s.Text.EndsWith(" bytes", StringComparison.Ordinal) ? "data" : s.Text;
    }

    /// <summary>"db?"; a question for the name of an address reads "name of .3?".</summary>
    internal static string Question(string name)
    {
        if (name.EndsWith(".in-addr.arpa", StringComparison.Ordinal) && name.IndexOf('.') is var dot and > 0) return $"name of .{name[..dot]}?";
        return name.EndsWith(".ip6.arpa", StringComparison.Ordinal) ? "name of an address?" : name + "?";
    }

    /// <summary>"172.18.0.2" of "2.0.18.172.in-addr.arpa"; null of other names.</summary>
    public static string? AddressOf(string name)
    {
        if (name.EndsWith(".in-addr.arpa", StringComparison.Ordinal)) return string.Join('.', name[..^13].Split('.').Reverse());
        if (!name.EndsWith(".ip6.arpa", StringComparison.Ordinal)) return null;
        string digits = string.Concat(name[..^9].Split('.').Reverse());
        return digits.Length == 32 && IpAddress.TryParse(string.Join(':', digits.Chunk(4).Select(c => new string(c))), out var address) ? address.ToString() : null;
    }

    /// <summary>"db" of "A db?", "db = 172.18.0.2", "NXDOMAIN db", "no AAAA for db".</summary>
    public static string DnsName(string text)
    {
        if (text.EndsWith('?')) return text[(text.IndexOf(' ') + 1)..^1];
        if (text.IndexOf(" = ", StringComparison.Ordinal) is var eq and > 0) return text[..eq];
        return text[(text.LastIndexOf(' ') + 1)..];
    }
}
