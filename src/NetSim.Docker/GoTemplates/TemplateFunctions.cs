using System.Globalization;
using System.Text.Json.Nodes;

namespace NetSim.Docker.GoTemplates;

/// <summary>The functions that a template of docker's may call. Source: go1.24 src/text/template/funcs.go builtins, docker/cli v28.5.2 templates/templates.go basicFunctions.</summary>
internal sealed class TemplateFunctions(IReadOnlySet<string>? maps)
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "and", "or", "not", "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "call", "eq", "ne", "lt", "le", "gt", "ge", "json", "split", "join", "title", "lower", "upper", "pad", "truncate",
    };

    /// <summary>Is there a function of that name?</summary>
    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>Calls a function (all but and, or, which need not look at all arguments).</summary>
    /// <exception cref="ArgumentException">Wrong arguments; the message is Go's.</exception>
    public GoValue Call(string name, IReadOnlyList<GoValue> a)
    {
        Expect(name, a.Count);
        return name switch
        {
            "not" => new(!a[0].IsTrue),
            "len" => new(Length(a[0])),
            "index" => Index(a),
            "slice" => Slice(a),
            "print" => new(Print(a)),
            "println" => new(string.Join(' ', a.Select(v => v.Print(maps))) + "\n"),
            "printf" => new(new GoFormat(maps).Write(Text(name, a[0]), a.Skip(1).ToList())),
            "html" => new(TemplateEscapes.Html(Print(a))),
            "js" => new(TemplateEscapes.Js(Print(a))),
            "call" => throw new ArgumentException(a[0].Value is null ? "error calling call: call of nil" : $"error calling call: non-function of type {a[0].TypeName}"),
            "urlquery" => new(Uri.EscapeDataString(Print(a)).Replace("%20", "+", StringComparison.Ordinal)),
            "eq" => new(a.Skip(1).Any(b => Compare(name, a[0], b) == 0)),
            "ne" => new(Compare(name, a[0], a[1]) != 0),
            "lt" => new(Compare(name, a[0], a[1]) < 0),
            "le" => new(Compare(name, a[0], a[1]) <= 0),
            "gt" => new(Compare(name, a[0], a[1]) > 0),
            "ge" => new(Compare(name, a[0], a[1]) >= 0),
            "json" => new(a[0].ToJson()),
            "split" => new(Text(name, a[0]).Split(Text(name, a[1]))),
            "join" => new(string.Join(Text(name, a[1]), Strings(name, a[0]))),
            "title" => new(Title(Text(name, a[0]))),
            "lower" => new(Text(name, a[0]).ToLowerInvariant()),
            "upper" => new(Text(name, a[0]).ToUpperInvariant()),
            "pad" => new(Pad(Text(name, a[0]), Number(name, a[1]), Number(name, a[2]))),
            _ => new(Text(name, a[0]) is var s && Number(name, a[1]) is var n && s.Length > n ? s[..Math.Max(0, n)] : s),
        };
    }

    private static void Expect(string name, int got)
    {
        (int least, int most) = name switch
        {
            "not" or "len" or "json" or "title" or "lower" or "upper" => (1, 1),
            "ne" or "lt" or "le" or "gt" or "ge" or "split" or "join" or "truncate" => (2, 2),
            "pad" => (3, 3),
            "index" or "slice" or "printf" or "call" => (1, int.MaxValue),
            "eq" => (1, int.MaxValue),
            _ => (0, int.MaxValue),
        };
        if (got < least || got > most) throw new ArgumentException($"wrong number of args for {name}: want {(most == least ? "" : "at least ")}{least} got {got}");
        if (name == "eq" && got == 1) throw new ArgumentException("error calling eq: missing argument for comparison");
    }

    private string Print(IReadOnlyList<GoValue> values)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < values.Count; i++)
        {
            if (i > 0 && values[i].Value is not string && values[i - 1].Value is not string) text.Append(' ');
            text.Append(values[i].Print(maps));
        }
        return text.ToString();
    }

    private static long Length(GoValue v) => v.Value switch
    {
        string s => System.Text.Encoding.UTF8.GetByteCount(s),
        JsonArray a => a.Count,
        JsonObject o => o.Count,
        IReadOnlyList<string> l => l.Count,
        null when !v.Missing => 0,
        null => throw new ArgumentException("error calling len: len of nil pointer"),
        _ => throw new ArgumentException($"error calling len: len of type {v.TypeName}"),
    };

    private static GoValue Index(IReadOnlyList<GoValue> a)
    {
        var value = a[0];
        foreach (var key in a.Skip(1)) value = At(value, key);
        return value;
    }

    private static GoValue At(GoValue value, GoValue key) => value.Value switch
    {
        JsonObject o => key.Value is string s ? o.TryGetPropertyValue(s, out var json) ? GoValue.Of(json, s) : new("") : throw new ArgumentException($"error calling index: value has type {key.TypeName}; should be string"),
        JsonArray a => GoValue.Of(a[Position(key, a.Count)]),
        IReadOnlyList<string> l => new(l[Position(key, l.Count)]),
        string s => new((long)s[Position(key, s.Length)]),
        null => throw new ArgumentException("error calling index: index of untyped nil"),
        _ => throw new ArgumentException($"error calling index: can't index item of type {value.TypeName}"),
    };

    private static int Position(GoValue key, int count) => key.Value is not long n ? throw new ArgumentException($"error calling index: cannot index slice/array with type {key.TypeName}")
        : n >= 0 && n < count ? (int)n : throw new ArgumentException($"error calling index: index out of range: {n}");

    private static GoValue Slice(IReadOnlyList<GoValue> a)
    {
        var bounds = a.Skip(1).Select(b => Number("slice", b)).ToList();
        int from = bounds.Count > 0 ? bounds[0] : 0;
        return a[0].Value switch
        {
            string s when Bounds(s.Length) is var to => new(s[from..to]),
            JsonArray list when Bounds(list.Count) is var to => new(new JsonArray([.. list.Skip(from).Take(to - from).Select(i => i?.DeepClone())])),
            IReadOnlyList<string> list when Bounds(list.Count) is var to => new(list.Skip(from).Take(to - from).ToArray()),
            _ => throw new ArgumentException($"error calling slice: can't slice item of type {a[0].TypeName}"),
        };

        int Bounds(int count)
        {
            int to = bounds.Count > 1 ? bounds[1] : count;
            return from >= 0 && from <= to && to <= count ? to : throw new ArgumentException($"error calling slice: index out of range: {(to > count ? to : from)}");
        }
    }

    private static int Compare(string name, GoValue a, GoValue b) => (a.Value, b.Value) switch
    {
        (string x, string y) => string.CompareOrdinal(x, y),
        (long x, long y) => x.CompareTo(y),
        (double x, double y) => x.CompareTo(y),
        (bool x, bool y) when name is "eq" or "ne" => x.CompareTo(y),
        (null, null) => 0,
        (null, _) or (_, null) when name is "eq" or "ne" => 1,
        (JsonNode, _) or (_, JsonNode) => throw new ArgumentException($"error calling {name}: non-comparable type {(a.Value is JsonNode ? a : b).Print(maps: null)}: {(a.Value is JsonNode ? a : b).TypeName}"),
        _ => throw new ArgumentException($"error calling {name}: {(a.Value?.GetType() == b.Value?.GetType() ? "invalid type for comparison" : "incompatible types for comparison")}"),
    };

    private static string Text(string function, GoValue v) => v.Value as string
        ?? throw new ArgumentException(v.Value is null ? $"invalid value; expected string" : $"wrong type for value; expected string; got {v.TypeName} in {function}");

    private static int Number(string function, GoValue v) => v.Value is long n and >= int.MinValue and <= int.MaxValue ? (int)n : throw new ArgumentException($"wrong type for value; expected int; got {v.TypeName} in {function}");

    private static IEnumerable<string> Strings(string function, GoValue v) => v.Value switch
    {
        IReadOnlyList<string> l => l,
        JsonArray a => a.Select(i => i?.ToString() ?? ""),
        null => [],
        _ => throw new ArgumentException($"wrong type for value; expected []string; got {v.TypeName} in {function}"),
    };

    private static string Title(string text) =>
        string.Concat(text.Select((c, i) => i == 0 || !char.IsLetterOrDigit(text[i - 1]) && text[i - 1] is not ('_' or '\'') ? char.ToUpper(c, CultureInfo.InvariantCulture) : c));

    private static string Pad(string text, int before, int after) => text.Length == 0 ? "" : new string(' ', Math.Clamp(before, 0, 10_000)) + text + new string(' ', Math.Clamp(after, 0, 10_000));
}
