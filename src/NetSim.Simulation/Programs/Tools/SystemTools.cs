using System.Globalization;
using NetSim.Model.Topology;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>id, whoami, nproc, logname, arch, uptime: what a container says of itself.</summary>
internal sealed class Said(string name, string text) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        process.Output.Write(text + "\n");
        return Task.FromResult(0);
    }
}

/// <summary>A program that prints one line, which is known of the process itself: whoami, pwd.</summary>
internal sealed class Told(string name, Func<ProcessSpec, string> text) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        process.Output.Write(text(process.Spec) + "\n");
        return Task.FromResult(0);
    }
}

/// <summary>Users of Debian's /etc/passwd, by name and number.</summary>
internal static class Users
{
    private static readonly (string Name, string Group, int Number)[] Known = [("root", "root", 0), ("daemon", "daemon", 1), ("www-data", "www-data", 33), ("nobody", "nogroup", 65534)];

    /// <summary>Name, group and number of who runs a process; a number that nobody has is without a name, and a name that is not known gets 1000.</summary>
    public static (string Name, string Group, int Number) Of(ProcessSpec process)
    {
        if (process.User?.Split(':')[0] is not { Length: > 0 } user) return Known[0];
        bool number = int.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out int n);
        var known = Array.Find(Known, u => number ? u.Number == n : u.Name == user);
        return known.Name is not null ? known : number ? ("", "root", n) : (user, user, 1000);
    }
}

/// <summary>id: who runs it; -u -g -n.</summary>
internal sealed class Identity : IProgram
{
    public string Name => "id";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        var (name, group, number) = Users.Of(process.Spec);
        int groupNumber = group == "root" ? 0 : number;
        string Number(bool ofGroup) => (ofGroup ? groupNumber : number).ToString(CultureInfo.InvariantCulture);
        bool asksGroup = !arguments.Has("u") && arguments.Has("g", "G");
        process.Output.Write((arguments.Has("u", "g", "G") ? arguments.Has("n") ? asksGroup ? group : name : Number(asksGroup)
            : $"uid={Number(false)}{(name.Length > 0 ? $"({name})" : "")} gid={Number(true)}({group}) groups={Number(true)}({group})") + "\n");
        return Task.FromResult(0);
    }
}

/// <summary>uname: -s -n -r -v -m -o -a.</summary>
internal sealed class Uname : IProgram
{
    private const string Release = "6.18.0";

    public string Name => "uname";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        bool all = arguments.Has("a", "all"), none = !arguments.Options.Any();
        var words = new List<string>();
        if (all || none || arguments.Has("s")) words.Add("Linux");
        if (all || arguments.Has("n")) words.Add(process.Spec.Hostname);
        if (all || arguments.Has("r")) words.Add(Release);
        if (all || arguments.Has("v")) words.Add("#1 SMP PREEMPT_DYNAMIC");
        if (all || arguments.Has("m", "p", "i")) words.Add("x86_64");
        if (all || arguments.Has("o")) words.Add("GNU/Linux");
        process.Output.Write(string.Join(' ', words) + "\n");
        return Task.FromResult(0);
    }
}

/// <summary>The processes that a program sees: those of its container, the first of them number 1.</summary>
internal static class ProcessTable
{
    private const int Step = 6;

    /// <summary>Numbers and processes.</summary>
    public static IReadOnlyList<(int Number, ProcessSpec Process)> Of(ProcessContext process)
    {
        var own = process.Inspect().Processes.Values.Where(p => p.Container == process.Spec.Container)
            .OrderBy(p => !p.Id.StartsWith("ctr:", StringComparison.Ordinal)).ThenBy(p => p.Id.Length).ThenBy(p => p.Id, StringComparer.Ordinal).ToList();
        return own.Select((p, i) => (i == 0 && p.Id.StartsWith("ctr:", StringComparison.Ordinal) ? 1 : 1 + i * Step, p)).ToList();
    }

    /// <summary>A program's name without its folder.</summary>
    public static string NameOf(ProcessSpec p) => p.Arguments.Count == 0 ? "" : p.Arguments[0][(p.Arguments[0].LastIndexOf('/') + 1)..];
}

/// <summary>ps of procps: -e, aux, -o comm=,pid=,args= and -p PID.</summary>
internal sealed class Ps : IProgram
{
    public string Name => "ps";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["o", "p", "C", "u"]);
        var rows = ProcessTable.Of(process).Where(r => arguments.Value("p") is not { } p || p.Split(',').Contains(r.Number.ToString(CultureInfo.InvariantCulture))).ToList();
        if (arguments.Value("o") is { } columns)
        {
            var names = columns.Split(',').ToList();
            if (!names.TrueForAll(n => n.EndsWith('='))) process.Output.Write(string.Join(' ', names.Select(n => n.TrimEnd('=').ToUpperInvariant() is "COMM" or "ARGS" ? "COMMAND" : n.TrimEnd('=').ToUpperInvariant())) + "\n");
            foreach (var r in rows) process.Output.Write(string.Join(' ', names.Select(n => Column(r, n.TrimEnd('=')))) + "\n");
        }
        else
        {
            process.Output.Write("    PID TTY          TIME CMD\n");
            foreach (var (number, p) in rows) process.Output.Write($"{number,7} ?        00:00:00 {ProcessTable.NameOf(p)}\n");
        }
        return Task.FromResult(rows.Count > 0 ? 0 : 1);
    }

    private static string Column((int Number, ProcessSpec Process) r, string name) => name switch
    {
        "pid" => r.Number.ToString(CultureInfo.InvariantCulture),
        "args" or "cmd" or "command" => string.Join(' ', r.Process.Arguments),
        "user" => "root",
        _ => ProcessTable.NameOf(r.Process),
    };
}

/// <summary>pidof and pgrep: numbers of the processes of a name.</summary>
internal sealed class Pidof(string name) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        var wanted = process.Arguments.Skip(1).Where(a => !a.StartsWith('-')).ToList();
        var found = ProcessTable.Of(process).Where(r => wanted.Contains(ProcessTable.NameOf(r.Process))).Select(r => r.Number).ToList();
        if (name == "pidof") found.Reverse();
        if (found.Count > 0) process.Output.Write(string.Join(name == "pidof" ? " " : "\n", found) + "\n");
        return Task.FromResult(found.Count > 0 ? 0 : 1);
    }
}

/// <summary>kill, pkill and killall: signals to other processes of the container.</summary>
internal sealed class Kill(string name) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        string signal = "TERM";
        var targets = new List<string>();
        foreach (string w in process.Arguments.Skip(1))
        {
            if (w.StartsWith('-') && w.Length > 1 && w is not "-f" and not "-x") signal = OfNumber(w.TrimStart('-').Replace("SIG", "", StringComparison.Ordinal));
            else if (!w.StartsWith('-')) targets.Add(w);
        }
        int code = targets.Count == 0 ? 1 : 0;
        foreach (string t in targets)
        {
            var found = ProcessTable.Of(process).Where(r => name == "kill" ? r.Number.ToString(CultureInfo.InvariantCulture) == t : ProcessTable.NameOf(r.Process) == t).ToList();
            if (found.Count == 0) code = name == "pkill" ? 1 : process.Fail(1, name == "kill" ? $"kill: ({t}) - No such process" : $"{t}: no process found");
            foreach (var (_, p) in found)
                if (signal != "0") process.Change(new Model.Tracing.Change.ProcessSignalled(p.Namespace, p.Id, signal) { Origin = Model.Tracing.Origin.NotDockers });
        }
        return Task.FromResult(code);
    }

    private static string OfNumber(string word) => word switch
    {
        "9" => "KILL",
        "15" => "TERM",
        "2" => "INT",
        "1" => "HUP",
        "19" => "STOP",
        "18" => "CONT",
        "s" => "TERM",
        _ => word,
    };
}
