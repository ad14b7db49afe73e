using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>Reads one rule: the five basic conditions, the clauses of the match extensions, the target.</summary>
internal sealed class RuleReader
{
    private readonly List<Match> _matches = [];
    private readonly RuleCursor _words;
    private Target? _target;
    private string _protocol = "";

    /// <summary>A reader of one rule's text.</summary>
    public RuleReader(string text) => _words = new(text);

    /// <summary>The rule.</summary>
    public Rule Read()
    {
        while (!_words.AtEnd) ReadOption();
        return new Rule { Matches = _matches, Target = _target };
    }

    private void ReadOption()
    {
        bool negated = _words.TakeNot();
        var option = _words.Take("an option");
        switch (option.Quoted ? "" : option.Text)
        {
            case "-s" or "--source" or "--src": AddAddress(negated, s => new Match.Source(s, negated)); break;
            case "-d" or "--destination" or "--dst": AddAddress(negated, s => new Match.Destination(s, negated)); break;
            case "-i" or "--in-interface": _matches.Add(new Match.InInterface(_words.Value(option), negated)); break;
            case "-o" or "--out-interface": _matches.Add(new Match.OutInterface(_words.Value(option), negated)); break;
            case "-p" or "--protocol" or "--proto": AddProtocol(_words.Value(option), negated); break;
            case "-m" or "--match": _matches.AddRange(new MatchReader(_words, _protocol).Clause(option, _words.Value(option))); break;
            case "-j" or "--jump" when !negated: SetTarget(new TargetReader(_words).Jump(option, _words.Value(option))); break;
            case "-g" or "--goto" when !negated: SetTarget(new Target.Goto(_words.Value(option))); break;
            case "-f" or "--fragment": _matches.Add(new Match.Unknown("-f", negated)); break;
            case "-c" or "--set-counters" when !negated: _ = (_words.Value(option), _words.Value(option)); break;
            default: AddImplied(option, negated); break;
        }
    }

    private void SetTarget(Target target)
    {
        if (_target is not null) throw new FormatException("there are two targets; a rule has one");
        _target = target;
    }

    private void AddAddress(bool negated, Func<Subnet, Match> make)
    {
        var subnet = RuleValues.Subnet(_words.Value());
        if (negated || !subnet.IsAll) _matches.Add(make(subnet));
    }

    private void AddProtocol(string word, bool negated)
    {
        if (word is "all" or "0") return;
        if (!IpProtocolNames.TryParse(word.ToLowerInvariant(), out var protocol)) throw new FormatException($"\"{word}\" is not a protocol such as tcp");
        _protocol = negated ? "" : protocol.ToName();
        _matches.Add(new Match.Protocol(protocol, negated));
    }

    private void AddImplied(RuleWord option, bool negated)
    {
        if (!option.IsOption) throw new FormatException($"\"{option.Text}\" is not an option such as -s, -p or -j");
        string module = _protocol switch { "tcp" or "udp" or "sctp" or "icmp" => _protocol, "icmpv6" => "icmp6", _ => "" };
        if (module.Length == 0) throw new FormatException($"\"{option.Text}\" is not an option of a rule without -p or -m");
        _matches.Add(new MatchReader(_words, _protocol).Option(module, option, negated)
            ?? throw new FormatException($"\"{option.Text}\" is not an option of -p {_protocol}"));
    }
}
