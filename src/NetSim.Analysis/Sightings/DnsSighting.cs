using NetSim.Model.Packets;
using NetSim.Wire.Dns;

namespace NetSim.Analysis.Sightings;

/// <summary>A DNS message over UDP at one point: to or from port 53, or (the container DNS on lo) to and from 127.0.0.11.</summary>
internal static class DnsSighting
{
    private const ushort DnsPort = 53;
    private static readonly Model.Addressing.IpAddress Embedded = Model.Addressing.IpAddress.Parse("127.0.0.11");

    public static void Note(PointBook book, PacketMark mark, FlowKey key, ReadOnlySpan<byte> payload, Func<bool> mayFollow)
    {
        bool embedded = key.Destination == Embedded || key.Source == Embedded;
        if (key.SourcePort.Number != DnsPort && key.DestinationPort.Number != DnsPort && !embedded) return;
        if (!DnsView.TryRead(payload, out var dns) || dns.Opcode != 0) return;
        if (!dns.IsResponse) Ask(book, mark, key, dns, mayFollow);
        else if (Open(book, key, dns.Id, embedded) is { Answered: null } question) Answer(question, mark, payload, dns);
    }

    private static void Ask(PointBook book, PacketMark mark, FlowKey key, DnsView dns, Func<bool> mayFollow)
    {
        if (book.OpenQuestions.TryGetValue((key, dns.Id), out var again) && again.Answered is null)
        {
            again.Times++;
            return;
        }
        if (!dns.TryQuestion(out string name, out var type) || !mayFollow()) return;
        var question = new SeenDns { Point = book.Point, Client = key.Source, Host = key.Destination, Port = key.DestinationPort.Number, Name = name.TrimEnd('.'), Type = type, Id = dns.Id, Asked = mark };
        book.Questions.Add(question);
        book.OpenQuestions[(key, dns.Id)] = question;
    }

    /// <summary>On lo the container DNS is asked at a random port and answers from port 53.</summary>
    private static SeenDns? Open(PointBook book, FlowKey key, ushort id, bool embedded)
    {
        if (book.OpenQuestions.TryGetValue((key.Reversed, id), out var question) || !embedded) return question;
        return book.Questions.FindLast(q => q.Id == id && q.Client == key.Destination && q.Host == key.Source && q.Answered is null);
    }

    private static void Answer(SeenDns question, PacketMark mark, ReadOnlySpan<byte> payload, DnsView dns)
    {
        question.Answered = mark;
        question.Code = (DnsResponseCode)dns.ResponseCode;
        if (DnsMessage.TryRead(payload, out var message)) question.Addresses = message.Answers.Select(a => a.Rdata).OfType<Rdata.Address>().Select(a => a.Value).ToList();
    }
}
