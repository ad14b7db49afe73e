using System.Globalization;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>Spans of time as sleep and timeout write them: "1", "0.5", "1d", "infinity".</summary>
internal static class Spans
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = Longest;
        if (text is "infinity" or "inf") return true;
        double unit = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => 0,
        };
        bool number = double.TryParse(unit > 0 ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n);
        double seconds = n * Math.Max(1, unit);
        if (seconds < Longest.TotalSeconds) span = TimeSpan.FromSeconds(seconds);
        return number;
    }
}

/// <summary>sleep.</summary>
internal sealed class Sleep : IProgram
{
    public string Name => "sleep";

    public async Task<int> Run(ProcessContext process)
    {
        if (process.Arguments.Count < 2) return process.Fail(1, "sleep: missing operand\nTry 'sleep --help' for more information.");
        var sum = TimeSpan.Zero;
        foreach (string a in process.Arguments.Skip(1))
        {
            if (!Spans.TryParse(a, out var span)) return process.Fail(1, $"sleep: invalid time interval '{a}'\nTry 'sleep --help' for more information.");
            sum += span;
        }
        await process.Clock.Delay(sum);
        return 0;
    }
}

/// <summary>timeout: a program, ended by TERM after a time (then 124), by KILL after -k more.</summary>
internal sealed class TimeoutTool : IProgram
{
    private const int TimedOut = 124;

    public string Name => "timeout";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["k", "s", "kill-after", "signal"], stopAtOperand: true);
        if (arguments.Operands.Count < 2 || !Spans.TryParse(arguments.Operands[0], out var span)) return process.Fail(125, "Try 'timeout --help' for more information.");
        var child = process.Start(new(arguments.Operands.Skip(1).ToList(), process.Environment, process.Input, process.Output, process.Error));
        if (child.NotFound) return process.Fail(127, $"timeout: failed to run command '{arguments.Operands[1]}': No such file or directory");
        if (await Waiting.First(child.Ended, process.Clock.Delay(span)) == 0) return await child.Ended;
        child.Signal((arguments.Value("s", "signal") ?? "TERM").Replace("SIG", "", StringComparison.Ordinal));
        if (Spans.TryParse(arguments.Value("k", "kill-after") ?? "", out var more) && await Waiting.First(child.Ended, process.Clock.Delay(more)) == 1) child.Signal("KILL");
        await child.Ended;
        return TimedOut;
    }
}

/// <summary>hostname: its name; -f by /etc/hosts and DNS, -i its address.</summary>
internal sealed class Hostname : IProgram
{
    public string Name => "hostname";

    public async Task<int> Run(ProcessContext process)
    {
        string name = process.Spec.Hostname;
        var options = process.Arguments.Skip(1).ToList();
        if (options.Count == 0 || options[0] is not ("-f" or "--fqdn" or "-i" or "-I" or "-s" or "-d"))
        {
            process.Output.Write(name + "\n");
            return 0;
        }
        if (options[0] is "-I")
        {
            var own = process.Inspect().Interfaces.SelectMany(i => i.Addresses).Select(a => a.Address).Where(a => !a.IsLoopback && !a.IsLinkLocal);
            process.Output.Write(string.Concat(own.Select(a => $"{a} ")) + "\n");
            return 0;
        }
        if (options[0] is "-s")
        {
            process.Output.Write(name.Split('.')[0] + "\n");
            return 0;
        }
        var host = await new Resolving.GlibcResolver(process).Addresses(name);
        if (host.Addresses.Count == 0) return process.Fail(1, $"hostname: {host.ErrorText}");
        string canonical = host.Names[0];
        int dot = canonical.IndexOf('.', StringComparison.Ordinal);
        process.Output.Write((options[0] == "-i" ? string.Join(' ', host.Addresses) : options[0] == "-d" ? (dot < 0 ? "" : canonical[(dot + 1)..]) : canonical) + "\n");
        return 0;
    }
}

/// <summary>env: the environment, or a program with a changed one.</summary>
internal sealed class EnvironmentTool : IProgram
{
    public string Name => "env";

    public async Task<int> Run(ProcessContext process)
    {
        var environment = new Dictionary<string, string>(process.Environment, StringComparer.Ordinal);
        int i = 1;
        for (; i < process.Arguments.Count; i++)
        {
            string w = process.Arguments[i];
            if (w is "-i" or "-") environment.Clear();
            else if (w.IndexOf('=', StringComparison.Ordinal) is var at and > 0) environment[w[..at]] = w[(at + 1)..];
            else break;
        }
        if (i == process.Arguments.Count)
        {
            process.Output.Write(string.Concat(environment.Select(e => $"{e.Key}={e.Value}\n")));
            return 0;
        }
        var child = process.Start(new(process.Arguments.Skip(i).ToList(), environment, process.Input, process.Output, process.Error, InPlace: true));
        int code = await child.Ended;
        return child.NotFound ? process.Fail(127, $"env: '{process.Arguments[i]}': No such file or directory") : code;
    }
}

/// <summary>date: the wall-clock time of the simulation; +FORMAT with the usual letters.</summary>
internal sealed class Date : IProgram
{
    public string Name => "date";

    public Task<int> Run(ProcessContext process)
    {
        var now = process.Clock.Wall;
        string? format = process.Arguments.FirstOrDefault(a => a.StartsWith('+'));
        string Of(string f) => now.ToString(f, CultureInfo.InvariantCulture);
        string text = format is null ? Of("ddd MMM d HH:mm:ss") + " UTC " + Of("yyyy") : format[1..].Replace("%s", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%N", (now.Ticks % 10_000_000 * 100).ToString("000000000", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("%H", Of("HH"), StringComparison.Ordinal)
            .Replace("%M", Of("mm"), StringComparison.Ordinal).Replace("%S", Of("ss"), StringComparison.Ordinal).Replace("%Y", Of("yyyy"), StringComparison.Ordinal)
            .Replace("%m", Of("MM"), StringComparison.Ordinal).Replace("%d", Of("dd"), StringComparison.Ordinal).Replace("%F", Of("yyyy-MM-dd"), StringComparison.Ordinal).Replace("%T", Of("HH:mm:ss"), StringComparison.Ordinal);
        process.Output.Write(text + "\n");
        return Task.FromResult(0);
    }
}

/// <summary>seq.</summary>
internal sealed class Sequence : IProgram
{
    private const int Most = 100_000;

    public string Name => "seq";

    public Task<int> Run(ProcessContext process)
    {
        var n = process.Arguments.Skip(1).Where(a => long.TryParse(a, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)).Select(a => long.Parse(a, CultureInfo.InvariantCulture)).ToList();
        if (n.Count == 0) return Task.FromResult(process.Fail(1, "seq: missing operand"));
        long from = n.Count > 1 ? n[0] : 1, step = n.Count > 2 ? n[1] : 1, to = n[^1];
        for (long i = from, count = 0; count < Most && step != 0 && (step > 0 ? i <= to : i >= to); i += step, count++) process.Output.Write($"{i}\n");
        return Task.FromResult(0);
    }
}
