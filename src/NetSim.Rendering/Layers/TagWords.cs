using System.Globalization;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layout;
using NetSim.Wire.Decoding;

namespace NetSim.Rendering.Layers;

/// <summary>The words on a packet's tag. After NAT the old address stands struck out above the new one.</summary>
internal sealed record TagWords(string Head, string Length, IReadOnlyList<IReadOnlyList<(string Words, bool Struck)>> Lines)
{
    private const double MaxWidth = 340;

    /// <summary>How wide and high the tag is, px.</summary>
    public (double Width, double Height) Size
    {
        get
        {
            double head = 42 + FontBook.Measure(Head, TextStyle.Strong(15)) + 22 + FontBook.Measure(Length, TextStyle.Mono(12)) + 14;
            double lines = Lines.Select(l => 28 + l.Sum(r => FontBook.Measure(r.Words, TextStyle.Mono(11.5)))).DefaultIfEmpty(0).Max();
            return (Math.Ceiling(Math.Min(Math.Max(Math.Max(head, lines), 132), Math.Max(MaxWidth, lines))), 40 + 18 * Lines.Count);
        }
    }

    /// <summary>The same with the arrow on a line of its own.</summary>
    public TagWords Folded => this with
    {
        Lines = [.. Lines.SelectMany(l => l.Count == 1 && l[0].Words.IndexOf(" → ", StringComparison.Ordinal) is var at and > 0
            ? new IReadOnlyList<(string, bool)>[] { [(l[0].Words[..at], false)], [(l[0].Words[(at + 1)..], false)] } : [l])],
    };

    /// <summary>The words for a packet in flight.</summary>
    public static TagWords Of(MapView view, Flight flight, string reason = "")
    {
        var summary = flight.Entry.Summary;
        int bytes = view.Index.WireLength(flight.Entry);
        string length = bytes > 0 ? bytes.ToString("N0", CultureInfo.InvariantCulture) + " B" : "";
        var lines = new List<IReadOnlyList<(string, bool)>>();
        if (summary.Flow is { } flow) lines.AddRange(Ends(flow, Translation(flight)));
        else if (Neighbour(view, flight) is { } line) lines.Add([(line, false)]);
        if (reason.Length > 0) lines.Add([(reason, false)]);
        return new(summary.Text, length, lines);
    }

    private static TranslationDetail? Translation(Flight flight) =>
        flight.PacketPath.Legs.Where(l => l.Row <= flight.Row).Select(l => l.Event.Step).OfType<Step.Translated>().Select(t => t.Detail).LastOrDefault(d => d.Before != d.After);

    private static IEnumerable<IReadOnlyList<(string, bool)>> Ends(FlowKey flow, TranslationDetail? nat)
    {
        if (nat is null)
        {
            yield return [(Text(flow.Source, flow.SourcePort, flow.Protocol) + " → " + Text(flow.Destination, flow.DestinationPort, flow.Protocol), false)];
            yield break;
        }
        var (b, a) = (nat.Before, nat.After);
        string source = Text(b.Source, b.SourcePort, b.Protocol), target = Text(b.Destination, b.DestinationPort, b.Protocol);
        string source2 = Text(a.Source, a.SourcePort, a.Protocol), target2 = Text(a.Destination, a.DestinationPort, a.Protocol);
        yield return [(source, source != source2), (" → ", false), (target, target != target2)];
        yield return [(source2 + " → " + target2, false)];
    }

    private static string Text(Model.Addressing.IpAddress address, Model.Addressing.Port port, IpProtocol protocol)
    {
        string text = address.ToString();
        if (text.Length > 22) text = text[..11] + "…" + text[^9..];
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp)) return text;
        return address.IsV6 ? $"[{text}]:{port}" : $"{text}:{port}";
    }

    private static string? Neighbour(MapView view, Flight flight)
    {
        if (flight.Entry.Frame < 0 || !LinkView.TryRead(view.Index.Bytes(flight.Entry.Frame), view.Index.Trace.Packets.LinkType(flight.Entry.Frame), out var link)) return null;
        if (!ArpView.TryRead(link.Payload, out var arp)) return null;
        return arp.Operation == ArpView.Request ? $"tell {arp.SenderProtocolAddress}" : $"to {arp.TargetProtocolAddress}";
    }
}
