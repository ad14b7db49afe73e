namespace NetSim.Model.Netfilter;

/// <summary>Reads the clause of a match extension: "-m conntrack --ctstate RELATED,ESTABLISHED". A clause with anything that is not modelled is kept as it is written.</summary>
internal sealed class MatchReader(RuleCursor words, string protocol)
{
    private int _burst = 5;
    private (double PerSecond, string Text)? _rate;

    /// <summary>The matches of the clause; the module's name is taken already.</summary>
    public List<Match> Clause(RuleWord opening, string module)
    {
        int from = words.At - 2;
        var matches = new List<Match>();
        while (!words.AtClauseEnd)
        {
            bool negated = words.TakeNot();
            var option = words.Take($"an option of {opening.Text} {module}");
            if (!option.IsOption) return [Extensions.Read(words.Rest(from))];
            if (module == "limit" && TakeLimit(option)) continue;
            if (Option(module, option, negated) is not { } match) return [Extensions.Read(words.Rest(from))];
            matches.Add(match);
        }
        if (_rate is { } rate) matches.Add(new Match.Limit(rate.PerSecond, _burst, rate.Text));
        return matches.Count > 0 || module is "tcp" or "udp" or "sctp" or "icmp" or "icmp6" ? matches : [new Match.Unknown($"-m {module}")];
    }

    /// <summary>One option of a module; null when it is not modelled.</summary>
    public Match? Option(string module, RuleWord option, bool negated) => module switch
    {
        "tcp" or "udp" or "sctp" => Transport(option, negated),
        "icmp" or "icmp6" or "icmpv6" => option.Text is "--icmp-type" or "--icmpv6-type" ? Icmp(words.Value(option), negated) : null,
        "multiport" => Multiport(option, negated),
        "conntrack" or "state" => Conntrack(option, negated),
        "addrtype" => option.Text is "--dst-type" or "--src-type" ? new Match.AddressType(option.Text == "--src-type", words.Value(option), negated) : null,
        "mark" => option.Text == "--mark" && RuleValues.Mark(words.Value(option)) is var (value, mask) ? new Match.Mark(value, mask, negated) : null,
        "set" when option.Text == "--match-set" => Set(words.Value(option), words.Take("src or dst").Text, negated),
        "comment" => option.Text == "--comment" ? new Match.Comment(words.Take("the comment").Text) : null,
        _ => null,
    };

    /// <summary>One address of the packet against a set; sets of ports or pairs are not modelled.</summary>
    private static Match.InSet? Set(string name, string flag, bool negated) => flag is "src" or "dst" ? new(name, flag == "src", negated) : null;

    private Match? Transport(RuleWord option, bool negated)
    {
        switch (option.Text)
        {
            case "--sport" or "--source-port":
                var (from, to) = RuleValues.Ports(words.Value(option));
                return new Match.SourcePorts(from, to, negated);
            case "--dport" or "--destination-port":
                (from, to) = RuleValues.Ports(words.Value(option));
                return new Match.DestinationPorts(from, to, negated);
            case "--syn":
                return new Match.TcpFlags(0b01_0111, 0b00_0010, negated);
            case "--tcp-flags":
                return new Match.TcpFlags(Flags(words.Value(option)), Flags(words.Take("the flags that must be set").Text), negated);
            default:
                return Multiport(option, negated);
        }
    }

    private Match.Multiport? Multiport(RuleWord option, bool negated)
    {
        PortSide? side = option.Text switch
        {
            "--sports" or "--source-ports" => PortSide.Source,
            "--dports" or "--destination-ports" => PortSide.Destination,
            "--ports" => PortSide.Either,
            _ => null,
        };
        return side is { } s ? new(s, words.Value(option).Split(',').Select(RuleValues.Ports).ToList(), negated) : null;
    }

    private Match? Conntrack(RuleWord option, bool negated)
    {
        switch (option.Text)
        {
            case "--ctstate" or "--state":
                return new Match.ConntrackState(words.Value(option).Split(',').Aggregate(ConntrackStates.None, (all, w) => all | State(w)), negated, option.Text == "--state");
            case "--ctorigdst":
                return new Match.OriginalDestination(RuleValues.Subnet(words.Value(option)), null, negated);
            case "--ctorigdstport":
                var (from, to) = RuleValues.Ports(words.Value(option));
                return from == to ? new Match.OriginalDestination(null, from, negated) : null;
            default:
                return null;
        }
    }

    private static ConntrackStates State(string word) =>
        RuleWriter.State(word) is var s && s != ConntrackStates.None ? s : throw new FormatException($"\"{word}\" is not a state such as ESTABLISHED");

    private Match.IcmpType Icmp(string word, bool negated)
    {
        if (word == "any") return new(-1, -1, negated);
        var named = Named(word);
        if (named.Type >= 0) return new(named.Type, named.Code, negated);
        int slash = word.IndexOf('/');
        return slash < 0 ? new(RuleValues.Number(word, 255), -1, negated) : new(RuleValues.Number(word[..slash], 255), RuleValues.Number(word[(slash + 1)..], 255), negated);
    }

    private (int Type, int Code) Named(string word) => word switch
    {
        "echo-request" or "ping" => (protocol == "icmpv6" ? 128 : 8, -1),
        "echo-reply" or "pong" => (protocol == "icmpv6" ? 129 : 0, -1),
        "destination-unreachable" => (protocol == "icmpv6" ? 1 : 3, -1),
        "port-unreachable" => protocol == "icmpv6" ? (1, 4) : (3, 3),
        "fragmentation-needed" => (3, 4),
        "time-exceeded" or "ttl-exceeded" => (protocol == "icmpv6" ? 3 : 11, -1),
        _ => (-1, -1),
    };

    private bool TakeLimit(RuleWord option)
    {
        if (option.Text == "--limit") _rate = Rate(words.Value(option));
        else if (option.Text == "--limit-burst") _burst = RuleValues.Number(words.Value(option), 10_000);
        else return false;
        return true;
    }

    /// <summary>"5/min" as a number a second.</summary>
    public static (double PerSecond, string Text) Rate(string word)
    {
        var parts = word.Split('/');
        (double seconds, string unit) = parts is [_] or [_, ['s', ..]] ? (1.0, "sec") : parts is [_, ['m', ..]] ? (60, "min") : parts is [_, ['h', ..]] ? (3600, "hour") : parts is [_, ['d', ..]] ? (86400, "day") : (0, "");
        if (seconds == 0) throw new FormatException($"\"{word}\" is not a rate such as 5/min");
        int count = RuleValues.Number(parts[0], 1_000_000);
        return (count / seconds, $"{count}/{unit}");
    }

    private static byte Flags(string word) => word switch
    {
        "ALL" => 0b11_1111,
        "NONE" => 0,
        _ => (byte)word.Split(',').Aggregate(0, (all, w) => RuleWriter.FlagBit(w) is >= 0 and var bit ? all | 1 << bit : throw new FormatException($"\"{w}\" is not a TCP flag such as SYN")),
    };
}
