namespace NetSim.Docker.GoTemplates;

/// <summary>Reads a pipeline from the tokens of an action. Source: go1.24 src/text/template/parse/parse.go pipeline, command, operand, term.</summary>
internal sealed class PipelineParser(string text, List<TemplateToken> tokens, HashSet<string> variables, Func<int, string, GoTemplateException> error)
{
    private int _at;

    /// <summary>The pipeline that all tokens make.</summary>
    public Pipeline Whole(string context)
    {
        if (tokens.Count == 0) throw error(text.Length, $"missing value for {context}");
        var pipe = Pipe(context);
        return _at == tokens.Count ? pipe : throw Unexpected(context);
    }

    private bool More => _at < tokens.Count;

    private Pipeline Pipe(string context)
    {
        var names = Declared(context, out bool assigns);
        var commands = new List<Command> { OneCommand(context) };
        while (More && tokens[_at].Is("|"))
        {
            _at++;
            if (!More) throw error(text.Length, $"missing value for {context}");
            commands.Add(OneCommand(context));
            if (commands[^1].Arguments[0] is Operand.Literal or Operand.Nil or Operand.Dot)
                throw error(tokens[_at - 1].At, $"non executable command in pipeline stage {commands.Count}");
        }
        variables.UnionWith(names);
        return new(names, assigns, commands);
    }

    private List<string> Declared(string context, out bool assigns)
    {
        assigns = false;
        int sign = tokens.FindIndex(_at, t => t.Is(":=") || t.Is("="));
        if (sign != _at + 1 && sign != _at + 3 || tokens[_at].Kind != TokenKind.Variable) return [];
        assigns = tokens[sign].Text == "=";
        var names = new List<string> { tokens[_at].Text };
        if (sign == _at + 3)
        {
            if (!tokens[_at + 1].Is(",") || tokens[_at + 2].Kind != TokenKind.Variable) throw Unexpected(context);
            if (context != "range") throw error(tokens[_at].At, $"too many declarations in {context}");
            names.Add(tokens[_at + 2].Text);
        }
        foreach (string name in names.Where(n => !variables.Contains(n) && tokens[sign].Text == "=")) throw error(tokens[_at].At, $"undefined variable \"{name}\"");
        _at = sign + 1;
        return names;
    }

    private Command OneCommand(string context)
    {
        var arguments = new List<Operand>();
        while (More && !tokens[_at].Is("|") && !tokens[_at].Is(")")) arguments.Add(One(context));
        return arguments.Count > 0 ? new(arguments) : throw error(More ? tokens[_at].At : text.Length, $"missing value for {context}");
    }

    private Operand One(string context)
    {
        var term = Term(context);
        if (!More || tokens[_at].Kind != TokenKind.Field || tokens[_at].AfterSpace) return term;
        int at = tokens[_at].At;
        var names = new List<string>();
        while (More && tokens[_at].Kind == TokenKind.Field && !tokens[_at].AfterSpace) names.Add(tokens[_at++].Text[1..]);
        return term switch
        {
            Operand.Fields { Of: null } f => new Operand.Fields(null, [.. f.Names, .. names], at),
            Operand.Literal l => throw error(at, $"unexpected . after term \"{l.Text}\""),
            Operand.Nil => throw error(at, "unexpected . after term \"nil\""),
            _ => new Operand.Fields(term, names, at),
        };
    }

    private Operand Term(string context)
    {
        var t = tokens[_at];
        switch (t.Kind)
        {
            case TokenKind.Dot: _at++; return new Operand.Dot(t.At);
            case TokenKind.Field: _at++; return new Operand.Fields(null, [t.Text[1..]], t.At);
            case TokenKind.Number: _at++; return new Operand.Literal(GoLiteral.Number(t.Text)!, t.Text, t.At);
            case TokenKind.String: _at++; return new Operand.Literal(GoLiteral.String(t.Text), t.Text, t.At);
            case TokenKind.Variable:
                _at++;
                return variables.Contains(t.Text) ? new Operand.Variable(t.Text, t.At) : throw error(t.At, $"undefined variable \"{t.Text}\"");
            case TokenKind.Word: _at++; return Word(t);
            default: return t.Is("(") ? Parenthesis(t) : throw Unexpected(context);
        }
    }

    private Operand Word(TemplateToken t) => t.Text switch
    {
        "true" or "false" => new Operand.Literal(t.Text == "true", t.Text, t.At),
        "nil" => new Operand.Nil(t.At),
        _ when TemplateFunctions.IsKnown(t.Text) => new Operand.Function(t.Text, t.At),
        _ => throw error(t.At, $"function \"{t.Text}\" not defined"),
    };

    private Operand.Parenthesis Parenthesis(TemplateToken open)
    {
        _at++;
        var pipe = Pipe("parenthesized pipeline");
        if (!More) throw error(open.At, "unclosed left paren");
        if (!tokens[_at].Is(")")) throw Unexpected("parenthesized pipeline");
        _at++;
        return new(pipe, text[open.At..(tokens[_at - 1].At + 1)], open.At);
    }

    private GoTemplateException Unexpected(string context) => error(tokens[_at].At, tokens[_at].Is(")") ? "unexpected right paren" : $"unexpected \"{tokens[_at].Text}\" in {(context == "command" ? "operand" : context)}");
}
