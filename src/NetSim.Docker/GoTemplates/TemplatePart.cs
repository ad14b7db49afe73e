namespace NetSim.Docker.GoTemplates;

/// <summary>A piece of a template.</summary>
internal abstract record TemplatePart
{
    /// <summary>Text between actions.</summary>
    public sealed record Text(string Value) : TemplatePart;

    /// <summary>{{pipeline}}.</summary>
    public sealed record Action(Pipeline Pipe) : TemplatePart;

    /// <summary>{{if}}, {{with}} or {{range}} with its two lists.</summary>
    public sealed record Branch(string Word, Pipeline Pipe, IReadOnlyList<TemplatePart> Then, IReadOnlyList<TemplatePart> Else) : TemplatePart;

    /// <summary>{{template "name" pipeline}}: another template with the pipeline's value as its dot. <see cref="Source"/> is the action as Go writes it in messages.</summary>
    public sealed record Call(string Name, Pipeline? Pipe, int At, string Source) : TemplatePart;

    /// <summary>{{break}} or {{continue}}.</summary>
    public sealed record Leap(string Word) : TemplatePart;
}

/// <summary>Commands joined by '|', whose value may be given to variables.</summary>
/// <param name="Variables">"$k", "$v".</param>
/// <param name="Assigns">'=' in place of ':='.</param>
/// <param name="Commands">In order.</param>
internal sealed record Pipeline(IReadOnlyList<string> Variables, bool Assigns, IReadOnlyList<Command> Commands);

/// <summary>A value, or a function with its arguments.</summary>
internal sealed record Command(IReadOnlyList<Operand> Arguments);

/// <summary>Something that has a value. <see cref="At"/> is its place in the template's text, for messages.</summary>
internal abstract record Operand(int At)
{
    /// <summary>The dot.</summary>
    public sealed record Dot(int At) : Operand(At);

    /// <summary>nil.</summary>
    public sealed record Nil(int At) : Operand(At);

    /// <summary>A string, number or bool.</summary>
    public sealed record Literal(object Value, string Text, int At) : Operand(At);

    /// <summary>$name.</summary>
    public sealed record Variable(string Name, int At) : Operand(At);

    /// <summary>A function's name.</summary>
    public sealed record Function(string Name, int At) : Operand(At);

    /// <summary>Fields of a value (null: of the dot): .A.B, $x.A, (pipeline).A.</summary>
    public sealed record Fields(Operand? Of, IReadOnlyList<string> Names, int At) : Operand(At);

    /// <summary>(pipeline).</summary>
    public sealed record Parenthesis(Pipeline Pipe, string Text, int At) : Operand(At);

    /// <summary>As it is written.</summary>
    public string Source => this switch
    {
        Dot => ".",
        Nil => "nil",
        Literal l => l.Text,
        Variable v => v.Name,
        Function f => f.Name,
        Fields f => $"{f.Of?.Source}.{string.Join('.', f.Names)}",
        Parenthesis p => p.Text,
        _ => "",
    };
}
