namespace NetSim.Simulation.Programs.Shell;

/// <summary>Opens what redirections name (POSIX.1-2017, Shell Command Language, 2.7), and the connections that bash opens as /dev/tcp/HOST/PORT.</summary>
internal sealed class ShellRedirecting(ProcessContext process, ShellState state, ShellWording wording, Func<ShellStreams, ShellExpansion> expansion)
{
    /// <summary>The streams after redirections; null when one failed.</summary>
    public async Task<ShellStreams?> Apply(IReadOnlyList<Redirection> redirections, ShellStreams streams)
    {
        foreach (var r in redirections)
        {
            string target = await expansion(streams).Single(r.Target);
            if (r.Operator is not ("<<" or "<<-" or "<<<") && ShellSocket.Is(target) && !wording.IsBusybox)
            {
                var (socket, problem) = await ShellSocket.Open(process, target);
                if (socket is null)
                {
                    streams.Error.Write(wording.Problem(problem) + wording.Problem($"{target}: {problem[(problem.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}"));
                    return null;
                }
                streams = Put(Put(streams, r.Operator is "<" or "<>" ? r.Descriptor : -1, socket.Received), r.Operator == "<" ? -1 : r.Descriptor, socket);
                streams = streams with { Opened = new(streams.Opened) { [r.Descriptor] = new(socket.Received, socket) } };
                continue;
            }
            if (Apply(r, target, streams) is not { } next)
            {
                streams.Error.Write(wording.Problem($"{target}: No such file or directory"));
                return null;
            }
            streams = next;
        }
        return streams;
    }

    private ShellStreams? Apply(Redirection r, string target, ShellStreams streams)
    {
        switch (r.Operator)
        {
            case "<": return process.Files.Read(target) is { } text || (text = target == "/dev/null" ? "" : null) is not null ? Put(streams, r.Descriptor, TextPipe.Of(text)) : null;
            case "<<" or "<<-": return Put(streams, r.Descriptor, TextPipe.Of(target));
            case "<<<": return Put(streams, r.Descriptor, TextPipe.Of(target + "\n"));
            case ">&" or "<&": return Duplicate(streams, r.Descriptor, target);
            case "&>": return streams with { Output = Open(target, false, streams) } is var both ? both with { Error = both.Output } : null;
            default: return Put(streams, r.Descriptor, Open(target, r.Operator == ">>", streams));
        }
    }

    private TextSink Open(string path, bool append, ShellStreams streams) => path switch
    {
        "/dev/null" => TextSink.Null,
        "/dev/stdout" or "/proc/self/fd/1" => streams.Output,
        "/dev/stderr" or "/proc/self/fd/2" => streams.Error,
        _ => new FileSink(process.Files, path, append),
    };

    private static ShellStreams Put(ShellStreams streams, int descriptor, TextPipe pipe) => descriptor == 0 ? streams with { Input = pipe }
        : descriptor > 2 ? streams with { Opened = new(streams.Opened) { [descriptor] = new(pipe, TextSink.Null) } } : streams;

    private static ShellStreams Put(ShellStreams streams, int descriptor, TextSink sink) => descriptor switch
    {
        1 => streams with { Output = sink },
        2 => streams with { Error = sink },
        > 2 => streams with { Opened = new(streams.Opened) { [descriptor] = new(TextPipe.Empty(), sink) } },
        _ => streams,
    };

    private ShellStreams Duplicate(ShellStreams streams, int descriptor, string target)
    {
        if (int.TryParse(target, out int other) && other > 2 && (streams.Opened.GetValueOrDefault(other) ?? state.Descriptors.GetValueOrDefault(other)) is { } open)
            return descriptor == 0 ? streams with { Input = open.Input } : Put(streams, descriptor, open.Output);
        return target switch
        {
            "1" => Put(streams, descriptor, streams.Output),
            "2" => Put(streams, descriptor, streams.Error),
            "-" => descriptor == 0 ? streams with { Input = TextPipe.Empty() } : descriptor > 2 ? streams : Put(streams, descriptor, TextSink.Null),
            _ => streams,
        };
    }
}
