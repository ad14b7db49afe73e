using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Filters;

/// <summary>Runs an awk program over lines. A value is a string; numbers are written as awk writes them.</summary>
internal sealed class AwkRun(string separator)
{
    private const int MostSteps = 1_000_000;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal) { ["FS"] = separator, ["OFS"] = " ", ["ORS"] = "\n", ["NR"] = "0", ["NF"] = "0" };
    private readonly Dictionary<string, SortedDictionary<string, string>> _arrays = new(StringComparer.Ordinal);
    private readonly StringBuilder _output = new();
    private List<string> _fields = [];
    private string _line = "";
    private int _steps;

    private sealed class Next : Exception;

    private sealed class Exit(int code) : Exception
    {
        public int Code { get; } = code;
    }

    /// <summary>What was printed.</summary>
    public string Output => _output.ToString();

    /// <summary>Sets a variable.</summary>
    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>BEGIN, each line, END; the exit code.</summary>
    public int Run(List<(AwkPiece? Pattern, AwkPiece? Action)> rules, List<string> lines)
    {
        int code = 0;
        try
        {
            Special(rules, "BEGIN");
            for (int i = 0; i < lines.Count; i++)
            {
                Set("NR", (i + 1).ToString(CultureInfo.InvariantCulture));
                Split(lines[i]);
                Line(rules);
            }
        }
        catch (Exit exit)
        {
            code = exit.Code;
        }
        try
        {
            Special(rules, "END");
        }
        catch (Exit exit)
        {
            code = exit.Code;
        }
        return code;
    }

    private void Special(List<(AwkPiece? Pattern, AwkPiece? Action)> rules, string name)
    {
        foreach (var (pattern, action) in rules)
            if (pattern is { Kind: "name" } p && p.Text == name && action is not null) Do(action);
    }

    private void Line(List<(AwkPiece? Pattern, AwkPiece? Action)> rules)
    {
        try
        {
            foreach (var (pattern, action) in rules)
            {
                if (pattern is { Kind: "name", Text: "BEGIN" or "END" } || pattern is not null && !True(pattern)) continue;
                if (action is null) _output.Append(_line).Append('\n');
                else Do(action);
            }
        }
        catch (Next)
        {
            // The next line.
        }
    }

    private void Split(string line)
    {
        _line = line;
        string by = _variables["FS"];
        _fields = line.Length == 0 ? [] : by == " " ? [.. line.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)] : by.Length == 1 && by != "\\" ? [.. line.Split(by[0])]
            : [.. BasicExpression.Compile(by, extended: true, RegexOptions.None).Split(line)];
        Set("NF", _fields.Count.ToString(CultureInfo.InvariantCulture));
    }

    private void Do(AwkPiece node)
    {
        if (++_steps > MostSteps) throw new Exit(2);
        switch (node.Kind)
        {
            case "block": foreach (var p in node.Parts) Do(p); break;
            case "run": Value(node.Parts[0]); break;
            case "print": _output.Append(node.Parts.Count == 0 ? _line : string.Join(_variables["OFS"], node.Parts.Select(Value))).Append(_variables["ORS"]); break;
            case "printf": _output.Append(Format(node.Parts.Select(Value).ToList())); break;
            case "if":
                if (True(node.Parts[0])) Do(node.Parts[1]);
                else if (node.Parts.Count > 2) Do(node.Parts[2]);
                break;
            case "while":
                while (True(node.Parts[0])) Do(node.Parts[1]);
                break;
            case "for":
                foreach (string key in Array(node.Parts[0].Text).Keys.ToList())
                {
                    Set(node.Text, key);
                    Do(node.Parts[1]);
                }
                break;
            case "next": throw new Next();
            case "exit": throw new Exit(node.Parts.Count > 0 ? (int)Number(Value(node.Parts[0])) : 0);
        }
    }

    private SortedDictionary<string, string> Array(string name) => _arrays.TryGetValue(name, out var a) ? a : _arrays[name] = new(StringComparer.Ordinal);

    private bool True(AwkPiece node)
    {
        if (node.Kind == "regex") return Fits(_line, node.Text);
        string value = Value(node);
        return IsNumber(value) ? Number(value) != 0 : value.Length > 0;
    }

    private static bool Fits(string text, string pattern) => BasicExpression.Compile(pattern, extended: true, RegexOptions.None).IsMatch(text);

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static double Number(string text)
    {
        var match = Regex.Match(text, @"^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success ? double.Parse(match.Value, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;
    }

    private string Value(AwkPiece node)
    {
        switch (node.Kind)
        {
            case "string": return node.Text;
            case "number": return AwkReader.Shown(Number(node.Text));
            case "regex": return Fits(_line, node.Text) ? "1" : "0";
            case "name": return _variables.GetValueOrDefault(node.Text, "");
            case "field": return Field((int)Number(Value(node.Parts[0])));
            case "element": return Array(node.Text).GetValueOrDefault(Value(node.Parts[0]), "");
            case "in": return Array(node.Text).ContainsKey(Value(node.Parts[0])) ? "1" : "0";
            case "concat": return Value(node.Parts[0]) + Value(node.Parts[1]);
            case "?": return Value(True(node.Parts[0]) ? node.Parts[1] : node.Parts[2]);
            case "unary": return node.Text == "!" ? True(node.Parts[0]) ? "0" : "1" : AwkReader.Shown((node.Text == "-" ? -1 : 1) * Number(Value(node.Parts[0])));
            case "binary": return Binary(node);
            case "assign": return Assign(node.Parts[0], node.Text == "=" ? Value(node.Parts[1]) : Calculated(node.Text[..1], Value(node.Parts[0]), Value(node.Parts[1])));
            case "after":
                string before = AwkReader.Shown(Number(Value(node.Parts[0])));
                Assign(node.Parts[0], Calculated(node.Text[..1], before, "1"));
                return before;
            default: return node.Kind == "call" ? Call(node.Text, node.Parts) : "";
        }
    }

    private string Field(int n) => n == 0 ? _line : n <= _fields.Count && n > 0 ? _fields[n - 1] : "";

    private string Assign(AwkPiece target, string value)
    {
        switch (target.Kind)
        {
            case "name": Set(target.Text, value); break;
            case "element": Array(target.Text)[Value(target.Parts[0])] = value; break;
            case "field":
                int n = (int)Number(Value(target.Parts[0]));
                if (n == 0) Split(value);
                else if (n is > 0 and < 1000)
                {
                    while (_fields.Count < n) _fields.Add("");
                    _fields[n - 1] = value;
                    _line = string.Join(_variables["OFS"], _fields);
                    Set("NF", _fields.Count.ToString(CultureInfo.InvariantCulture));
                }
                break;
        }
        return value;
    }

    private string Binary(AwkPiece node)
    {
        if (node.Text is "&&") return True(node.Parts[0]) && True(node.Parts[1]) ? "1" : "0";
        if (node.Text is "||") return True(node.Parts[0]) || True(node.Parts[1]) ? "1" : "0";
        string left = Value(node.Parts[0]), right = node.Parts[1].Kind == "regex" && node.Text is "~" or "!~" ? node.Parts[1].Text : Value(node.Parts[1]);
        if (node.Text is "~" or "!~") return Fits(left, right) == (node.Text == "~") ? "1" : "0";
        if (node.Text is "+" or "-" or "*" or "/" or "%") return Calculated(node.Text, left, right);
        int order = IsNumber(left) && IsNumber(right) ? Number(left).CompareTo(Number(right)) : string.CompareOrdinal(left, right);
        return node.Text switch { "<" => order < 0, "<=" => order <= 0, "==" => order == 0, "!=" => order != 0, ">" => order > 0, _ => order >= 0 } ? "1" : "0";
    }

    private static string Calculated(string op, string left, string right)
    {
        double a = Number(left), b = Number(right);
        return AwkReader.Shown(op switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => b == 0 ? double.NaN : a / b, _ => b == 0 ? double.NaN : a % b });
    }

    private string Call(string name, IReadOnlyList<AwkPiece> arguments)
    {
        var values = name is "sub" or "gsub" or "split" ? [] : arguments.Select(Value).ToList();
        string first = values.Count > 0 ? values[0] : _line;
        switch (name)
        {
            case "length": return first.Length.ToString(CultureInfo.InvariantCulture);
            case "toupper": return first.ToUpperInvariant();
            case "tolower": return first.ToLowerInvariant();
            case "int": return AwkReader.Shown(Math.Truncate(Number(first)));
            case "index": return (first.IndexOf(values[1], StringComparison.Ordinal) + 1).ToString(CultureInfo.InvariantCulture);
            case "sprintf": return Format(values);
            case "substr":
                int from = Math.Clamp((int)Number(values[1]) - 1, 0, first.Length);
                int count = values.Count > 2 ? Math.Clamp((int)Number(values[2]), 0, first.Length - from) : first.Length - from;
                return first.Substring(from, count);
            case "sub" or "gsub": return Replace(name, arguments);
            case "split":
                var array = Array(arguments[1].Text);
                array.Clear();
                string by = arguments.Count > 2 ? arguments[2].Kind == "regex" ? arguments[2].Text : Value(arguments[2]) : _variables["FS"];
                var pieces = by == " " ? Value(arguments[0]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) : Value(arguments[0]).Split(by);
                for (int i = 0; i < pieces.Length; i++) array[(i + 1).ToString(CultureInfo.InvariantCulture)] = pieces[i];
                return pieces.Length.ToString(CultureInfo.InvariantCulture);
            default: return "";
        }
    }

    private string Replace(string name, IReadOnlyList<AwkPiece> arguments)
    {
        var regex = BasicExpression.Compile(arguments[0].Kind == "regex" ? arguments[0].Text : Value(arguments[0]), extended: true, RegexOptions.None);
        string with = Value(arguments[1]);
        var target = arguments.Count > 2 ? arguments[2] : new AwkPiece("field", "", [new AwkPiece("number", "0")]);
        int count = 0;
        string text = regex.Replace(Value(target), m =>
        {
            count++;
            return with.Replace("&", m.Value, StringComparison.Ordinal);
        }, name == "sub" ? 1 : -1);
        if (count > 0) Assign(target, text);
        return count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>printf: %s %d %i %f %.2f %5s %-5s %c %x %%.</summary>
    private static string Format(List<string> values)
    {
        int next = 1;
        return values.Count == 0 ? "" : Regex.Replace(Escapes.Resolve(values[0]), @"%(?<left>-?)(?<zero>0?)(?<width>\d*)(?:\.(?<places>\d+))?(?<kind>[sdifcgxXu%])", m =>
        {
            if (m.Groups["kind"].Value == "%") return "%";
            string value = next < values.Count ? values[next++] : "";
            int places = m.Groups["places"].Success ? int.Parse(m.Groups["places"].Value, CultureInfo.InvariantCulture) : -1;
            string text = m.Groups["kind"].Value switch
            {
                "d" or "i" or "u" => Math.Truncate(Number(value)).ToString("0", CultureInfo.InvariantCulture),
                "f" or "g" => Number(value).ToString("F" + (places < 0 ? 6 : Math.Min(places, 20)), CultureInfo.InvariantCulture),
                "x" => ((long)Number(value)).ToString("x", CultureInfo.InvariantCulture),
                "X" => ((long)Number(value)).ToString("X", CultureInfo.InvariantCulture),
                "c" => value.Length > 0 ? value[..1] : "",
                _ => places >= 0 && places < value.Length ? value[..places] : value,
            };
            int width = int.TryParse(m.Groups["width"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int w) ? Math.Min(w, 1000) : 0;
            return m.Groups["left"].Length > 0 ? text.PadRight(width) : text.PadLeft(width, m.Groups["zero"].Length > 0 ? '0' : ' ');
        }, RegexOptions.None, TimeSpan.FromSeconds(1));
    }
}
