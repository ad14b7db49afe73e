using System.Buffers.Binary;
using NetSim.Wire.Dns;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>UDP: DNS question by question, anything else by its ports.</summary>
internal sealed class UdpTalk(Names names)
{
    private readonly Dictionary<string, Conversation> _open = new(StringComparer.Ordinal);

    public List<Conversation> All { get; } = [];

    public void Hear(Sender sender, ReadOnlySpan<byte> datagram)
    {
        int from = BinaryPrimitives.ReadUInt16BigEndian(datagram), to = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (from == 5353 || to == 5353) return;
        bool resolver = sender.From.ToString() == "127.0.0.11" || sender.To.ToString() == "127.0.0.11";
        if ((resolver || from == 53 || to == 53) && DnsMessage.TryRead(datagram[8..], out var message) && message.Questions.Count > 0) Dns(sender, from, to, message);
        else Other(sender, from, to, datagram.Length - 8);
    }

    private void Dns(Sender sender, int from, int to, DnsMessage message)
    {
        var (client, server, clientPort, serverPort) = message.IsResponse ? (sender.To, sender.From, to, from) : (sender.From, sender.To, from, to);
        var talk = Open($"dns {client} {server} {clientPort} {message.Id} {message.Questions[0]}", $"dns {client} > {server}: {names.Text(DnsText.Of(message.Questions[0]))}");
        string word = message.IsResponse ? "answer" : "question";
        talk.Add(word);
        talk.End(word, $"{sender.Frame} {(message.IsResponse ? "from" : "to")} port {Sender.ServerPort(server, serverPort)}");
        talk.Said[word] = names.Text(message.IsResponse ? DnsText.Of(message) : DnsText.Flags(message));
    }

    private void Other(Sender sender, int from, int to, int length)
    {
        string there = $"udp {sender.From} {from} {sender.To} {to}", back = $"udp {sender.To} {to} {sender.From} {from}";
        bool answer = _open.ContainsKey(back);
        var talk = answer ? _open[back] : Open(there, $"udp {sender.From}:{Sender.ClientPort(from)} > {sender.To}:{Sender.ServerPort(sender.To, to)}");
        string side = answer ? "S" : "C";
        talk.Add($"{side} {length} bytes");
        talk.End(side, sender.Frame);
    }

    private Conversation Open(string slot, string parties)
    {
        if (_open.TryGetValue(slot, out var talk)) return talk;
        _open[slot] = talk = new(parties);
        All.Add(talk);
        return talk;
    }
}

/// <summary>DNS messages as the text that is compared.</summary>
internal static class DnsText
{
    public static string Of(DnsQuestion question) => $"{question.Name}. {DnsWords.Of(question.Type)}";

    public static string Of(DnsMessage message) =>
        string.Join(" | ", new[] { DnsWords.Of(message.ResponseCode), Flags(message), Records(message.Answers), Records(message.Authorities), Records(message.Additionals.Where(r => r.Type != DnsType.Opt)) });

    public static string Flags(DnsMessage message)
    {
        (ushort Bit, string Name)[] names = [(DnsFlags.Authoritative, "aa"), (DnsFlags.Truncated, "tc"), (DnsFlags.RecursionDesired, "rd"), (DnsFlags.RecursionAvailable, "ra"), (DnsFlags.AuthenticData, "ad"), (DnsFlags.CheckingDisabled, "cd")];
        return string.Join(' ', names.Where(n => (message.Flags & n.Bit) != 0).Select(n => n.Name).Concat(message.Edns is null ? [] : ["edns"]));
    }

    private static string Records(IEnumerable<DnsRecord> records) =>
        string.Join(", ", records.Select(r => $"{r.Name} {r.Ttl} {DnsWords.Of(r.Type)} {Value(r.Rdata)}").Order(StringComparer.Ordinal));

    private static string Value(Rdata rdata) => rdata switch
    {
        Rdata.Address a => a.Value.ToString(),
        Rdata.Target t => t.Name,
        Rdata.Text t => string.Join(' ', t.Strings),
        _ => rdata.ToString() ?? "",
    };
}
