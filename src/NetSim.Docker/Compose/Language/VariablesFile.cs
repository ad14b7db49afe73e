using System.Text;
using System.Text.RegularExpressions;
using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Language;

/// <summary>Reads a file of variables: NAME=value, NAME: value, export NAME=value, quotes, remarks, values over several lines, and variables in values.
/// Source: compose-go v2 dotenv/parser.go parse, locateKeyName, extractVarValue; compose-spec 12-interpolation.md.</summary>
internal sealed partial class VariablesFile
{
    private readonly string _file;
    private readonly string _text;
    private readonly Func<string, string?> _outer;
    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);
    private int _at;
    private int _line = 1;

    private VariablesFile(string file, string text, Func<string, string?> outer) => (_file, _text, _outer) = (file, text.ReplaceLineEndings("\n").TrimStart('\uFEFF'), outer);

    /// <summary>The variables of a text; <paramref name="outer"/> knows those from elsewhere, which win in values.</summary>
    /// <exception cref="Model.Input.InputException">A line is none.</exception>
    public static IReadOnlyDictionary<string, string> Read(string file, string text, Func<string, string?> outer)
    {
        var reader = new VariablesFile(file, text, outer);
        while (reader.Begin()) reader.Statement();
        return reader._found;
    }

    /// <summary>Goes to the next line that says something.</summary>
    private bool Begin()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] == '#') SkipLine();
            else if (_text[_at] == '\n') Newline();
            else if (char.IsWhiteSpace(_text[_at])) _at++;
            else return true;
        }
        return false;
    }

    private void Statement()
    {
        int end = _text.IndexOf('\n', _at) is var n && n >= 0 ? n : _text.Length;
        var match = Name().Match(_text[_at..end]);
        if (!match.Success) throw Wrong($"\"{_text[_at..end].Trim()}\" is no line of variables; write it like NAME=value");
        string name = match.Groups["name"].Value;
        _at += match.Length;
        if (match.Groups["sign"].Length == 0)
        {
            if (_outer(name) is { } inherited) _found[name] = inherited;
            return;
        }
        string value = _at < _text.Length && _text[_at] is '"' or '\'' ? Quoted(_text[_at]) : Bare(end);
        if (!char.IsAsciiDigit(name[0])) _found[name] = value;
    }

    private string Bare(int end)
    {
        string value = _text[_at..end];
        _at = end;
        int remark = value.IndexOf(" #", StringComparison.Ordinal);
        if (value.StartsWith('#')) remark = 0;
        return Fill((remark < 0 ? value : value[..remark]).TrimEnd());
    }

    private string Quoted(char quote)
    {
        var value = new StringBuilder();
        int first = _line;
        for (_at++; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == quote)
            {
                _at++;
                return quote == '"' ? Fill(Escapes(value.ToString())) : value.ToString();
            }
            if (c == '\n') _line++;
            if (c == '\\' && _at + 1 < _text.Length && (_text[_at + 1] == quote || _text[_at + 1] == '\\'))
            {
                if (_text[++_at] == '\\') value.Append('\\');
                c = _text[_at];
            }
            value.Append(c);
        }
        throw new ComposePlace(_file, first, 1).Wrong("a quotation is opened and never closed");
    }

    private static string Escapes(string text) => Escape().Replace(text, m => m.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'f' => "\f",
        'v' => "\v",
        'b' => "\b",
        'a' => "\a",
        '$' => "$$",
        '0' => Convert.ToInt32("0" + m.Value[2..], 8) is var code && code < 256 ? ((char)code).ToString() : m.Value,
        var other => other.ToString(),
    });

    private string Fill(string value)
    {
        try
        {
            return new Substitution(name => _outer(name) ?? _found.GetValueOrDefault(name), static _ => { }).Fill(value);
        }
        catch (SubstitutionException e)
        {
            throw Wrong(e.Message);
        }
    }

    private void SkipLine()
    {
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void Newline()
    {
        _line++;
        _at++;
    }

    private Model.Input.InputException Wrong(string problem) => new ComposePlace(_file, _line, 1).Wrong(problem);

    [GeneratedRegex(@"^(?:export[ \t]+)?(?<name>[\p{L}\p{N}_.\-\[\]]+)[ \t]*((?<sign>[=:])[ \t]*|$)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\\([abcfnrtv$""\\]|0[0-7]{0,3})")]
    private static partial Regex Escape();
}
