namespace NetSim.Simulation.Programs.Shell;

/// <summary>A piece of a word, and whether it was quoted (then it is neither split nor dropped when empty).</summary>
internal abstract record WordPart(bool Quoted)
{
    /// <summary>Plain text.</summary>
    public sealed record Literal(string Text, bool Quoted) : WordPart(Quoted);

    /// <summary>$NAME or ${NAME OPERATOR WORD}.</summary>
    public sealed record Variable(string Name, string Operator, Word? Argument, bool Quoted) : WordPart(Quoted);

    /// <summary>$(...) or `...`.</summary>
    public sealed record Substitution(ShellCommand Body, bool Quoted) : WordPart(Quoted);

    /// <summary>$((...)).</summary>
    public sealed record Arithmetic(Word Expression, bool Quoted) : WordPart(Quoted);
}

/// <summary>A word as written.</summary>
internal sealed record Word(IReadOnlyList<WordPart> Parts)
{
    /// <summary>Its text, when it is one unquoted literal; else null. Keywords are such words.</summary>
    public string? Plain => Parts is [WordPart.Literal { Quoted: false } l] ? l.Text : null;
}

/// <summary>A redirection: descriptor, "&gt;", "&gt;&gt;", "&lt;", "&gt;&amp;", "&lt;&lt;&lt;", "&lt;&lt;" (the text itself is the target), "&lt;&gt;", and where to.</summary>
internal sealed record Redirection(int Descriptor, string Operator, Word Target);

/// <summary>A command of the shell.</summary>
internal abstract record ShellCommand
{
    /// <summary>Redirections of a compound command.</summary>
    public IReadOnlyList<Redirection> Redirections { get; init; } = [];

    /// <summary>Assignments, then a command with its arguments.</summary>
    public sealed record Simple(IReadOnlyList<(string Name, Word Value)> Assignments, IReadOnlyList<Word> Words) : ShellCommand
    {
        /// <summary>NAME=(WORDS) of bash, before the command.</summary>
        public IReadOnlyList<(string Name, IReadOnlyList<Word> Values)> Arrays { get; init; } = [];
    }

    /// <summary>a | b.</summary>
    public sealed record Pipeline(IReadOnlyList<ShellCommand> Stages, bool Negated) : ShellCommand;

    /// <summary>a &amp;&amp; b, a || b.</summary>
    public sealed record AndOr(ShellCommand Left, bool IsAnd, ShellCommand Right) : ShellCommand;

    /// <summary>a; b &amp; c.</summary>
    public sealed record Sequence(IReadOnlyList<(ShellCommand Node, bool Background)> Items) : ShellCommand;

    /// <summary>( ... ).</summary>
    public sealed record Subshell(ShellCommand Body) : ShellCommand;

    /// <summary>{ ...; }.</summary>
    public sealed record Group(ShellCommand Body) : ShellCommand;

    /// <summary>if, elif, else.</summary>
    public sealed record If(ShellCommand Condition, ShellCommand Then, ShellCommand? Else) : ShellCommand;

    /// <summary>for NAME in WORDS.</summary>
    public sealed record For(string Name, IReadOnlyList<Word>? Words, ShellCommand Body) : ShellCommand;

    /// <summary>while or until.</summary>
    public sealed record While(ShellCommand Condition, bool Until, ShellCommand Body) : ShellCommand;

    /// <summary>case WORD in PATTERNS) ... esac.</summary>
    public sealed record Case(Word Subject, IReadOnlyList<(IReadOnlyList<Word> Patterns, ShellCommand Body)> Arms) : ShellCommand;

    /// <summary>name() body.</summary>
    public sealed record Function(string Name, ShellCommand Body) : ShellCommand;
}

/// <summary>The text is no shell program.</summary>
internal sealed class ShellSyntaxException(string problem) : Exception(problem);

/// <summary>A token: a word, or an operator.</summary>
internal sealed record ShellToken(string? Operator, Word? Word, int Descriptor = -1);
