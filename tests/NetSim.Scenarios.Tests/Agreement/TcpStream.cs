using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using NetSim.Wire.Dns;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>One TCP conversation with the bytes of both sides put together.</summary>
internal sealed partial class TcpStream(Conversation talk, int serverPort)
{
    private readonly Side _client = new(), _server = new();

    public Conversation Talk { get; } = talk;

    /// <summary>Has the client begun with another sequence number? Then a SYN is a new conversation on the same ports.</summary>
    public bool BeganOtherwise(uint sequence) => _client.First is { } first && first != sequence;

    /// <summary>A SYN. True for the first of that side.</summary>
    public bool Begin(bool client, uint sequence)
    {
        var side = client ? _client : _server;
        if (side.First is not null) return false;
        side.First = sequence;
        return true;
    }

    public void Hear(bool client, uint sequence, ReadOnlySpan<byte> data)
    {
        var side = client ? _client : _server;
        side.First ??= unchecked(sequence - 1);
        if (data.IsEmpty) return;
        int at = unchecked((int)(sequence - side.First.Value - 1));
        if (at < 0 || at > 1 << 24) return;
        if (at + data.Length > side.Bytes.Count)
        {
            string word = client ? "C data" : "S data";
            if (Talk.Last != word) Talk.Add(word);
            System.Runtime.InteropServices.CollectionsMarshal.SetCount(side.Bytes, at + data.Length);
        }
        data.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(side.Bytes)[at..]);
    }

    /// <summary>Notes what was said as facts of the conversation.</summary>
    public void Tell(Names names)
    {
        if (_client.Bytes.Count > 0) Talk.Said["client says"] = names.Text(Text([.. _client.Bytes]));
        if (_server.Bytes.Count > 0) Talk.Said["server says"] = names.Text(Text([.. _server.Bytes]));
        if (Closing().IsMatch(Encoding.Latin1.GetString([.. _server.Bytes]))) Talk.EitherClosesFirst();
    }

    private string Text(byte[] bytes)
    {
        if (serverPort == 53 && bytes.Length > 2 && DnsMessage.TryRead(bytes.AsSpan(2, Math.Min(bytes.Length - 2, BinaryPrimitives.ReadUInt16BigEndian(bytes))), out var dns)) return DnsText.Of(dns);
        string text = Encoding.UTF8.GetString(bytes);
        int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return head > 0 && Http().IsMatch(text) ? HttpText(text[..head].Split("\r\n"), text[(head + 4)..]) : text;
    }

    /// <summary>The first line, Host and Content-Length, and the body.</summary>
    private static string HttpText(string[] head, string body) => string.Join('\n',
        [head[0], .. head.Skip(1).Where(l => l.StartsWith("Host:", StringComparison.OrdinalIgnoreCase) || l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => l.ToLowerInvariant()).Order(StringComparer.Ordinal), body]);

    [GeneratedRegex(@"^(?:HTTP/1\.|[A-Z]+ \S+ HTTP/1\.)")]
    private static partial Regex Http();

    [GeneratedRegex(@"^connection: *close|^HTTP/1\.0 ", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Closing();

    private sealed class Side
    {
        /// <summary>The sequence number of the SYN.</summary>
        public uint? First { get; set; }

        public List<byte> Bytes { get; } = [];
    }
}
