using System.Globalization;
using System.Text;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Filters;

/// <summary>A node of an awk program: an operator or statement by its word, its text, and what it is made of.</summary>
internal sealed record AwkPiece(string Kind, string Text, IReadOnlyList<AwkPiece> Parts)
{
    /// <summary>A node without parts.</summary>
    public AwkPiece(string kind, string text) : this(kind, text, []) { }
}

/// <summary>Reads awk programs: patterns with actions; print, printf, if, while, for in, next, exit; expressions with fields, variables, arrays and the usual functions.</summary>
internal sealed class AwkReader
{
    private static readonly string[] Operators = ["&&", "||", "==", "!=", "<=", ">=", "!~", "+=", "-=", "*=", "/=", "++", "--", "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "<", ">", "=", "~", "!", "$", "?", ":", "\n"];
    private readonly List<(string Kind, string Text)> _tokens = [];
    private int _at;

    /// <summary>Splits a program.</summary>
    /// <exception cref="FormatException">It can't be read.</exception>
    public AwkReader(string text)
    {
        int at = 0;
        while (at < text.Length) Token(text, ref at);
        _tokens.Add(("end", ""));
    }

    /// <summary>The rules: pattern (null: always) and action (null: print).</summary>
    public List<(AwkPiece? Pattern, AwkPiece? Action)> Rules()
    {
        var rules = new List<(AwkPiece?, AwkPiece?)>();
        while (true)
        {
            while (Is(";") || Is("\n")) _at++;
            if (_tokens[_at].Kind == "end") return rules;
            var pattern = Is("{") ? null : Expression();
            rules.Add((pattern, Is("{") ? Block() : null));
        }
    }

    private bool Is(string op) => _tokens[_at] is { Kind: "op", Text: var t } && t == op;

    private bool Take(string op)
    {
        if (!Is(op)) return false;
        _at++;
        return true;
    }

    private void Need(string op)
    {
        if (!Take(op)) throw new FormatException("Unexpected token");
    }

    private void Token(string text, ref int at)
    {
        char c = text[at];
        if (c is ' ' or '\t' or '\r') at++;
        else if (c == '#') at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
        else if (c == '\\' && at + 1 < text.Length && text[at + 1] == '\n') at += 2;
        else if (c == '"') _tokens.Add(("string", Escapes.Resolve(Quoted(text, ref at, '"'))));
        else if (c == '/' && MayBeRegex) _tokens.Add(("regex", Quoted(text, ref at, '/')));
        else if (char.IsAsciiDigit(c) || c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) _tokens.Add(("number", While(text, ref at, ch => char.IsAsciiDigit(ch) || ch == '.')));
        else if (char.IsAsciiLetter(c) || c == '_') _tokens.Add(("word", While(text, ref at, ch => char.IsAsciiLetterOrDigit(ch) || ch == '_')));
        else
        {
            int here = at;
            string op = Operators.FirstOrDefault(o => string.CompareOrdinal(text, here, o, 0, o.Length) == 0) ?? throw new FormatException("Unexpected token");
            _tokens.Add(("op", op));
            at += op.Length;
        }
    }

    private bool MayBeRegex => _tokens.Count == 0 || _tokens[^1] is { Kind: "op", Text: not (")" or "]" or "$") };

    private static string While(string text, ref int at, Func<char, bool> fits)
    {
        int start = at;
        while (at < text.Length && fits(text[at])) at++;
        return text[start..at];
    }

    private static string Quoted(string text, ref int at, char by)
    {
        var inner = new StringBuilder();
        for (at++; at < text.Length && text[at] != by; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == by) at++;
            else if (text[at] == '\\' && at + 1 < text.Length) inner.Append(text[at++]);
            inner.Append(text[at]);
        }
        if (at++ >= text.Length) throw new FormatException(by == '"' ? "Unterminated string" : "Unterminated regex");
        return inner.ToString();
    }

    private AwkPiece Block()
    {
        if (!Take("{")) return Statement();
        var parts = new List<AwkPiece>();
        while (!Take("}"))
        {
            if (Take(";") || Take("\n")) continue;
            if (_tokens[_at].Kind == "end") throw new FormatException("Unexpected end of string");
            parts.Add(Statement());
        }
        return new("block", "", parts);
    }

    private AwkPiece Statement()
    {
        if (Is("{")) return Block();
        string word = _tokens[_at].Kind == "word" ? _tokens[_at].Text : "";
        if (word is not ("print" or "printf" or "if" or "while" or "for" or "next" or "exit")) return new("run", "", [Expression()]);
        _at++;
        switch (word)
        {
            case "print" or "printf":
                bool bracket = Is("(") && ClosesStatement();
                if (bracket) _at++;
                var list = Ends() || Is(")") ? [] : List();
                if (bracket) Need(")");
                return new(word, "", list);
            case "next": return new(word, "");
            case "exit": return new(word, "", Ends() ? [] : [Expression()]);
            case "for": return ForIn();
        }
        Need("(");
        var condition = Expression();
        Need(")");
        while (Take("\n")) { }
        var then = Block();
        int before = _at;
        while (Take(";") || Take("\n")) { }
        if (word == "if" && _tokens[_at] is { Kind: "word", Text: "else" })
        {
            _at++;
            return new(word, "", [condition, then, Block()]);
        }
        _at = before;
        return new(word, "", [condition, then]);
    }

    private AwkPiece ForIn()
    {
        Need("(");
        string name = _tokens[_at++].Text;
        if (_tokens[_at] is not { Kind: "word", Text: "in" }) throw new FormatException("Unexpected token");
        _at++;
        string array = _tokens[_at++].Text;
        Need(")");
        return new("for", name, [new("array", array), Block()]);
    }

    /// <summary>Does the bracket after print hold all that is printed?</summary>
    private bool ClosesStatement()
    {
        int depth = 0;
        for (int i = _at; i < _tokens.Count; i++)
        {
            if (_tokens[i] is { Kind: "op", Text: "(" }) depth++;
            if (_tokens[i] is { Kind: "op", Text: ")" } && --depth == 0) return _tokens[i + 1] is { Kind: "end" } or { Kind: "op", Text: ";" or "}" or "\n" };
        }
        return false;
    }

    private bool Ends() => _tokens[_at].Kind == "end" || Is(";") || Is("}") || Is("\n");

    private List<AwkPiece> List()
    {
        var list = new List<AwkPiece> { Expression() };
        while (Take(",")) list.Add(Expression());
        return list;
    }

    private AwkPiece Expression()
    {
        var left = Binary(0);
        if (Take("?"))
        {
            var yes = Expression();
            Need(":");
            return new("?", "", [left, yes, Expression()]);
        }
        foreach (string op in (string[])["=", "+=", "-=", "*=", "/="])
            if (left.Kind is "name" or "field" or "element" && Take(op)) return new("assign", op, [left, Expression()]);
        return left;
    }

    private static readonly string[][] Levels = [["||"], ["&&"], ["in"], ["~", "!~"], ["<", "<=", "==", "!=", ">", ">="], ["concat"], ["+", "-"], ["*", "/", "%"]];

    private AwkPiece Binary(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Binary(level + 1);
        while (true)
        {
            if (Levels[level][0] == "concat")
            {
                if (!StartsOperand()) return left;
                left = new("concat", "", [left, Binary(level + 1)]);
                continue;
            }
            if (Levels[level][0] == "in")
            {
                if (_tokens[_at] is not { Kind: "word", Text: "in" }) return left;
                _at++;
                left = new("in", _tokens[_at++].Text, [left]);
                continue;
            }
            if (Levels[level].FirstOrDefault(Is) is not { } op) return left;
            _at++;
            left = new("binary", op, [left, Binary(level + 1)]);
        }
    }

    private bool StartsOperand() => _tokens[_at].Kind is "string" or "number" or "regex" || _tokens[_at] is { Kind: "word", Text: not ("in" or "else") } || Is("$") || Is("(") || Is("!");

    private AwkPiece Unary()
    {
        foreach (string op in (string[])["!", "-", "+"])
            if (Take(op)) return new("unary", op, [Unary()]);
        foreach (string op in (string[])["++", "--"])
            if (Take(op)) return new("assign", op[..1] + "=", [Unary(), new("number", "1")]);
        var operand = Operand();
        foreach (string op in (string[])["++", "--"])
            if (operand.Kind is "name" or "field" or "element" && Take(op)) return new("after", op[..1] + "=", [operand, new("number", "1")]);
        return operand;
    }

    private AwkPiece Operand()
    {
        var (kind, text) = _tokens[_at++];
        switch (kind)
        {
            case "string" or "number" or "regex": return new(kind, text);
            case "word" when Take("("):
                var arguments = Is(")") ? [] : List();
                Need(")");
                return new("call", text, arguments);
            case "word" when Take("["):
                var index = Expression();
                Need("]");
                return new("element", text, [index]);
            case "word": return new("name", text);
            case "op" when text == "$": return new("field", "", [Is("(") || !Is("$") ? Operand() : Unary()]);
            case "op" when text == "(":
                var inner = Expression();
                Need(")");
                return inner;
            default: throw new FormatException(kind == "end" ? "Unexpected end of string" : "Unexpected token");
        }
    }

    /// <summary>Text of a number as awk writes it: whole ones whole, others with six digits.</summary>
    public static string Shown(double n) => n == Math.Floor(n) && Math.Abs(n) < 1e16 ? n.ToString("0", CultureInfo.InvariantCulture) : n.ToString("G6", CultureInfo.InvariantCulture);
}
