using System.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>Splits shell text into words and operators (POSIX.1-2017, Shell Command Language, 2.2 and 2.3).</summary>
internal sealed class ShellLexer(string text, int depth)
{
    private static readonly string[] Operators = ["<<<", "<<-", "<<", "<>", "&&", "||", ";;", ">>", ">&", "<&", "&>", ">|", "|", "&", ";", "(", ")", "<", ">", "\n"];
    private const int DeepestNesting = 60;
    private readonly List<int> _documents = [];
    private int _at;

    /// <summary>All tokens.</summary>
    public List<ShellToken> Tokens()
    {
        var tokens = new List<ShellToken>();
        while (true)
        {
            while (_at < text.Length && (text[_at] is ' ' or '\t' or '\r' || At("\\\n"))) _at += At("\\\n") ? 2 : 1;
            if (_at >= text.Length)
            {
                Documents(tokens);
                return tokens;
            }
            if (text[_at] == '#')
            {
                while (_at < text.Length && text[_at] != '\n') _at++;
                continue;
            }
            if (At("((") && Calculation(tokens)) continue;
            tokens.Add(Operator() ?? new ShellToken(null, ReadWord()));
            if (tokens[^1].Operator == "\n") Documents(tokens);
            else if (tokens[^1].Operator is null && tokens.Count > 1 && tokens[^2].Operator is "<<" or "<<-") _documents.Add(tokens.Count - 1);
        }
    }

    /// <summary>The here-documents of the line that just ended: each takes the place of its delimiter. A quoted delimiter keeps the text as it is (2.7.4).</summary>
    private void Documents(List<ShellToken> tokens)
    {
        foreach (int i in _documents)
        {
            string delimiter = string.Concat(tokens[i].Word!.Parts.OfType<WordPart.Literal>().Select(l => l.Text));
            bool strips = tokens[i - 1].Operator == "<<-", literal = tokens[i].Word!.Parts.Any(p => p.Quoted);
            var body = new StringBuilder();
            while (_at < text.Length)
            {
                int end = text.IndexOf('\n', _at) is var e && e < 0 ? text.Length : e;
                string line = strips ? text[_at..end].TrimStart('\t') : text[_at..end];
                _at = Math.Min(end + 1, text.Length);
                if (line == delimiter) break;
                body.Append(line).Append('\n');
            }
            tokens[i] = tokens[i] with { Word = literal ? new([new WordPart.Literal(body.ToString(), true)]) : Inner(body.ToString(), quoted: true) };
        }
        _documents.Clear();
    }

    /// <summary>((...)) of bash: a word "((", and a word for each part between semicolons.</summary>
    private bool Calculation(List<ShellToken> tokens)
    {
        int before = _at;
        string body;
        try
        {
            body = Enclosed(2, "))");
        }
        catch (ShellSyntaxException)
        {
            _at = before;
            return false;
        }
        tokens.Add(new(null, new([new WordPart.Literal("((", false)])));
        foreach (string part in body.Split(';')) tokens.Add(new(null, Inner(part, quoted: true)));
        return true;
    }

    private bool At(string s) => string.CompareOrdinal(text, _at, s, 0, s.Length) == 0;

    private ShellToken? Operator()
    {
        int descriptor = -1, digits = _at;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits > _at && digits < text.Length && text[digits] is '<' or '>' && digits - _at < 3)
        {
            descriptor = int.Parse(text.AsSpan(_at, digits - _at), System.Globalization.CultureInfo.InvariantCulture);
            _at = digits;
        }
        foreach (string op in Operators)
        {
            if (!At(op)) continue;
            _at += op.Length;
            return new(op, null, descriptor);
        }
        return null;
    }

    private Word ReadWord()
    {
        var parts = new List<WordPart>();
        while (_at < text.Length && !(text[_at] is ' ' or '\t' or '\r' or '\n' or '|' or '&' or ';' or '<' or '>' or '(' or ')')) Part(parts);
        if (parts.Count == 0) throw new ShellSyntaxException("syntax error near unexpected token");
        return new(parts);
    }

    private void Part(List<WordPart> parts)
    {
        char c = text[_at];
        if (c == '\'')
        {
            int end = text.IndexOf('\'', _at + 1);
            if (end < 0) throw new ShellSyntaxException("unexpected EOF while looking for matching `''");
            parts.Add(new WordPart.Literal(text[(_at + 1)..end], true));
            _at = end + 1;
        }
        else if (c == '"') DoubleQuoted(parts);
        else if (c is '$' or '`') Expansion(parts, quoted: false);
        else if (c == '\\' && _at + 1 < text.Length)
        {
            parts.Add(new WordPart.Literal(text[_at + 1].ToString(), true));
            _at += 2;
        }
        else Plain(parts);
    }

    private void Plain(List<WordPart> parts)
    {
        int start = _at++;
        while (_at < text.Length && !(text[_at] is ' ' or '\t' or '\r' or '\n' or '|' or '&' or ';' or '<' or '>' or '(' or ')' or '\'' or '"' or '$' or '`' or '\\')) _at++;
        parts.Add(new WordPart.Literal(text[start.._at], false));
    }

    private void DoubleQuoted(List<WordPart> parts)
    {
        _at++;
        var literal = new StringBuilder();
        parts.Add(new WordPart.Literal("", true));
        while (true)
        {
            if (_at >= text.Length) throw new ShellSyntaxException("unexpected EOF while looking for matching `\"'");
            char c = text[_at];
            if (c is '"' or '$' or '`')
            {
                if (literal.Length > 0) parts.Add(new WordPart.Literal(literal.ToString(), true));
                literal.Clear();
                if (c == '"') break;
                Expansion(parts, quoted: true);
                continue;
            }
            if (c == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '$' or '`' or '\\' or '\n') _at++;
            literal.Append(text[_at++]);
        }
        _at++;
    }

    private void Expansion(List<WordPart> parts, bool quoted)
    {
        if (text[_at] == '`')
        {
            int end = text.IndexOf('`', _at + 1);
            if (end < 0) throw new ShellSyntaxException("unexpected EOF while looking for matching ``'");
            parts.Add(new WordPart.Substitution(Deeper(text[(_at + 1)..end]), quoted));
            _at = end + 1;
        }
        else if (At("$((")) parts.Add(new WordPart.Arithmetic(Inner(Enclosed(3, "))"), quoted: true), quoted));
        else if (At("$(")) parts.Add(new WordPart.Substitution(Deeper(Enclosed(2, ")")), quoted));
        else if (At("${")) Braced(parts, quoted);
        else
        {
            int start = ++_at;
            if (_at < text.Length && text[_at] is '?' or '#' or '@' or '*' or '!' or '$' or '-' or (>= '0' and <= '9')) _at++;
            else while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
            if (_at == start) parts.Add(new WordPart.Literal("$", quoted));
            else parts.Add(new WordPart.Variable(text[start.._at], "", null, quoted));
        }
    }

    private void Braced(List<WordPart> parts, bool quoted)
    {
        string body = Enclosed(2, "}");
        int end = 0;
        if (body.StartsWith('#') && body.Length > 1 && !char.IsPunctuation(body[1]) | body[1] is '_' or '@' or '*')
        {
            parts.Add(new WordPart.Variable(body[1..], "length", null, quoted));
            return;
        }
        while (end < body.Length && (char.IsAsciiLetterOrDigit(body[end]) || body[end] is '_' || end == 0 && body[end] is '?' or '@' or '*' or '!' or '$' or '#')) end++;
        if (end < body.Length && body[end] == '[' && body.IndexOf(']', end) is var close && close > 0) end = close + 1;
        string rest = body[end..];
        string op = new[] { ":-", ":=", ":+", ":?", "##", "%%", "//", "-", "=", "+", "?", "#", "%", "/", ":" }.FirstOrDefault(o => rest.StartsWith(o, StringComparison.Ordinal)) ?? "";
        if (op.Length == 0 && rest.Length > 0) throw new ShellSyntaxException($"${{{body}}}: bad substitution");
        parts.Add(new WordPart.Variable(body[..end], op, op.Length > 0 ? Inner(rest[op.Length..], quoted) : null, quoted));
    }

    private ShellCommand Deeper(string body) => new ShellParser(body, depth).Parse();

    private Word Inner(string body, bool quoted)
    {
        if (depth > DeepestNesting) throw new ShellSyntaxException("expansions are nested too deeply");
        var lexer = new ShellLexer(quoted ? body.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"" : body, depth + 1);
        var parts = new List<WordPart>();
        if (quoted)
        {
            lexer._at = -1;
            lexer.DoubleQuoted(parts);
        }
        else while (lexer._at < body.Length) lexer.Part(parts);
        return new(parts);
    }

    /// <summary>The text up to the matching end; nested brackets and quotes are passed over.</summary>
    private string Enclosed(int length, string close)
    {
        int start = _at += length;
        char up = close[0] == ')' ? '(' : '{';
        int nested = 0;
        for (; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == '\\') _at++;
            else if (c == '\'') _at = Math.Max(_at, text.IndexOf('\'', _at + 1));
            else if (nested == 0 && At(close))
            {
                string body = text[start.._at];
                _at += close.Length;
                return body;
            }
            else if (c == up) nested++;
            else if (c == close[0]) nested--;
        }
        throw new ShellSyntaxException($"unexpected EOF while looking for matching `{close}'");
    }
}
