using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>Reads a target and its options. One that is not modelled is kept as it is written.</summary>
internal sealed class TargetReader(RuleCursor words)
{
    private static readonly HashSet<string> NotModelled = new(StringComparer.Ordinal) { "QUEUE", "NFQUEUE", "TOS", "DSCP", "NETMAP", "SET", "TEE", "TPROXY", "SYNPROXY" };

    private static readonly HashSet<string> Notices = new(StringComparer.Ordinal) { "NFLOG", "ULOG", "TRACE", "AUDIT", "CHECKSUM", "CLASSIFY", "SECMARK", "CONNSECMARK" };

    private static readonly HashSet<string> Effects = new(StringComparer.Ordinal) { "NOTRACK", "CT", "CONNMARK", "TCPMSS", "TTL", "HL" };

    /// <summary>What follows -j; the target's name is taken already.</summary>
    public Target Jump(RuleWord option, string name)
    {
        int from = words.At - 2;
        if (name.Length == 0) throw new FormatException($"\"{option.Text}\" has no target");
        Target? target = name switch
        {
            "ACCEPT" => new Target.Accept(),
            "DROP" => new Target.Drop(),
            "RETURN" => new Target.Return(),
            "REJECT" => new Target.Reject(Optional("--reject-with")),
            "DNAT" => Nat("--to-destination", (a, p, o) => new Target.Dnat(a, p, o)),
            "SNAT" => Nat("--to-source", (a, p, o) => new Target.Snat(a, p, o)),
            "MASQUERADE" => new Target.Masquerade(words.Rest(words.At)),
            "REDIRECT" => Redirect(),
            "LOG" => new Target.Log(Optional("--log-prefix"), words.Rest(words.At)),
            "MARK" => Mark(),
            _ when NotModelled.Contains(name) || Notices.Contains(name) || Effects.Contains(name) => null,
            _ => new Target.Jump(name),
        };
        if (target is not null && words.AtClauseEnd) return target;
        string text = words.Rest(from);
        if (Notices.Contains(name)) return new Target.Notice(text);
        if (Effects.Contains(name) && TargetEffect.Of(text) is not null) return new Target.Effect(text);
        return target is Target.Accept or Target.Drop or Target.Return ? throw new FormatException($"\"{name}\" takes no options: {text}") : new Target.Unknown(text);
    }

    private string? Optional(string option)
    {
        if (words.AtClauseEnd) return null;
        var word = words.Take(option);
        if (word.Text == option) return words.Take($"the value of {option}").Text;
        words.At--;
        return null;
    }

    private Target? Nat(string option, Func<IpAddress?, ushort?, string, Target> make)
    {
        if (Optional(option) is not { } to) throw new FormatException($"\"{option}\" is missing");
        var (first, last, lastPort) = Range(to);
        var (address, port) = End(first);
        return make(address, port, words.Rest(words.At)) switch
        {
            Target.Dnat t => t with { LastAddress = last, LastPort = lastPort },
            Target.Snat t => t with { LastAddress = last, LastPort = lastPort },
            var t => t,
        };
    }

    /// <summary>Takes the ends of ranges off "10.0.0.1-10.0.0.9:80-90".</summary>
    private static (string First, IpAddress? LastAddress, ushort? LastPort) Range(string word)
    {
        int colon = word.StartsWith('[') ? word.IndexOf("]:", StringComparison.Ordinal) + 1 : word.Count(c => c == ':') == 1 ? word.IndexOf(':') : 0;
        string addresses = colon > 0 || word.StartsWith(':') ? word[..colon] : word, ports = addresses.Length < word.Length ? word[addresses.Length..] : "";
        ushort? lastPort = null;
        if (ports.IndexOf('-') is > 0 and var p) (ports, lastPort) = (ports[..p], RuleValues.Port(ports[(p + 1)..].Split('/')[0]));
        int dash = addresses.IndexOf('-');
        if (dash < 0) return (addresses + ports, null, lastPort);
        string end = addresses[(dash + 1)..].TrimEnd(']');
        if (!IpAddress.TryParse(end, out var last)) throw NoEnd(word);
        return (addresses[..dash] + (addresses.StartsWith('[') ? "]" : "") + ports, last, lastPort);
    }

    private static (IpAddress?, ushort?) End(string word)
    {
        if (IpAddress.TryParse(word, out var whole)) return (whole, null);
        int close = word.IndexOf(']'), colon = word.LastIndexOf(':');
        if (word.StartsWith('[') && close > 0 && IpAddress.TryParse(word[1..close], out var six))
            return colon == close + 1 ? (six, RuleValues.Port(word[(colon + 1)..])) : close == word.Length - 1 ? (six, null) : throw NoEnd(word);
        if (colon == 0) return (null, RuleValues.Port(word[1..]));
        return colon > 0 && IpAddress.TryParse(word[..colon], out var four) ? (four, RuleValues.Port(word[(colon + 1)..])) : throw NoEnd(word);
    }

    private static FormatException NoEnd(string word) => new($"\"{word}\" is not an address and port such as 172.18.0.2:80");

    private Target.Redirect? Redirect()
    {
        if (words.AtClauseEnd) return new(0);
        string? ports = Optional("--to-ports") ?? Optional("--to-port");
        return ports is null || ports.Contains('-') ? null : new(RuleValues.Port(ports));
    }

    private Target.SetMark? Mark()
    {
        if (words.AtClauseEnd) throw new FormatException("\"MARK\" has no value: --set-xmark VALUE/MASK");
        var option = words.Take("an option of MARK");
        if (option.Text is not ("--set-xmark" or "--set-mark" or "--and-mark" or "--or-mark" or "--xor-mark")) return null;
        var (value, mask) = RuleValues.Mark(words.Value(option));
        return option.Text switch
        {
            "--set-xmark" => new(value, mask),
            "--set-mark" => new(value, value | mask),
            "--and-mark" => new(0, ~value),
            "--or-mark" => new(value, value),
            _ => new(value, 0),
        };
    }
}
