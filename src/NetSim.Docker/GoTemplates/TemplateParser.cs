namespace NetSim.Docker.GoTemplates;

/// <summary>Reads a template into its parts. Source: go1.24 src/text/template/parse/parse.go.</summary>
internal sealed class TemplateParser(string text)
{
    private readonly Dictionary<string, IReadOnlyList<TemplatePart>> _named = new(StringComparer.Ordinal);
    private HashSet<string> _variables = new(StringComparer.Ordinal) { "$" };
    private int _depth;
    private int _at;
    private int _loops;

    /// <summary>The templates that {{define}} and {{block}} name, once the whole is parsed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TemplatePart>> Named => _named;

    /// <summary>The whole template.</summary>
    public IReadOnlyList<TemplatePart> Parse()
    {
        var parts = List(out var end);
        return end.Word.Length == 0 ? parts : throw Error(end.At, $"unexpected {{{{{end.Word}}}}}");
    }

    /// <summary>Parts up to an {{end}} or {{else}} (or the text's end, an empty word).</summary>
    private List<TemplatePart> List(out (string Word, int At, List<TemplateToken> After) end)
    {
        var parts = new List<TemplatePart>();
        while (true)
        {
            int open = text.IndexOf("{{", _at, StringComparison.Ordinal);
            AddText(parts, open < 0 ? text.Length : open);
            if (open < 0)
            {
                end = ("", text.Length, []);
                return parts;
            }
            if (Tokens(open) is not { } tokens) continue;
            if (tokens.Count == 0) throw Error(open, "missing value for command");
            if (tokens[0].Kind == TokenKind.Word && tokens[0].Text is "end" or "else")
            {
                end = (tokens[0].Text, tokens[0].At, tokens[1..]);
                return parts;
            }
            if (Part(tokens) is { } part) parts.Add(part);
        }
    }

    private void AddText(List<TemplatePart> parts, int open)
    {
        string between = text[_at..open];
        if (open + 3 < text.Length && text[open + 2] == '-' && char.IsWhiteSpace(text[open + 3])) between = between.TrimEnd();
        if (between.Length > 0) parts.Add(new TemplatePart.Text(between));
        _at = open;
    }

    /// <summary>The tokens of the action at a place, which is passed; null for a comment.</summary>
    private List<TemplateToken>? Tokens(int open)
    {
        int from = open + 2;
        if (from + 1 < text.Length && text[from] == '-' && char.IsWhiteSpace(text[from + 1])) from += 2;
        bool comment = string.CompareOrdinal(text, from, "/*", 0, 2) == 0;
        int close = comment ? CommentEnd(from) : ActionEnd(from);
        bool trims = close > from + 1 && text[close - 1] == '-' && char.IsWhiteSpace(text[close - 2]);
        _at = close + 2;
        if (trims) while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return comment ? null : new TemplateLexer(text, from, trims ? close - 2 : close, Error).Tokens();
    }

    private int CommentEnd(int from)
    {
        int star = text.IndexOf("*/", from, StringComparison.Ordinal);
        if (star < 0) throw Error(from, "unclosed comment");
        int close = text.IndexOf("}}", star, StringComparison.Ordinal);
        return close >= 0 && text[(star + 2)..close].Trim() is "" or "-" ? close : throw Error(from, "comment ends before closing delimiter");
    }

    private int ActionEnd(int from)
    {
        for (int i = from; i + 1 < text.Length; i++)
        {
            if (text[i] == '}' && text[i + 1] == '}') return i;
            if (text[i] is '"' or '\'' or '`') i = StringEnd(i);
        }
        throw Error(from, "unclosed action");
    }

    private int StringEnd(int from)
    {
        int i = from + 1;
        while (i < text.Length && text[i] != text[from]) i += text[i] == '\\' && text[from] != '`' ? 2 : 1;
        return i < text.Length ? i : throw Error(from, text[from] switch { '"' => "unterminated quoted string", '`' => "unterminated raw quoted string", _ => "unterminated character constant" });
    }

    /// <summary>The part that an action is; null for a definition, which prints nothing.</summary>
    private TemplatePart? Part(List<TemplateToken> tokens)
    {
        string word = tokens[0].Kind == TokenKind.Word ? tokens[0].Text : "";
        switch (word)
        {
            case "if" or "with" or "range": return Branch(word, tokens[1..], tokens[0].At);
            case "break" or "continue" when tokens.Count == 1:
                return _loops > 0 ? new TemplatePart.Leap(word) : throw Error(tokens[0].At, $"{{{{{word}}}}} outside {{{{range}}}}");
            case "define":
                Define(tokens);
                return null;
            case "template": return Call(tokens, word);
            case "block":
                var call = Call(tokens, word);
                _named[call.Name] = Body("block");
                return call;
            default: return new TemplatePart.Action(new PipelineParser(text, tokens, _variables, Error).Whole("command"));
        }
    }

    private void Define(List<TemplateToken> tokens)
    {
        if (_depth > 0) throw Error(tokens[0].At, "unexpected {{define}}");
        string name = NameOf(tokens, "define clause");
        if (tokens.Count > 2) throw Error(tokens[2].At, $"unexpected \"{tokens[2].Text}\" in define clause");
        _named[name] = Body("define");
    }

    /// <summary>The list up to {{end}}, with variables of its own.</summary>
    private List<TemplatePart> Body(string word)
    {
        var (outer, loops) = (_variables, _loops);
        (_variables, _loops) = (new(StringComparer.Ordinal) { "$" }, 0);
        _depth++;
        var parts = List(out var end);
        _depth--;
        if (end.Word != "end") throw Error(end.At, end.Word.Length == 0 ? "unexpected EOF" : $"unexpected {{{{else}}}} in {word} clause");
        (_variables, _loops) = (outer, loops);
        return parts;
    }

    private TemplatePart.Call Call(List<TemplateToken> tokens, string word)
    {
        string name = NameOf(tokens, $"{word} clause");
        if (word == "block" && tokens.Count == 2) throw Error(tokens[0].At, "missing value for block clause");
        var pipe = tokens.Count > 2 ? new PipelineParser(text, tokens[2..], _variables, Error).Whole($"{word} clause") : null;
        string value = pipe is null ? "" : " " + text[tokens[2].At..(tokens[^1].At + tokens[^1].Text.Length)];
        return new(name, pipe, tokens[0].At, $"{{{{template {tokens[1].Text}{value}}}}}");
    }

    private string NameOf(List<TemplateToken> tokens, string context) => tokens.Count < 2 ? throw Error(tokens[0].At, $"missing value for {context}")
        : tokens[1].Kind == TokenKind.String && GoLiteral.String(tokens[1].Text) is string name ? name : throw Error(tokens[1].At, $"unexpected \"{tokens[1].Text}\" in {context}");

    private TemplatePart.Branch Branch(string word, List<TemplateToken> tokens, int at)
    {
        var before = _variables.ToList();
        var pipe = new PipelineParser(text, tokens, _variables, Error).Whole(word);
        if (word == "range") _loops++;
        _depth++;
        var then = List(out var end);
        if (word == "range") _loops--;
        IReadOnlyList<TemplatePart> otherwise = [];
        if (end.Word == "else") otherwise = Else(word, end.After, out end);
        _depth--;
        if (end.Word.Length == 0) throw Error(text.Length, "unexpected EOF");
        if (end.Word == "else") throw Error(at, "expected end; found {{else}}");
        _variables.IntersectWith(before);
        return new(word, pipe, then, otherwise);
    }

    private List<TemplatePart> Else(string word, List<TemplateToken> rest, out (string Word, int At, List<TemplateToken> After) end)
    {
        if (rest.Count == 0) return List(out end);
        if (rest[0].Text != word || word == "range") throw Error(rest[0].At, $"unexpected <{rest[0].Text}> in else");
        // "else if" shares the {{end}} of the whole.
        var nested = Branch(word, rest[1..], rest[0].At);
        end = ("end", _at, []);
        return [nested];
    }

    private GoTemplateException Error(int at, string problem) => new($"template: :{1 + text.AsSpan(0, Math.Min(at, text.Length)).Count('\n')}: {problem}");
}
