using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>ICMP: echoes with their lengths and order, and errors with what they are about.</summary>
internal sealed class IcmpTalk(Names names)
{
    private readonly Dictionary<(int Id, IpAddress Asker, IpAddress Asked), (Conversation Talk, int First)> _echoes = [];
    private readonly Dictionary<string, Conversation> _errors = new(StringComparer.Ordinal);

    public List<Conversation> All { get; } = [];

    public void Hear(Sender sender, ReadOnlySpan<byte> message)
    {
        if (message[0] is 0 or 8) Echo(sender, message, request: message[0] == 8);
        else Error(sender, message);
    }

    private void Echo(Sender sender, ReadOnlySpan<byte> message, bool request)
    {
        int id = BinaryPrimitives.ReadUInt16BigEndian(message[4..]), sequence = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        var (asker, asked) = request ? (sender.From, sender.To) : (sender.To, sender.From);
        if (!_echoes.TryGetValue((id, asker, asked), out var open))
        {
            _echoes[(id, asker, asked)] = open = (new($"icmp echo {asker} > {asked}"), sequence);
            All.Add(open.Talk);
        }
        string word = request ? "request" : "reply";
        open.Talk.Add($"{word} {sequence - open.First + 1} {message.Length} bytes");
        open.Talk.End(word, sender.Frame);
    }

    private void Error(Sender sender, ReadOnlySpan<byte> message)
    {
        string what = $"type {message[0]} code {message[1]}", about = About(message[8..]);
        string parties = $"icmp {what} from {sender.From} to {sender.To} about {names.Text(about)}";
        if (!_errors.TryGetValue(parties, out var talk))
        {
            _errors[parties] = talk = new(parties);
            All.Add(talk);
        }
        talk.Add(what);
        talk.End(what, sender.Frame);
    }

    private static string About(ReadOnlySpan<byte> inner)
    {
        if (inner.Length < 28) return "?";
        IpAddress from = IpAddress.Read(inner.Slice(12, 4)), to = IpAddress.Read(inner.Slice(16, 4));
        int header = (inner[0] & 15) * 4;
        string port = inner[9] is 6 or 17 && inner.Length >= header + 4 ? ":" + Sender.ServerPort(to, BinaryPrimitives.ReadUInt16BigEndian(inner[(header + 2)..])) : "";
        return $"protocol {inner[9]} {from} > {to}{port}";
    }
}
