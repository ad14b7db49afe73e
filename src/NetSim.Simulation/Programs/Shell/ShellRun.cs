using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>Executes commands of a shell.</summary>
internal sealed class ShellRun
{
    private readonly ProcessContext _process;
    private readonly ShellState _state;
    private readonly ShellWording _wording;
    private const int FirstJob = 7;
    private readonly ShellRedirecting _redirecting;
    private RunningProcess? _child;
    private int? _killedBy;
    private int _conditions;
    private bool _decidedLeft;

    public ShellRun(ProcessContext process, ShellState state, ShellWording wording)
    {
        _process = process;
        _state = state;
        _wording = wording;
        _redirecting = new(process, state, wording, Expansion);
    }

    /// <summary>Ends what it runs just now by a signal, and then itself.</summary>
    public void Kill(string signal)
    {
        _killedBy = signal == "KILL" ? 137 : 143;
        _child?.Signal(signal);
    }

    /// <summary>The value of ((...)).</summary>
    public long Calculate(string text, ShellStreams streams) => Expansion(streams).Calculate(text);

    private ShellExpansion Expansion(ShellStreams s) => new(_state, _process, node => Capture(node, s));

    /// <summary>Runs a program text to its end or its `exit`, and then what was kept for the end (trap ... EXIT).</summary>
    public async Task<int> RunText(string text, ShellStreams streams)
    {
        int status = await Text(text, streams);
        if (_state.AtExit is not { } last) return status;
        (_state.AtExit, _state.Status) = (null, status);
        await Text(last, streams);
        return status;
    }

    private async Task<int> Text(string text, ShellStreams streams)
    {
        try
        {
            return await Run(new ShellParser(text).Parse(), streams);
        }
        catch (ShellSyntaxException e)
        {
            streams.Error.Write(_wording.Problem(e.Message));
            return 2;
        }
        catch (ShellExit exit)
        {
            return exit.Code;
        }
        catch (ShellJump jump)
        {
            return jump.Kind == "return" ? jump.Value : 0;
        }
    }

    /// <summary>Runs a command and keeps its status.</summary>
    public async Task<int> Run(ShellCommand node, ShellStreams streams)
    {
        if (node is ShellCommand.Simple || node.Redirections.Count == 0) return _state.Status = await Bare(node, streams);
        if (await _redirecting.Apply(node.Redirections, streams) is not { } redirected) return _state.Status = 1;
        int status = await Bare(node, redirected);
        Release(redirected, streams);
        return _state.Status = status;
    }

    private async Task<int> Bare(ShellCommand node, ShellStreams streams) => node switch
    {
        ShellCommand.Simple s => await Simple(s, streams),
        ShellCommand.Pipeline p => await Pipeline(p, streams),
        ShellCommand.AndOr a => await AndOr(a, streams),
        ShellCommand.Sequence s => await Sequence(s, streams),
        ShellCommand.Subshell s => await Sub(s.Body, streams),
        ShellCommand.Group g => await Run(g.Body, streams),
        ShellCommand.If i => await Condition(i.Condition, streams) == 0 ? await Run(i.Then, streams) : i.Else is null ? 0 : await Run(i.Else, streams),
        ShellCommand.For f => await For(f, streams),
        ShellCommand.While w => await While(w, streams),
        ShellCommand.Case c => await Case(c, streams),
        ShellCommand.Function f => Define(f),
        _ => 0,
    };

    /// <summary>A command whose failure is no reason to end (set -e).</summary>
    private async Task<int> Condition(ShellCommand node, ShellStreams streams)
    {
        _conditions++;
        try
        {
            return await Run(node, streams);
        }
        finally
        {
            _conditions--;
        }
    }

    private int Define(ShellCommand.Function f)
    {
        _state.Functions[f.Name] = f.Body;
        return 0;
    }

    private async Task<int> AndOr(ShellCommand.AndOr a, ShellStreams streams)
    {
        int left = await Condition(a.Left, streams);
        _decidedLeft = left == 0 != a.IsAnd;
        return _decidedLeft ? left : await Run(a.Right, streams);
    }

    private async Task<int> Sequence(ShellCommand.Sequence sequence, ShellStreams streams)
    {
        int status = 0;
        foreach (var (node, background) in sequence.Items)
        {
            if (background)
            {
                var shell = new ShellRun(_process, _state.Copy(), _wording);
                _state.LastJob = FirstJob + _state.Started++;
                _state.Jobs.Add(new(_state.LastJob, Guarded(shell, node, streams with { Input = TextPipe.Empty() }), shell));
                status = 0;
                continue;
            }
            status = await Run(node, streams);
            if (status != 0 && _state.ExitOnError && _conditions == 0 && Ends(node)) throw new ShellExit(status);
        }
        return status;
    }

    /// <summary>Is the failure of a command one that set -e ends at?</summary>
    private bool Ends(ShellCommand node) => node is ShellCommand.Simple or ShellCommand.Subshell or ShellCommand.Pipeline { Negated: false } || node is ShellCommand.AndOr && !_decidedLeft;

    private Task<int> Sub(ShellCommand node, ShellStreams streams) => Guarded(new ShellRun(_process, _state.Copy(), _wording), node, streams);

    private static async Task<int> Guarded(ShellRun shell, ShellCommand node, ShellStreams streams)
    {
        try
        {
            return await shell.Run(node, streams);
        }
        catch (ShellExit exit)
        {
            return exit.Code;
        }
        catch (PipeClosedException)
        {
            return 141;
        }
    }

    private async Task<int> Pipeline(ShellCommand.Pipeline pipeline, ShellStreams streams)
    {
        var stages = new List<Task<int>>();
        var input = streams.Input;
        for (int i = 0; i < pipeline.Stages.Count; i++)
        {
            bool last = i + 1 == pipeline.Stages.Count;
            var pipe = new TextPipe();
            var own = new ShellStreams(input, last ? streams.Output : pipe, streams.Error);
            stages.Add(pipeline.Stages.Count == 1 ? Run(pipeline.Stages[i], own) : Stage(pipeline.Stages[i], own, i > 0, !last));
            input = pipe;
        }
        int status = 0, failed = 0;
        foreach (var s in stages)
        {
            status = await s;
            if (status != 0) failed = status;
        }
        if (_state.PipeFail) status = failed;
        return pipeline.Negated ? (status == 0 ? 1 : 0) : status;
    }

    private async Task<int> Stage(ShellCommand node, ShellStreams streams, bool readsPipe, bool writesPipe)
    {
        int status = await Sub(node, streams);
        if (writesPipe) streams.Output.Close();
        if (readsPipe) streams.Input.Abandon();
        return status;
    }

    private async Task<string> Capture(ShellCommand node, ShellStreams streams)
    {
        var text = new CollectedText();
        _state.Status = await Sub(node, streams with { Output = text });
        return text.ToString();
    }

    private async Task<int> For(ShellCommand.For loop, ShellStreams streams)
    {
        var values = loop.Words is null ? _state.Positional : await Expansion(streams).Fields(loop.Words);
        int status = 0;
        foreach (string value in values)
        {
            _state.Variables[loop.Name] = value;
            var (s, stop) = await Body(loop.Body, streams);
            status = s;
            if (stop) break;
        }
        return status;
    }

    private async Task<int> While(ShellCommand.While loop, ShellStreams streams)
    {
        int status = 0;
        while (await Condition(loop.Condition, streams) == 0 != loop.Until)
        {
            var (s, stop) = await Body(loop.Body, streams);
            status = s;
            if (stop) break;
            await _process.Clock.Delay(TimeSpan.FromMicroseconds(100)); // a loop takes time, or it would stand still in simulated time
        }
        return status;
    }

    private async Task<(int Status, bool Stop)> Body(ShellCommand body, ShellStreams streams)
    {
        try
        {
            return (await Run(body, streams), false);
        }
        catch (ShellJump jump) when (jump.Kind is "break" or "continue")
        {
            if (jump.Value > 1) throw new ShellJump(jump.Kind, jump.Value - 1);
            return (0, jump.Kind == "break");
        }
    }

    private async Task<int> Case(ShellCommand.Case c, ShellStreams streams)
    {
        var expansion = Expansion(streams);
        string subject = await expansion.Single(c.Subject);
        foreach (var (patterns, body) in c.Arms)
            foreach (var p in patterns)
                if (ShellPattern.Fits(subject, await expansion.Single(p))) return await Run(body, streams);
        return 0;
    }

    private async Task<int> Simple(ShellCommand.Simple command, ShellStreams streams)
    {
        var expansion = Expansion(streams);
        var words = await expansion.Fields(command.Words);
        var assignments = new List<(string Name, string Value)>();
        foreach (var (name, value) in command.Assignments) assignments.Add((name, await expansion.Single(value)));
        if (await _redirecting.Apply(command.Redirections, streams) is not { } own) return 1;
        foreach (var (name, values) in command.Arrays) _state.Arrays[name.TrimEnd('+')] = await expansion.Fields(values);
        if (words.Count == 0)
        {
            foreach (var (name, value) in assignments) _state.Set(name, value);
            Release(own, streams);
            return command.Words.Count > 0 || command.Assignments.Any(a => a.Value.Parts.Any(p => p is WordPart.Substitution)) ? _state.Status : 0;
        }
        if (words is ["exec"]) return Keep(command.Redirections, own);
        int status = _state.Functions.TryGetValue(words[0], out var function) ? await Call(function, words, own)
            : await ShellBuiltins.TryRun(_process, _state, words, own, this, assignments) ?? await External(words, assignments, own);
        Release(own, streams);
        return status;
    }

    /// <summary>Closes what a command's redirections opened.</summary>
    private void Release(ShellStreams own, ShellStreams before)
    {
        if (own.Output is ShellSocket s && !ReferenceEquals(own.Output, before.Output) && !_state.Descriptors.Values.Any(d => ReferenceEquals(d.Output, s))) s.Dispose();
    }

    /// <summary>exec without a command: its redirections stay. Those of 1 and 2 are for programs that take the shell's own streams, and not kept.</summary>
    private int Keep(IReadOnlyList<Redirection> redirections, ShellStreams own)
    {
        foreach (var r in redirections.Where(r => r.Descriptor > 2))
            if (own.Opened.TryGetValue(r.Descriptor, out var opened)) _state.Descriptors[r.Descriptor] = opened;
            else if (_state.Descriptors.Remove(r.Descriptor, out var closed) && closed.Output is ShellSocket s) s.Dispose();
        if (redirections.Any(r => r.Descriptor < 3)) _process.Warn("exec with redirections of 0, 1 or 2 changes nothing here");
        return 0;
    }

    private async Task<int> Call(ShellCommand function, List<string> words, ShellStreams streams)
    {
        var before = _state.Positional;
        _state.Positional = words[1..];
        try
        {
            return await Run(function, streams);
        }
        catch (ShellJump jump) when (jump.Kind == "return")
        {
            return jump.Value;
        }
        finally
        {
            _state.Positional = before;
        }
    }

    /// <summary>Starts a program and waits for it.</summary>
    public async Task<int> External(IReadOnlyList<string> words, IEnumerable<(string Name, string Value)> assignments, ShellStreams streams, bool inPlace = false)
    {
        var child = _process.Start(new(words, _state.Environment(assignments), streams.Input, streams.Output, streams.Error, inPlace));
        _child = child;
        int code = await child.Ended;
        _child = null;
        if (_killedBy is { } killed) throw new ShellExit(killed);
        if (child.NotFound) streams.Error.Write(_wording.NotFound(words[0]));
        return code;
    }
}
