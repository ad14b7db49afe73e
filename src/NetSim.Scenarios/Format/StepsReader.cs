using System.Globalization;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Scenarios.Reading;
using NetSim.Scenarios.Worlds;

namespace NetSim.Scenarios.Format;

/// <summary>Reads X.sh: one command a line (docker, host, outside, sleep), remarks, and directives that begin with "#@".</summary>
internal sealed class StepsReader
{
    private readonly string _file;
    private readonly List<ScenarioStep> _steps = [];
    private readonly List<string> _warnings = [];
    private CaptureWish _capture = new();
    private string _daemon = "";
    private string _title = "";

    private StepsReader(string file) => _file = file;

    /// <summary>Reads a text.</summary>
    /// <exception cref="InputException">A directive is none, or a quotation is not closed.</exception>
    public static Scenario Read(string file, string text, World world)
    {
        var reader = new StepsReader(file);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++) reader.Line(i + 1, lines[i]);
        if (reader._steps.Count == 0) throw new InputException(file, "", "there is no command in it; a line begins with docker, host, outside or sleep");
        return new Scenario
        {
            File = file,
            Title = reader._title,
            World = world,
            Daemon = reader._daemon,
            Steps = reader._steps,
            Capture = reader._capture,
            CapturedWhileRunning = true,
            Warnings = reader._warnings,
        };
    }

    private void Line(int number, string line)
    {
        if (line.StartsWith("#@", StringComparison.Ordinal)) Directive(number, line);
        else if (line.StartsWith('#')) Remark(line);
        else if (line.Trim().Length > 0) _steps.Add(Command(number, line));
    }

    /// <summary>The remark at the top is the title.</summary>
    private void Remark(string line)
    {
        if (_title.Length == 0 && _steps.Count == 0 && !line.StartsWith("#!", StringComparison.Ordinal)) _title = line.TrimStart('#', ' ');
    }

    private ScenarioStep Command(int number, string line)
    {
        var words = Words(number, line);
        switch (words.Count > 0 ? words[0] : "")
        {
            case "docker": return new ScenarioStep.Docker(number, line, null, [.. words.Skip(1)]);
            case "host" or "outside" when words.Count > 1: return new ScenarioStep.Program(number, line, null, words[0], [.. words.Skip(1)]);
            case "sleep" when words.Count == 2 && Durations.TryParse(words[1], out var span): return new ScenarioStep.Sleep(number, line, null, span);
            default:
                string problem = $"\"{(words.Count > 0 ? words[0] : line)}\" is no line that NetSim runs; lines begin with docker, host, outside or sleep";
                _warnings.Add($"{_file}:{number}: {problem}");
                return new ScenarioStep.Unmodelled(number, line, problem);
        }
    }

    private void Directive(int number, string line)
    {
        string body = line[2..].Trim();
        int blank = body.IndexOf(' ');
        string word = blank < 0 ? body : body[..blank], value = blank < 0 ? "" : body[(blank + 1)..].Trim();
        switch (word)
        {
            case "daemon": Daemon(number, value); break;
            case "capture": _capture = _capture with { Only = value.Split(',') }; break;
            case "snaplen": _capture = _capture with { SnapLength = Number(number, word, value) }; break;
            case "maxpackets": _capture = _capture with { MaxPackets = Number(number, word, value) }; break;
            case "nopromisc": _capture = _capture with { Promiscuous = false }; break;
            case "snapshot": _steps.Add(new ScenarioStep.Snapshot(number, line, Label(number, value))); break;
            case "daemon-restart": _steps.Add(new ScenarioStep.DaemonRestart(number, line, null)); break;
            case "impair": _steps.Add(Impair(number, line, value)); break;
            default:
                string[] known = ["daemon", "capture", "snaplen", "maxpackets", "nopromisc", "snapshot", "daemon-restart", "impair"];
                throw Wrong(number, $"\"{word}\" is no directive{(Suggestion.For(word, known) is { Length: > 0 } s ? s : "; it can be " + string.Join(", ", known))}");
        }
    }

    private void Daemon(int number, string value)
    {
        if (!DaemonJson.IsObject(value)) throw Wrong(number, "what follows daemon should be a JSON object, such as {\"icc\":false}");
        if (_daemon.Length == 0) _daemon = value;
    }

    private string Label(int number, string value)
    {
        if (value.Length > 0 && value.IndexOfAny(['/', '\\']) < 0) return value;
        throw Wrong(number, "what follows snapshot should be a label without slashes, such as before");
    }

    private ScenarioStep Impair(int number, string line, string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) throw Wrong(number, "impair should read like: impair cli eth0 delay=10 loss=1 seed=7");
        double delay = 0, loss = 0;
        int seed = 1;
        foreach (string w in words.Skip(2))
        {
            var (key, text) = (w.Split('=')[0], w.Contains('=') ? w[(w.IndexOf('=') + 1)..] : "");
            bool right = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && n >= 0;
            if (!right || key is not ("delay" or "loss" or "seed")) throw Wrong(number, $"\"{w}\" should be delay=MILLISECONDS, loss=PERCENT or seed=NUMBER");
            if (key == "delay") delay = n;
            else if (key == "loss") loss = Math.Min(n / 100, 1);
            else seed = (int)Math.Min(n, int.MaxValue);
        }
        var fault = new LinkFault { Delay = TimeSpan.FromMilliseconds(Math.Min(delay, 1e9)), Loss = loss, Seed = (uint)seed };
        return new ScenarioStep.Fault(number, line, null, new FaultPlan.Relay(words[0], words[1], fault));
    }

    private IReadOnlyList<string> Words(int number, string line)
    {
        try
        {
            return ShellWords.Split(line);
        }
        catch (FormatException e)
        {
            throw Wrong(number, e.Message);
        }
    }

    private int Number(int number, string word, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw Wrong(number, $"what follows {word} should be a number, but it is \"{value}\"");

    private InputException Wrong(int number, string problem) => new(_file, number.ToString(CultureInfo.InvariantCulture), problem);
}
