using NetSim.Model.Packets;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Stories;

/// <summary>What a packet says, from the point of view of the one who sends it. At most 21 words.</summary>
internal static class Sentences
{
    /// <summary>One sentence.</summary>
    public static string Of(PacketEntry entry, Names names, string? arp = null)
    {
        var s = entry.Summary;
        if (entry.Drop is { } reason && DropSentences.Of(entry, reason, names) is { } dropped) return dropped;
        string sentence = s.Class switch
        {
            PacketClass.Arp => Arp(s, arp),
            PacketClass.Icmp => Icmp(s, names),
            PacketClass.Dns => Dns(s, names),
            PacketClass.Http => Http(s, names),
            PacketClass.Tcp => Tcp(entry, names),
            PacketClass.Udp when s.Flow is { } f => $"{From(f, names)} sends {To(f, names)} {s.Text.Replace(" to ", " at port ", StringComparison.Ordinal)}.",
            _ => s.Flow is { } f ? $"{From(f, names)} sends {To(f, names)} {s.Text}." : $"A frame: {s.Text}.",
        };
        return Capital(sentence);
    }

    private static string From(FlowKey f, Names names) => names.Of(f.Source);

    private static string To(FlowKey f, Names names) => names.Of(f.Destination);

    /// <summary>A sentence begins with a capital, unless it begins with a container's name.</summary>
    private static string Capital(string text) => text.StartsWith("the ", StringComparison.Ordinal) || text.StartsWith("its ", StringComparison.Ordinal)
        ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Arp(PacketSummary s, string? sender)
    {
        string who = sender ?? "Somebody";
        if (s.Text.StartsWith("who has", StringComparison.Ordinal)) return $"{who} asks everybody on its floor: {s.Text}";
        if (s.Text.StartsWith("here is", StringComparison.Ordinal)) return $"{who} tells everybody: {s.Text}.";
        int at = s.Text.IndexOf(" is at ", StringComparison.Ordinal);
        return at > 0 ? $"{who} answers: that is me, at {s.Text[(at + 7)..]}." : $"{who} says: {s.Text}.";
    }

    private static string Icmp(PacketSummary s, Names names)
    {
        if (s.Flow is not { } f) return s.Text + ".";
        if (s.Text.StartsWith("echo request", StringComparison.Ordinal)) return $"{From(f, names)} calls {To(f, names)}: are you there?";
        if (s.Text.StartsWith("echo reply", StringComparison.Ordinal)) return $"{From(f, names)} answers {To(f, names)}: I am here.";
        return $"{From(f, names)} tells {To(f, names)}: {s.Text}.";
    }

    private static string Dns(PacketSummary s, Names names)
    {
        if (s.Flow is not { } f) return s.Text + ".";
        string name = Phases.DnsName(s.Text);
        bool inside = f.Source.IsLoopback || f.Destination.IsLoopback;
        if (s.Text.EndsWith('?'))
        {
            string asker = inside ? "The program" : From(f, names), server = inside ? "its resolver" : To(f, names);
            return s.Text.StartsWith("AAAA ", StringComparison.Ordinal) ? $"{asker} asks {server}: has {name} an IPv6 address?" : $"{asker} asks {server}: who is {name}?";
        }
        string answers = inside ? "The resolver answers" : $"{From(f, names)} answers {To(f, names)}";
        if (s.Text.Contains(" = ", StringComparison.Ordinal)) return $"{answers}: {s.Text.Replace(" = ", " is ", StringComparison.Ordinal)}.";
        return s.Text.StartsWith("NXDOMAIN", StringComparison.Ordinal) ? $"{answers}: there is no {name}." : $"{answers}: {s.Text}.";
    }

    private static string Http(PacketSummary s, Names names)
    {
        if (s.Flow is not { } f) return s.Text + ".";
        return s.Text.Length > 0 && char.IsAsciiDigit(s.Text[0]) ? $"{From(f, names)} answers {To(f, names)}: {s.Text}." : $"{From(f, names)} asks {To(f, names)}: {s.Text}, please.";
    }

    private static string Tcp(PacketEntry e, Names names)
    {
        if (e.Summary.Flow is not { } f) return e.Summary.Text + ".";
        string a = From(f, names), b = To(f, names);
        return e.Summary.Text switch
        {
            "SYN ACK" => $"{a} answers: you may. May I, too?",
            "ACK" when e.Phase == "handshake" => $"{a} says yes: the connection to {b} stands.",
            "ACK" => $"{a} tells {b}: got that.",
            "FIN" => $"{a} has nothing more to say to {b}.",
            "RST" => e.Phase == "refused" ? $"{a} refuses: nobody listens at port {f.SourcePort}." : $"{a} breaks the connection to {b} off.",
            _ when e.Summary.Text.StartsWith("SYN ", StringComparison.Ordinal) => $"{a} knocks on {Genitive(b)} door: may I open a connection to port {f.DestinationPort}?",
            _ when e.Summary.Text.EndsWith(" bytes", StringComparison.Ordinal) => $"{a} sends {b} {e.Summary.Text}.",
            _ => $"{a} tells {b}: {e.Summary.Text}.",
        };
    }

    /// <summary>"db’s".</summary>
    public static string Genitive(string name) => name + "’s";
}
