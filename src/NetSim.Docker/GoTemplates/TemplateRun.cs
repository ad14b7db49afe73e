using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NetSim.Docker.GoTemplates;

/// <summary>What becomes of a key that is not there.</summary>
internal enum MissingKey
{
    /// <summary>It has no value.</summary>
    NoValue,
    /// <summary>It is an error.</summary>
    Fails,
}

/// <summary>Fills a template in. Source: go1.24 src/text/template/exec.go.</summary>
internal sealed class TemplateRun(JsonNode? data, IReadOnlySet<string>? maps, MissingKey missing, IReadOnlyDictionary<string, IReadOnlyList<TemplatePart>> named)
{
    private readonly StringBuilder _output = new();
    /// <summary>Go allows 100,000 templates within each other; the stack here holds fewer.</summary>
    private const int Deepest = 500;

    private List<(string Name, GoValue Value)> _variables = [("$", GoValue.Of(data))];
    private string _name = "";
    private int _depth;
    private string _leap = "";

    /// <summary>The text.</summary>
    public string Run(IReadOnlyList<TemplatePart> parts)
    {
        Walk(GoValue.Of(data), parts);
        return _output.ToString();
    }

    private void Walk(GoValue dot, IReadOnlyList<TemplatePart> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case TemplatePart.Text t: _output.Append(t.Value); break;
                case TemplatePart.Leap l: _leap = l.Word; break;
                case TemplatePart.Action a:
                    var value = Evaluate(dot, a.Pipe);
                    if (a.Pipe.Variables.Count == 0) _output.Append(value.Print(maps));
                    break;
                case TemplatePart.Branch b: Branch(dot, b); break;
                case TemplatePart.Call c: Template(dot, c); break;
            }
            if (_leap.Length > 0) return;
        }
    }

    /// <summary>Another template, which knows no variables but its own "$".</summary>
    private void Template(GoValue dot, TemplatePart.Call call)
    {
        if (!named.TryGetValue(call.Name, out var parts)) throw Error(call.At, call.Source, $"template \"{call.Name}\" not defined");
        if (_depth == Deepest) throw Error(call.At, call.Source, "exceeded maximum template depth (100000)");
        var value = call.Pipe is { } pipe ? Evaluate(dot, pipe) : new GoValue(null);
        var (outer, name) = (_variables, _name);
        (_variables, _name) = ([("$", value)], call.Name);
        _depth++;
        Walk(value, parts);
        _depth--;
        (_variables, _name) = (outer, name);
    }

    private void Branch(GoValue dot, TemplatePart.Branch branch)
    {
        int variables = _variables.Count;
        var value = branch.Word == "range" ? Commands(dot, branch.Pipe) : Evaluate(dot, branch.Pipe);
        if (branch.Word == "range") Range(dot, branch, value);
        else if (value.IsTrue) Walk(branch.Word == "with" ? value : dot, branch.Then);
        else Walk(dot, branch.Else);
        _variables.RemoveRange(variables, _variables.Count - variables);
    }

    private void Range(GoValue dot, TemplatePart.Branch branch, GoValue value)
    {
        var items = Items(value, branch).ToList();
        if (items.Count == 0) Walk(dot, branch.Else);
        foreach (var (key, item) in items)
        {
            int variables = _variables.Count;
            var names = branch.Pipe.Variables;
            if (names.Count == 1) Set(names[0], item, branch.Pipe.Assigns);
            if (names.Count == 2)
            {
                Set(names[0], key, branch.Pipe.Assigns);
                Set(names[1], item, branch.Pipe.Assigns);
            }
            Walk(item, branch.Then);
            _variables.RemoveRange(variables, _variables.Count - variables);
            bool ends = _leap == "break";
            _leap = "";
            if (ends) return;
        }
    }

    private IEnumerable<(GoValue Key, GoValue Item)> Items(GoValue value, TemplatePart.Branch branch) => value.Value switch
    {
        null => [],
        JsonArray a => GoValue.Items(a).Select((v, i) => (new GoValue((long)i), v)),
        IReadOnlyList<string> l => l.Select((v, i) => (new GoValue((long)i), new GoValue(v))),
        JsonObject o => o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (new GoValue(p.Key), GoValue.Of(p.Value))),
        long n => Enumerable.Range(0, (int)Math.Clamp(n, 0, 1_000_000)).Select(i => (new GoValue((long)i), new GoValue((long)i))),
        _ => throw Error(branch.Pipe.Commands[0].Arguments[0], $"range can't iterate over {value.Print(maps: null)}"),
    };

    private GoValue Evaluate(GoValue dot, Pipeline pipe)
    {
        var value = Commands(dot, pipe);
        foreach (string name in pipe.Variables) Set(name, value, pipe.Assigns);
        return value;
    }

    private GoValue Commands(GoValue dot, Pipeline pipe)
    {
        GoValue? value = null;
        foreach (var command in pipe.Commands) value = Command(dot, command, value);
        return value!.Value;
    }

    private GoValue Command(GoValue dot, Command command, GoValue? last)
    {
        var first = command.Arguments[0];
        if (first is Operand.Function f) return Call(dot, f, command.Arguments.Skip(1).ToList(), last);
        if (first is Operand.Fields { Names: [.., "Label"] } label && (command.Arguments.Count > 1 || last is not null))
            return Label(Fields(dot, label with { Names = [.. label.Names.SkipLast(1)] }), last ?? Value(dot, command.Arguments[1]));
        if (command.Arguments.Count > 1 || last is not null)
            throw Error(first, first is Operand.Fields named ? $"{named.Names[^1]} is not a method but has arguments" : $"can't give argument to non-function {first.Source}");
        return first is Operand.Nil ? throw Error(first, "nil is not a command") : Value(dot, first);
    }

    private GoValue Call(GoValue dot, Operand.Function function, IReadOnlyList<Operand> arguments, GoValue? last)
    {
        if (function.Name is "and" or "or") return AndOr(dot, function, arguments, last);
        var values = arguments.Select(a => Value(dot, a)).ToList();
        if (last is { } l) values.Add(l);
        try
        {
            return new TemplateFunctions(maps).Call(function.Name, values);
        }
        catch (ArgumentException e)
        {
            bool called = e.Message.StartsWith("error calling", StringComparison.Ordinal);
            throw Error(function.At, called ? string.Join(' ', arguments.Select(a => a.Source).Prepend(function.Name)) : function.Name, e.Message);
        }
    }

    private GoValue AndOr(GoValue dot, Operand.Function function, IReadOnlyList<Operand> arguments, GoValue? last)
    {
        if (arguments.Count == 0 && last is null) throw Error(function, $"wrong number of args for {function.Name}: want at least 1 got 0");
        var value = GoValue.None;
        foreach (var argument in arguments)
        {
            value = Value(dot, argument);
            if (value.IsTrue == (function.Name == "or")) return value;
        }
        return last ?? value;
    }

    private GoValue Value(GoValue dot, Operand operand) => operand switch
    {
        Operand.Dot => dot,
        Operand.Nil => new(null),
        Operand.Literal l => new(l.Value),
        Operand.Variable v => _variables.FindLast(x => x.Name == v.Name).Value,
        Operand.Fields f => Fields(dot, f),
        Operand.Parenthesis p => Evaluate(dot, p.Pipe),
        Operand.Function f => Call(dot, f, [], null),
        _ => throw new NotSupportedException(operand.GetType().Name),
    };

    private GoValue Fields(GoValue dot, Operand.Fields fields)
    {
        var value = fields.Of is { } of ? Value(dot, of) : dot;
        foreach (string name in fields.Names) value = Field(value, name, fields);
        return value;
    }

    private GoValue Field(GoValue of, string name, Operand.Fields at)
    {
        if (of.Value is JsonObject o)
        {
            if (o.TryGetPropertyValue(name, out var json)) return GoValue.Of(json, name);
            if (missing == MissingKey.Fails) throw Error(at, $"map has no entry for key \"{name}\"");
            return of.IsMap(maps) ? GoValue.None : throw Error(at, $"can't evaluate field {name} in type {of.TypeName}");
        }
        throw Error(at, of.Value is null ? $"nil pointer evaluating interface {{}}.{name}" : $"can't evaluate field {name} in type interface {{}}");
    }

    /// <summary>The method Label of docker ps and network ls: {{.Label "key"}}.</summary>
    private static GoValue Label(GoValue of, GoValue key)
    {
        string wanted = key.Value as string ?? "";
        var labels = (of.Value as JsonObject)?["Labels"];
        if (labels is JsonObject map) return new(map[wanted]?.ToString() ?? "");
        string? pair = labels?.ToString().Split(',').FirstOrDefault(p => p.StartsWith($"{wanted}=", StringComparison.Ordinal));
        return new(pair is null ? "" : pair[(wanted.Length + 1)..]);
    }

    private void Set(string name, GoValue value, bool assigns)
    {
        int at = assigns ? _variables.FindLastIndex(v => v.Name == name) : -1;
        if (at >= 0) _variables[at] = (name, value);
        else _variables.Add((name, value));
    }

    private GoTemplateException Error(Operand at, string problem) => Error(at.At, at.Source, problem);

    private GoTemplateException Error(int at, string source, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"template: :1:{at}: executing \"{_name}\" at <{source}>: {problem}"));
}
