using NetSim.Wire.Dns;

namespace NetSim.Analysis.Flows;

/// <summary>DNS queries and which response answered them: the same number in the same stream.
/// Source: wireshark v4.0.17 epan/dissectors/packet-dns.c dissect_dns_common.</summary>
internal sealed class DnsBook
{
    private const long RetransmissionTime = 5_000_000_000;
    private const int MostPending = 1 << 18;
    private const int MostNamed = 1 << 14;
    private const int MostNames = 1000;
    private readonly Dictionary<ulong, Query> _queries = [];
    private readonly Queue<ulong> _order = new();
    private readonly long[] _codes = new long[16];
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal), _unanswered = new(StringComparer.Ordinal);
    private int _named;
    private long _forgotten;

    private struct Query
    {
        public long Time;
        public bool IsAnswered, HasSeveralResponses;
        public string? Name;
    }

    public long Queries { get; private set; }

    public long Responses { get; private set; }

    public long Truncated { get; private set; }

    public long RepeatedQueries { get; private set; }

    /// <summary>Times from query to response, in nanoseconds.</summary>
    public Samples Times { get; } = new();

    /// <summary>Responses by RCODE.</summary>
    public IReadOnlyList<long> Codes => _codes;

    /// <summary>"web NXDOMAIN" and how often.</summary>
    public IReadOnlyDictionary<string, long> Failed => _failed;

    /// <summary>Takes a message.</summary>
    /// <param name="bytes">From its header on.</param>
    /// <param name="stream">A number for the stream of its transport.</param>
    /// <param name="seen">The frame.</param>
    public void Add(ReadOnlySpan<byte> bytes, ulong stream, in Sighting seen)
    {
        if (!DnsView.TryRead(bytes, out var dns)) return;
        if (dns.IsTruncated) Truncated++;
        if (!dns.IsResponse) Queries++;
        else
        {
            Responses++;
            _codes[dns.ResponseCode]++;
        }
        if (seen.IsQuoted || seen.IsRepeated) return;
        ulong key = stream << 16 | dns.Id;
        if (dns.IsResponse) Answer(key, dns, seen.Time);
        else Ask(key, dns, seen.Time);
    }

    /// <summary>Queries without a response, by name.</summary>
    public (long Count, IReadOnlyDictionary<string, long> Names) Unanswered()
    {
        long count = _forgotten;
        foreach (var q in _queries.Values.Where(q => !q.IsAnswered))
        {
            count++;
            if (q.Name is not null) Note(_unanswered, q.Name);
        }
        return (count, _unanswered);
    }

    private void Ask(ulong key, DnsView dns, long time)
    {
        bool known = _queries.TryGetValue(key, out var query);
        if (known && !query.IsAnswered && time - query.Time < RetransmissionTime)
        {
            RepeatedQueries++;
            return;
        }
        if (known && !query.IsAnswered) _forgotten++;
        if (known && query.Name is not null) _named--;
        string? name = null;
        bool several = false;
        if (_named < MostNamed && dns.TryQuestion(out string asked, out var type))
        {
            (name, several) = ($"{asked} {type.ToString().ToUpperInvariant()}", (int)type is 251 or 252);
            _named++;
        }
        _queries[key] = new() { Time = time, Name = name, HasSeveralResponses = several };
        if (!known) Bound(key);
    }

    private void Answer(ulong key, DnsView dns, long time)
    {
        ref var query = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_queries, key);
        bool known = !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref query);
        if (dns.ResponseCode != 0 && !(known && query.IsAnswered) && _failed.Count < MostNames)
            Note(_failed, (known ? query.Name : null) ?? (dns.TryQuestion(out string name, out var type) ? $"{name} {type.ToString().ToUpperInvariant()}" : "?"), $" {DnsCodes.Name(dns.ResponseCode)}");
        if (!known || query.IsAnswered && !query.HasSeveralResponses) return;
        Times.Add(time - query.Time);
        if (query.Name is not null) _named--;
        (query.IsAnswered, query.Name) = (true, null);
    }

    /// <summary>The oldest are forgotten, so that a capture of any length has room.</summary>
    private void Bound(ulong key)
    {
        _order.Enqueue(key);
        if (_order.Count <= MostPending) return;
        if (!_queries.Remove(_order.Dequeue(), out var old)) return;
        if (!old.IsAnswered) _forgotten++;
        if (old.Name is not null) _named--;
    }

    private static void Note(Dictionary<string, long> names, string name, string suffix = "")
    {
        name = (name.Length > 120 ? name[..120] : name) + suffix;
        if (names.Count < MostNames || names.ContainsKey(name)) names[name] = names.GetValueOrDefault(name) + 1;
    }
}

/// <summary>Names of response codes (RFC 1035, section 4.1.1; RFC 2136, section 2.2).</summary>
internal static class DnsCodes
{
    private static readonly string[] Names = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"];

    public static string Name(int code) => code < Names.Length ? Names[code] : $"RCODE{code}";
}
