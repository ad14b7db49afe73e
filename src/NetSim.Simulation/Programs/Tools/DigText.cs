using System.Globalization;
using System.Text;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>Records and messages as dig 9.18 writes them.</summary>
internal static class DigText
{
    private const int TtlColumn = 24;
    private const int ClassColumn = 32;
    private const int TypeColumn = 40;
    private const int DataColumn = 48;

    /// <summary>The whole message, between the banner and the statistics.</summary>
    public static string Of(DnsMessage m, DigOptions o)
    {
        var text = new StringBuilder();
        if (o.On("comments")) Header(m, text);
        if (o.On("comments") && m.Edns is { } opt) Edns(opt, text);
        if (o.On("question")) Questions(m, o, text);
        if (o.On("answer")) Section("ANSWER", m.Answers, o, text);
        if (o.On("authority")) Section("AUTHORITY", m.Authorities, o, text);
        if (o.On("additional")) Section("ADDITIONAL", m.Additionals.Where(r => r.Type != DnsType.Opt).ToList(), o, text);
        return text.ToString();
    }

    /// <summary>What +short prints: the data of the answers, a line each.</summary>
    public static string Short(DnsMessage m, string from) => string.Concat(m.Answers.Select(r => $"{Of(r.Rdata)}{from}\n"));

    /// <summary>The data of a record.</summary>
    public static string Of(Rdata rdata) => rdata switch
    {
        Rdata.Address a => a.Value.ToString(),
        Rdata.Target t => Absolute(t.Name),
        Rdata.Mail m => $"{m.Preference} {Absolute(m.Exchange)}",
        Rdata.Text t => string.Join(' ', t.Strings.Select(s => $"\"{s.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")),
        Rdata.Authority s => $"{Absolute(s.Primary)} {Absolute(s.Mailbox)} {s.Serial} {s.Refresh} {s.Retry} {s.Expire} {s.Minimum}",
        Rdata.Service s => $"{s.Priority} {s.Weight} {s.Port} {Absolute(s.Host)}",
        Rdata.Opaque o => $"\\# {o.Bytes.Length} {Convert.ToHexString(o.Bytes)}",
        _ => "",
    };

    /// <summary>A name with its trailing dot.</summary>
    public static string Absolute(string name) => name + ".";

    private static void Header(DnsMessage m, StringBuilder text)
    {
        string opcode = m.Opcode == 0 ? "QUERY" : $"RESERVED{m.Opcode}";
        text.Append(CultureInfo.InvariantCulture, $";; ->>HEADER<<- opcode: {opcode}, status: {DnsWords.Of(m.ResponseCode)}, id: {m.Id}\n;; flags:");
        foreach (var (bit, word) in ((ushort, string)[])[(DnsFlags.Response, "qr"), (DnsFlags.Authoritative, "aa"), (DnsFlags.Truncated, "tc"), (DnsFlags.RecursionDesired, "rd"),
            (DnsFlags.RecursionAvailable, "ra"), (DnsFlags.AuthenticData, "ad"), (DnsFlags.CheckingDisabled, "cd")])
            if ((m.Flags & bit) != 0) text.Append(' ').Append(word);
        text.Append(CultureInfo.InvariantCulture, $"; QUERY: {m.Questions.Count}, ANSWER: {m.Answers.Count}, AUTHORITY: {m.Authorities.Count}, ADDITIONAL: {m.Additionals.Count}\n");
        if ((m.Flags & DnsFlags.RecursionDesired) != 0 && (m.Flags & DnsFlags.RecursionAvailable) == 0) text.Append(";; WARNING: recursion requested but not available\n");
        text.Append('\n');
    }

    private static void Edns(DnsRecord opt, StringBuilder text)
    {
        string flags = (opt.Ttl & 0x8000) != 0 ? " do" : "";
        text.Append(CultureInfo.InvariantCulture, $";; OPT PSEUDOSECTION:\n; EDNS: version: {opt.Ttl >> 16 & 0xFF}, flags:{flags}; udp: {opt.Class}\n");
        foreach (var option in (opt.Rdata as Rdata.Options)?.Values ?? [])
        {
            string value = Convert.ToHexStringLower(option.Value);
            text.Append(option.Code == 10 ? $"; COOKIE: {value}{(option.Value.Length > 8 ? " (good)" : " (echoed)")}\n" : $"; OPT={option.Code}: {value}\n");
        }
    }

    private static void Questions(DnsMessage m, DigOptions o, StringBuilder text)
    {
        if (m.Questions.Count == 0) return;
        if (o.On("comments")) text.Append(";; QUESTION SECTION:\n");
        foreach (var q in m.Questions)
        {
            var line = new StringBuilder(";" + Absolute(q.Name));
            Column(line, ClassColumn).Append("IN");
            Column(line, TypeColumn).Append(DnsWords.Of(q.Type));
            text.Append(line).Append('\n');
        }
        if (o.On("comments")) text.Append('\n');
    }

    private static void Section(string title, IReadOnlyList<DnsRecord> records, DigOptions o, StringBuilder text)
    {
        if (records.Count == 0) return;
        if (o.On("comments")) text.Append(CultureInfo.InvariantCulture, $";; {title} SECTION:\n");
        foreach (var r in records)
        {
            var line = new StringBuilder(Absolute(r.Name));
            if (o.On("ttlid")) Column(line, TtlColumn).Append(r.Ttl);
            if (o.On("class")) Column(line, ClassColumn).Append("IN");
            Column(line, TypeColumn).Append(DnsWords.Of(r.Type));
            Column(line, DataColumn).Append(Of(r.Rdata));
            text.Append(line).Append('\n');
        }
        if (o.On("comments")) text.Append('\n');
    }

    /// <summary>Tabs up to a column, or a blank when the text is past it.</summary>
    private static StringBuilder Column(StringBuilder line, int column)
    {
        int at = 0;
        for (int i = 0; i < line.Length; i++) at = line[i] == '\t' ? (at / 8 + 1) * 8 : at + 1;
        return at >= column ? line.Append(' ') : line.Append('\t', (column - at + 7) / 8);
    }
}
