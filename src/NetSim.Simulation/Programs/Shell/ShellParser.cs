namespace NetSim.Simulation.Programs.Shell;

/// <summary>Makes commands of tokens (POSIX.1-2017, Shell Command Language, 2.10), as far as scenarios and entry points need it.</summary>
internal sealed class ShellParser(string text, int depth = 0)
{
    private const int DeepestNesting = 60;
    private static readonly string[] Closing = ["then", "else", "elif", "fi", "do", "done", "esac", "}"];
    private readonly List<ShellToken> _tokens = new ShellLexer(text, depth + 1).Tokens();
    private int _at;
    private int _depth = depth;

    /// <summary>The whole text.</summary>
    /// <exception cref="ShellSyntaxException">It is no program.</exception>
    public ShellCommand Parse()
    {
        var node = List();
        if (_at < _tokens.Count) throw Unexpected();
        return node;
    }

    private string? Operator => _at < _tokens.Count ? _tokens[_at].Operator : null;

    private string? Keyword => _at < _tokens.Count ? _tokens[_at].Word?.Plain : null;

    private ShellSyntaxException Unexpected() => new($"syntax error near unexpected token `{(_at < _tokens.Count ? Operator?.Replace("\n", "newline", StringComparison.Ordinal) ?? Keyword ?? "word" : "end of file")}'");

    private bool Take(string op)
    {
        if (Operator != op) return false;
        _at++;
        return true;
    }

    private bool TakeWord(string word)
    {
        if (Keyword != word) return false;
        _at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!TakeWord(word)) throw Unexpected();
    }

    private ShellCommand.Sequence List()
    {
        var items = new List<(ShellCommand, bool)>();
        while (true)
        {
            while (Operator is ";" or "\n") _at++;
            if (_at >= _tokens.Count || Operator is ")" or ";;" || Keyword is { } k && Closing.Contains(k)) return new(items);
            var node = AndOr();
            bool background = Take("&");
            items.Add((node, background));
            if (!background && Operator is not (";" or "\n" or ")" or ";;" or null) && !(Keyword is { } c && Closing.Contains(c))) throw Unexpected();
        }
    }

    private ShellCommand AndOr()
    {
        ShellCommand left = Pipeline();
        while (Operator is "&&" or "||")
        {
            bool and = _tokens[_at++].Operator == "&&";
            Newlines();
            left = new ShellCommand.AndOr(left, and, Pipeline());
        }
        return left;
    }

    private void Newlines()
    {
        while (Take("\n")) { }
    }

    private ShellCommand Pipeline()
    {
        bool negated = TakeWord("!");
        var stages = new List<ShellCommand> { Command() };
        while (Take("|"))
        {
            Newlines();
            stages.Add(Command());
        }
        return stages.Count == 1 && !negated ? stages[0] : new ShellCommand.Pipeline(stages, negated);
    }

    private ShellCommand Command()
    {
        if (++_depth > DeepestNesting) throw new ShellSyntaxException("commands are nested too deeply");
        var command = Nested();
        _depth--;
        return command;
    }

    private ShellCommand Nested()
    {
        ShellCommand? compound = Keyword switch
        {
            "if" or "elif" => If(),
            "for" => For(),
            "while" or "until" => While(),
            "case" => Case(),
            "{" => Group(),
            "[[" => Condition(),
            _ => Operator == "(" ? Subshell() : null,
        };
        return compound is null ? Simple() : compound with { Redirections = Redirections() };
    }

    private ShellCommand.Subshell Subshell()
    {
        _at++;
        var body = List();
        if (!Take(")")) throw Unexpected();
        return new(body);
    }

    private ShellCommand.Group Group()
    {
        _at++;
        var body = List();
        Expect("}");
        return new(body);
    }

    private ShellCommand.If If()
    {
        _at++;
        var condition = List();
        Expect("then");
        var then = List();
        if (Keyword == "elif") return new(condition, then, Command());
        ShellCommand? otherwise = TakeWord("else") ? List() : null;
        Expect("fi");
        return new(condition, then, otherwise);
    }

    private ShellCommand For()
    {
        _at++;
        string name = Keyword ?? throw Unexpected();
        _at++;
        if (name == "((") return Counting();
        List<Word>? words = null;
        Newlines();
        if (TakeWord("in"))
        {
            words = [];
            while (_at < _tokens.Count && _tokens[_at].Word is { } w)
            {
                words.Add(w);
                _at++;
            }
        }
        while (Operator is ";" or "\n") _at++;
        Expect("do");
        var body = List();
        Expect("done");
        return new ShellCommand.For(name, words, body);
    }

    /// <summary>for ((first; condition; step)) of bash.</summary>
    private ShellCommand.Sequence Counting()
    {
        var parts = new List<ShellCommand>();
        while (_at < _tokens.Count && _tokens[_at].Word is { } w && w.Plain != "do") parts.Add(new ShellCommand.Simple([], [new([new WordPart.Literal("((", true)]), Taken(w)]));
        if (parts.Count != 3) throw Unexpected();
        while (Operator is ";" or "\n") _at++;
        Expect("do");
        var body = List();
        Expect("done");
        return new([(parts[0], false), (new ShellCommand.While(parts[1], false, new ShellCommand.Sequence([(body, false), (parts[2], false)])), false)]);
    }

    /// <summary>[[ ... ]] of bash: operators are words there, and nothing is split.</summary>
    private ShellCommand.Simple Condition()
    {
        var words = new List<Word>();
        while (_at < _tokens.Count)
        {
            var token = _tokens[_at++];
            words.Add(token.Word is { } w ? new(w.Parts.Select(part => part with { Quoted = true }).ToList()) : new([new WordPart.Literal(token.Operator!, true)]));
            if (token.Word?.Plain == "]]") return new([], words);
        }
        throw Unexpected();
    }

    private ShellCommand.While While()
    {
        bool until = Keyword == "until";
        _at++;
        var condition = List();
        Expect("do");
        var body = List();
        Expect("done");
        return new(condition, until, body);
    }

    private ShellCommand.Case Case()
    {
        _at++;
        var subject = TakeAnyWord();
        Newlines();
        Expect("in");
        var arms = new List<(IReadOnlyList<Word>, ShellCommand)>();
        while (true)
        {
            Newlines();
            if (TakeWord("esac")) return new(subject, arms);
            Take("(");
            var patterns = new List<Word> { TakeAnyWord() };
            while (Take("|")) patterns.Add(TakeAnyWord());
            if (!Take(")")) throw Unexpected();
            arms.Add((patterns, List()));
            Take(";;");
        }
    }

    private Word TakeAnyWord() => _at < _tokens.Count && _tokens[_at].Word is { } w ? Taken(w) : throw Unexpected();

    private Word Taken(Word word)
    {
        _at++;
        return word;
    }

    private ShellCommand Simple()
    {
        var assignments = new List<(string, Word)>();
        var words = new List<Word>();
        var arrays = new List<(string, IReadOnlyList<Word>)>();
        var redirections = new List<Redirection>();
        while (_at < _tokens.Count)
        {
            if (Redirection() is { } r) redirections.Add(r);
            else if (_tokens[_at].Word is not { } word) break;
            else if (words.Count == 0 && Assignment(word) is { } a)
            {
                if (Operator == "(" && a.Item2.Parts is [WordPart.Literal { Text: "" }]) arrays.Add((a.Item1, List(a.Item1)));
                else assignments.Add(a);
            }
            else words.Add(Taken(word));
            if (words.Count == 1 && Operator == "(" && words[0].Plain is { } name && _at + 1 < _tokens.Count && _tokens[_at + 1].Operator == ")") return Function(name);
        }
        if (assignments.Count == 0 && arrays.Count == 0 && words.Count == 0 && redirections.Count == 0) throw Unexpected();
        return new ShellCommand.Simple(assignments, words) { Redirections = redirections, Arrays = arrays };
    }

    /// <summary>(WORDS) after NAME=; NAME+=(WORDS) keeps what is there.</summary>
    private List<Word> List(string name)
    {
        _at++;
        var values = new List<Word>();
        if (name.EndsWith('+')) values.Add(new([new WordPart.Variable(name[..^1] + "[@]", "", null, true)]));
        while (!Take(")"))
        {
            Newlines();
            if (Operator != ")") values.Add(TakeAnyWord());
        }
        return values;
    }

    private ShellCommand.Function Function(string name)
    {
        _at += 2;
        Newlines();
        return new(name, Command());
    }

    private (string, Word)? Assignment(Word word)
    {
        if (word.Parts[0] is not WordPart.Literal { Quoted: false } first) return null;
        int equals = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || char.IsAsciiDigit(first.Text[0])) return null;
        string name = first.Text[..equals];
        if (name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is var bracket and > 0) name = name[..bracket];
        if (!name.TrimEnd('+').All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return null;
        _at++;
        return (first.Text[..equals], new([new WordPart.Literal(first.Text[(equals + 1)..], true), .. word.Parts.Skip(1)]));
    }

    private List<Redirection> Redirections()
    {
        var all = new List<Redirection>();
        while (Redirection() is { } r) all.Add(r);
        return all;
    }

    private Redirection? Redirection()
    {
        if (Operator is not (">" or ">>" or "<" or ">&" or "<&" or "&>" or ">|" or "<<<" or "<<" or "<<-" or "<>")) return null;
        var token = _tokens[_at++];
        int descriptor = token.Descriptor >= 0 ? token.Descriptor : token.Operator!.StartsWith('<') ? 0 : 1;
        return new(descriptor, token.Operator!, TakeAnyWord());
    }
}
