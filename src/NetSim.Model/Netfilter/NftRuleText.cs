using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>Reads one rule in the words of nft ("ip daddr 172.18.0.2 tcp dport 80 counter accept"). Its meaning is put into the same matches and targets as iptables' rules have;
/// a statement that is not modelled is kept as Unknown. Source: nft(8) 1.0.6, sections EXPRESSIONS and STATEMENTS.</summary>
public static class NftRuleText
{
    /// <summary>The rule; its <see cref="Rule.Words"/> are the text in nft's own spacing, without what counters have counted.</summary>
    /// <param name="text">One line of a chain.</param>
    /// <exception cref="FormatException">A word has a value that can't be meant.</exception>
    public static Rule Parse(string text) => new NftRuleReader(text).Read();
}

/// <summary>Goes through the words of a rule of nft.</summary>
internal sealed class NftRuleReader(string text)
{
    private readonly List<string> _words = NftWords.Split(text);
    private readonly List<Match> _matches = [];
    private readonly List<string> _written = [];
    private Target? _target;
    private int _at;

    /// <summary>The rule.</summary>
    public Rule Read()
    {
        while (_at < _words.Count)
        {
            int from = _at;
            if (!TakeStatement(Next())) KeepUnknown(from);
            _written.AddRange(_words[from.._at].Where((w, i) => _words[from] != "counter" || i == 0));
        }
        return new Rule { Matches = _matches, Target = _target, Words = string.Join(' ', _written) };
    }

    private bool TakeStatement(string word) => word switch
    {
        "iifname" or "iif" => TakeName(input: true),
        "oifname" or "oif" => TakeName(input: false),
        "meta" => TakeMeta(Next()),
        "ip" or "ip6" => TakeHeader(Next()),
        "tcp" or "udp" or "sctp" => TakePorts(word, Next()),
        "ct" => Next() == "state" && TakeStates(),
        "fib" => TakeType(Next(), Next(), Next()),
        "counter" => TakeCounter(),
        "comment" => Add(new Match.Comment(Next().Trim('"'))),
        _ => TakeVerdict(word),
    };

    private bool TakeVerdict(string word)
    {
        _target = word switch
        {
            "accept" => new Target.Accept(),
            "drop" => new Target.Drop(),
            "return" => new Target.Return(),
            "continue" => null,
            "jump" => new Target.Jump(Next()),
            "goto" => new Target.Goto(Next()),
            "masquerade" => new Target.Masquerade(),
            "dnat" or "snat" => Translation(word, Next() == "to" ? Next() : ""),
            "reject" => new Target.Reject(With()),
            _ => _target,
        };
        return word is "accept" or "drop" or "return" or "continue" or "jump" or "goto" or "masquerade" or "dnat" or "snat" or "reject";
    }

    private string? With()
    {
        if (Peek() != "with") return null;
        _at++;
        string kind = Next();
        if (kind == "tcp" && Peek() == "reset") _at++;
        else if (kind.StartsWith("icmp", StringComparison.Ordinal))
        {
            if (Peek() == "type") _at++;
            return Next() switch { "admin-prohibited" => "icmp-admin-prohibited", "host-unreachable" => "icmp-host-unreachable", "net-unreachable" => "icmp-net-unreachable", _ => null };
        }
        return kind == "tcp" ? "tcp-reset" : null;
    }

    private static Target Translation(string word, string end)
    {
        int close = end.IndexOf(']'), colon = end.StartsWith('[') ? end.IndexOf("]:", StringComparison.Ordinal) + 1 : end.Count(c => c == ':') == 1 ? end.IndexOf(':') : 0;
        string address = end.StartsWith('[') && close > 0 ? end[1..close] : colon > 0 || end.StartsWith(':') ? end[..colon] : end;
        ushort? port = colon > 0 || end.StartsWith(':') ? RuleValues.Port(end[(colon + 1)..]) : null;
        IpAddress? to = address.Length == 0 ? null : IpAddress.TryParse(address, out var a) ? a : throw new FormatException($"\"{end}\" is not an address and port such as 172.18.0.2:80");
        return word == "dnat" ? new Target.Dnat(to, port) : new Target.Snat(to, port);
    }

    private bool TakeName(bool input)
    {
        if (Peek() == "vmap")
        {
            _at++;
            if (Peek() is not ['@', .. var map]) return false;
            _at++;
            _target = new Target.Dispatch(map, input);
            return true;
        }
        bool negated = TakeNot();
        var names = Values();
        if (names.Count > 1 && !negated) return false;
        foreach (string name in names)
        {
            string plain = name.Trim('"').Replace('*', '+');
            Add(input ? new Match.InInterface(plain, negated) : new Match.OutInterface(plain, negated));
        }
        return true;
    }

    private bool TakeMeta(string key)
    {
        switch (key)
        {
            case "iifname" or "iif": return TakeName(input: true);
            case "oifname" or "oif": return TakeName(input: false);
            case "l4proto": return TakeProtocol();
            case "mark":
                if (Peek() is "set") return false;
                uint mask = uint.MaxValue;
                if (Peek() is "and" or "&")
                {
                    _at++;
                    mask = RuleValues.Mark(Next()).Value;
                }
                bool negated = TakeNot();
                return Add(new Match.Mark(RuleValues.Mark(Next()).Value, mask, negated));
            default: return false;
        }
    }

    private bool TakeHeader(string field)
    {
        if (field is "protocol" or "nexthdr") return TakeProtocol();
        if (field is not ("saddr" or "daddr")) return false;
        bool negated = TakeNot();
        var values = Values();
        if (values.Count > 1 && !negated || values.Exists(v => v.StartsWith('@') || v.Contains('-'))) return false;
        foreach (string v in values) Add(field == "saddr" ? new Match.Source(RuleValues.Subnet(v), negated) : new Match.Destination(RuleValues.Subnet(v), negated));
        return true;
    }

    private bool TakeProtocol()
    {
        bool negated = TakeNot();
        var values = Values();
        return values.Count == 1 && IpProtocolNames.TryParse(values[0] == "ipv6-icmp" ? "icmpv6" : values[0], out var protocol) && Add(new Match.Protocol(protocol, negated));
    }

    private bool TakePorts(string protocol, string field)
    {
        if (field is not ("dport" or "sport")) return false;
        bool negated = TakeNot();
        var values = Values();
        if (values.Exists(v => v.StartsWith('@'))) return false;
        var ranges = values.ConvertAll(v => RuleValues.Ports(v.Replace('-', ':')));
        Add(new Match.Protocol(Enum.Parse<IpProtocol>(protocol, ignoreCase: true)));
        return Add(ranges.Count == 1
            ? field == "dport" ? new Match.DestinationPorts(ranges[0].From, ranges[0].To, negated) : new Match.SourcePorts(ranges[0].From, ranges[0].To, negated)
            : new Match.Multiport(field == "dport" ? PortSide.Destination : PortSide.Source, ranges, negated));
    }

    private bool TakeStates()
    {
        bool negated = TakeNot();
        var states = Values().SelectMany(v => v.Split(',')).Select(w => RuleWriter.State(w.ToUpperInvariant())).ToList();
        return !states.Contains(ConntrackStates.None) && Add(new Match.ConntrackState(states.Aggregate((a, b) => a | b), negated));
    }

    private bool TakeType(string field, string what, string type)
    {
        bool negated = type == "!=";
        if (negated) type = Next();
        return field is "saddr" or "daddr" && what == "type" && Add(new Match.AddressType(field == "saddr", type.ToUpperInvariant(), negated));
    }

    private bool TakeCounter()
    {
        if (Peek() == "packets") _at = Math.Min(_at + 4, _words.Count);
        return true;
    }

    /// <summary>All that follows up to a counter or a verdict is not understood, and stays as it is written.</summary>
    private void KeepUnknown(int from)
    {
        while (_at < _words.Count && _words[_at] is not ("counter" or "accept" or "drop" or "return" or "jump" or "goto" or "comment" or "reject")) _at++;
        string kept = string.Join(' ', _words[from.._at]);
        if (_words[from] == "log") _target = new Target.Log(null, kept);
        else if (_words[from] is "meta" && _words.ElementAtOrDefault(from + 2) == "set") _target = new Target.Unknown(kept);
        else Add(new Match.Unknown(kept));
    }

    private List<string> Values()
    {
        string word = Next();
        if (word != "{") return [word];
        var values = new List<string>();
        while (_at < _words.Count && Next() is var v and not "}")
            if (v.Trim(',') is { Length: > 0 } value) values.Add(value);
        return values;
    }

    private bool TakeNot()
    {
        if (Peek() is not ("!=" or "==")) return false;
        return Next() == "!=";
    }

    private bool Add(Match match)
    {
        _matches.Add(match);
        return true;
    }

    private string? Peek() => _at < _words.Count ? _words[_at] : null;

    private string Next() => _at < _words.Count ? _words[_at++] : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the rule ends after \"{text.TrimEnd()}\" where a word should follow"));
}

/// <summary>The words of a rule of nft: blanks part them, quotes hold them together and stay, braces stand alone.</summary>
internal static class NftWords
{
    /// <summary>All words in order.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            int end = at + 1;
            if (text[at] == '"') end = text.IndexOf('"', at + 1) is > 0 and var q ? q + (text.AsSpan(q + 1).StartsWith(",") ? 2 : 1) : text.Length;
            else if (text[at] is not ('{' or '}'))
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('{' or '}')) end++;
            words.Add(text[at..end]);
            at = end;
        }
        return words;
    }
}
