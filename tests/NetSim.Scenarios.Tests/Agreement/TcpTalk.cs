using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>TCP: the order of SYN, data, FIN and RST of both sides, and what was said. Segmentation, pure acknowledgements and repeats of data are timing.</summary>
internal sealed class TcpTalk(Names names)
{
    private const int Fin = 1, Syn = 2, Rst = 4, Ack = 16;
    private readonly Dictionary<(IpAddress, int, IpAddress, int), TcpStream> _open = [];
    private readonly List<TcpStream> _all = [];

    public void Hear(Sender sender, ReadOnlySpan<byte> segment)
    {
        int from = BinaryPrimitives.ReadUInt16BigEndian(segment), to = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]), flags = segment[13];
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        int header = Math.Min((segment[12] >> 4) * 4, segment.Length);
        var (stream, client) = Find(sender, from, to, flags, sequence);
        string side = client ? "C" : "S";
        stream.Talk.End(side, sender.Frame);
        if ((flags & Syn) != 0)
        {
            if (stream.Begin(client, sequence) || client) stream.Talk.Add($"{side} {((flags & Ack) != 0 ? "SYN-ACK" : "SYN")}");
            stream.Talk.End(side + " mss", Mss(segment[20..header]));
            return;
        }
        stream.Hear(client, sequence, segment[header..]);
        if ((flags & Fin) != 0 && !stream.Talk.Heard(side + " FIN")) stream.Talk.Add(side + " FIN");
        if ((flags & Rst) != 0 && !stream.Talk.Heard(side + " RST")) stream.Talk.Add(side + " RST");
    }

    /// <summary>All conversations, each with what was said in it.</summary>
    public IEnumerable<Conversation> Finished()
    {
        foreach (var s in _all) s.Tell(names);
        return _all.Select(s => s.Talk);
    }

    private (TcpStream Stream, bool Client) Find(Sender sender, int from, int to, int flags, uint sequence)
    {
        bool opens = (flags & (Syn | Ack)) == Syn;
        var there = (sender.From, from, sender.To, to);
        var back = (sender.To, to, sender.From, from);
        if (_open.TryGetValue(there, out var known) && !(opens && known.BeganOtherwise(sequence))) return (known, true);
        if (!opens && _open.TryGetValue(back, out known)) return (known, false);
        bool client = opens || (flags & Syn) == 0 && to < from;
        var (c, cp, s, sp) = client ? there : back;
        var made = new TcpStream(new($"tcp {c}:{Sender.ClientPort(cp)} > {s}:{Sender.ServerPort(s, sp)}"), sp);
        _open[client ? there : back] = made;
        _all.Add(made);
        return (made, client);
    }

    /// <summary>The option of kind 2 (RFC 9293, 3.2).</summary>
    private static string Mss(ReadOnlySpan<byte> options)
    {
        for (int at = 0; at < options.Length && options[at] != 0;)
        {
            if (options[at] == 1)
            {
                at++;
                continue;
            }
            if (at + 1 >= options.Length || options[at + 1] < 2) break;
            if (options[at] == 2 && at + 4 <= options.Length) return $"{BinaryPrimitives.ReadUInt16BigEndian(options[(at + 2)..])}";
            at += options[at + 1];
        }
        return "none";
    }
}
