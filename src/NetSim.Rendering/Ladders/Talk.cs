using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Ladders;

/// <summary>What packets say, in the first person: the arrow already tells who speaks to whom. Remembers conversations, so it has to hear all packets in order.</summary>
internal sealed class Talk(TraceIndex index, Names names)
{
    private readonly Dictionary<FlowKey, (SimTime Syn, int Fins)> _flows = [];

    /// <summary>The sentence of a row.</summary>
    public string Say(PacketGroup g, bool again)
    {
        string sentence = "";
        foreach (var e in g.Packets) sentence = Hear(e);
        if (g.First.Drop is { } reason) return g.Packets.Count == 1 ? Died(g.First, reason) : $"{g.Packets.Count} such packets end alike: {DropSentences.Short(reason)}.";
        if (again) return g.Packets.Count == 1 ? $"Again, for no answer came: {LadderLabels.Of(g.First)}." : $"{g.Packets.Count} times something is said again.";
        return g.Kind == GroupKind.Single ? sentence : Together(g);
    }

    private string Died(PacketEntry e, DropReason reason)
    {
        if (reason == DropReason.NoSocket && e.Summary.Class == PacketClass.Icmp) return "Too late: nobody waits for that any more.";
        if (reason == DropReason.NoSocket && e.Summary.Flow is { } f) return f.Destination.IsLoopback ? "Nobody listens there: the resolver does not run." : $"Nobody listens at port {f.DestinationPort}.";
        return DropSentences.Of(e, reason, names) is { } d ? d : $"It ends here: {DropSentences.Short(reason)}.";
    }

    private string Hear(PacketEntry e) => e.Summary.Class switch
    {
        PacketClass.Arp => Arp(e),
        PacketClass.Dns => Dns(e.Summary),
        PacketClass.Icmp => Icmp(e),
        PacketClass.Http => char.IsAsciiDigit(e.Summary.Text is [var c, ..] ? c : ' ') ? Answer(e.Summary.Text) : $"{e.Summary.Text}, please.",
        PacketClass.Tcp => Tcp(e),
        PacketClass.Udp => "A datagram, without a question asked.",
        _ => e.Summary.Text is { Length: > 0 } text ? $"{text}." : "",
    };

    private static string Arp(PacketEntry e)
    {
        string text = e.Summary.Text;
        if (text.StartsWith("who has", StringComparison.Ordinal)) return $"Everybody here: {text}";
        if (text.EndsWith("taken?", StringComparison.Ordinal)) return $"Everybody here: {text}";
        if (text.StartsWith("here is", StringComparison.Ordinal)) return e.Summary.Flow is null ? $"Everybody, take note: {text}." : "Mine, and this is my MAC address.";
        return text.Contains(" is at ", StringComparison.Ordinal) ? "Mine, and this is my MAC address." : $"{text}.";
    }

    private string Dns(PacketSummary s)
    {
        string name = Phases.DnsName(s.Text);
        if (s.Text.EndsWith('?')) return s.Text.StartsWith("AAAA ", StringComparison.Ordinal) ? $"Who is {name}, over IPv6?" : Phases.AddressOf(name) is { } whose ? $"Whose address is {whose}?" : $"Who is {name}?";
        int at = s.Text.IndexOf(" = ", StringComparison.Ordinal);
        if (at > 0) return $"It is {s.Text[(at + 3)..]}.{Inside(s)}";
        if (s.Text.StartsWith("NXDOMAIN", StringComparison.Ordinal)) return $"There is no {name}.{Inside(s)}";
        return s.Text.StartsWith("no ", StringComparison.Ordinal) ? "No such address." : $"{s.Text}.";
    }

    private static string Inside(PacketSummary s) => s.Flow is { Source.IsLoopback: true } && s.Flow.Value.Source.V4 == 0x7F00_000B ? " The question never left the container." : "";

    private string Icmp(PacketEntry e)
    {
        string text = e.Summary.Text;
        if (text.StartsWith("echo request", StringComparison.Ordinal))
        {
            if (e.Summary.Flow is { } f) _flows[Phases.Canonical(f)] = (e.Time, 0);
            return "Are you there?";
        }
        if (!text.StartsWith("echo reply", StringComparison.Ordinal)) return $"Sorry: {text}.";
        return e.Summary.Flow is { } r && _flows.TryGetValue(Phases.Canonical(r), out var asked) ? $"Yes, I am here. It took {Spans.Of(End(e) - asked.Syn)}." : "Yes, I am here.";
    }

    private static string Answer(string text) => text.StartsWith("200", StringComparison.Ordinal) ? "Here it is." : $"{text}.";

    private string Tcp(PacketEntry e)
    {
        var key = e.Summary.Flow is { } f ? Phases.Canonical(f) : default;
        var state = _flows.GetValueOrDefault(key);
        string text = e.Summary.Text;
        switch (text)
        {
            case "SYN ACK": return "You may. May I, too?";
            case "ACK" when e.Phase == "handshake": return state.Syn == default ? "Yes. The connection stands." : $"Yes. The connection stands after {Spans.Of(End(e) - state.Syn)}.";
            case "ACK" when state.Fins >= 2: return state.Syn == default ? "Goodbye." : $"Goodbye. It all took {Spans.Of(End(e) - state.Syn)}.";
            case "ACK": return "Got that.";
            case "RST": return e.Phase == "refused" ? $"Nobody listens at port {e.Summary.Flow?.SourcePort}." : "I break this off.";
            case "FIN":
                _flows[key] = (state.Syn, state.Fins + 1);
                return state.Fins == 0 ? "I have nothing more to say." : "Neither have I.";
        }
        if (text.StartsWith("SYN ", StringComparison.Ordinal))
        {
            _flows[key] = (e.Time, 0);
            return $"May I connect to port {e.Summary.Flow?.DestinationPort}?";
        }
        if (text.EndsWith(", FIN", StringComparison.Ordinal)) _flows[key] = (state.Syn, state.Fins + 1);
        return text.EndsWith(" bytes", StringComparison.Ordinal) ? $"Here are {text}." : $"{text}.";
    }

    private string Together(PacketGroup g)
    {
        var (first, last) = (g.First.Summary, g.Last.Summary);
        string count = Spans.Count(g.Packets.Count, "packet");
        switch (g.Kind)
        {
            case GroupKind.Neighbours: return g.Packets.Count == 2 ? $"Everybody here: {first.Text} Mine, says one." : $"Whose addresses are these? {count}.";
            case GroupKind.Lookup: return Lookup(g);
            case GroupKind.Ping: return Ping(g);
            case GroupKind.Handshake when last.Text == "RST": return $"May I? No: nobody listens at port {first.Flow?.DestinationPort}.";
            case GroupKind.Handshake: return $"A new connection, from port {first.Flow?.SourcePort}.";
            case GroupKind.Close: return "Goodbye, both say.";
        }
        long bytes = g.Packets.Sum(e => (long)index.WireLength(e));
        var http = g.Packets.FindAll(e => e.Summary.Class == PacketClass.Http);
        var (asked, answer) = (http.Find(e => !char.IsAsciiDigit(e.Summary.Text[0])), http.FindLast(e => char.IsAsciiDigit(e.Summary.Text[0])));
        string after = answer is not null && answer != g.First ? $", after {Spans.Of(answer.Time - g.First.Time)}" : "";
        return answer is not null ? $"{answer.Summary.Text}{after}: {count}, {Spans.Bytes(bytes)}." : asked is not null ? $"{asked.Summary.Text}, please. {count}, {Spans.Bytes(bytes)}." : $"{count}, {Spans.Bytes(bytes)}.";
    }

    private static string Lookup(PacketGroup g)
    {
        var names = g.Packets.Select(e => Phases.DnsName(e.Summary.Text)).Distinct().ToList();
        var answer = g.Packets.FindLast(e => e.Summary.Text.Contains(" = ", StringComparison.Ordinal)) ?? g.Packets.FindLast(e => !e.Summary.Text.EndsWith('?'));
        if (names.Count > 2) return $"{names.Count} names are asked for: {string.Join(", ", names.Take(3))}{(names.Count > 3 ? " …" : "")}.";
        if (answer is null) return $"Who is {names[0]}? Asked {Spans.Count(g.Packets.Count, "time")}.";
        int at = answer.Summary.Text.IndexOf(" = ", StringComparison.Ordinal);
        string who = Phases.AddressOf(names[0]) is { } whose ? $"Whose address is {whose}?" : $"Who is {names[0]}?";
        if (at > 0) return $"{who} It is {answer.Summary.Text[(at + 3)..]}.";
        return answer.Summary.Text.StartsWith("NXDOMAIN", StringComparison.Ordinal) ? $"{who} There is no such name." : $"{who} {answer.Summary.Text}.";
    }

    private string Ping(PacketGroup g)
    {
        var times = new List<TimeSpan>();
        var asked = new Dictionary<string, SimTime>(StringComparer.Ordinal);
        foreach (var e in g.Packets)
        {
            string number = e.Summary.Text[(e.Summary.Text.LastIndexOf(' ') + 1)..];
            if (e.Summary.Text.StartsWith("echo request", StringComparison.Ordinal)) asked[number] = e.Time;
            else if (asked.TryGetValue(number, out var then)) times.Add(End(e) - then);
        }
        if (times.Count == 0) return $"Are you there? Asked {Spans.Count(g.Packets.Count, "time")}.";
        return times.Count == 1 ? $"Are you there? Yes. It took {Spans.Of(times[0])}." : $"Are you there? Yes, {times.Count} times: {Spans.Of(times.Min())} to {Spans.Of(times.Max())}.";
    }

    private SimTime End(PacketEntry e) => index.TimeOf(e.LastRow);
}
