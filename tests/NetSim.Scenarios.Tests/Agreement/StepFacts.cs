using System.Text.RegularExpressions;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Exit code of each command, and what it said: texts without ids and times, of dig and ping what they mean.</summary>
internal static partial class StepFacts
{
    private const string Category = "steps";

    public static void Add(Recording recording, Names names, Facts facts)
    {
        foreach (var s in recording.Steps.Where(s => !s.Str("command").StartsWith("#@", StringComparison.Ordinal)))
        {
            string command = s.Str("command").Trim(), who = $"line {s.Str("line")}: {command}", output = s.Str("stdout");
            facts.Add(Category, who, "exit code", s.Str("rc"));
            if (output.Contains("->>HEADER<<-", StringComparison.Ordinal)) Dig(output, who, names, facts);
            else if (Program(command) == "ping") Ping(output, who, names, facts);
            else facts.Add(Category, who, "output", string.Join('\n', Program(command) is "dig" or "ip" or "docker" ? Tidy(output, names).Order(StringComparer.Ordinal) : Tidy(output, names)));
            var errors = Tidy(s.Str("stderr"), names).Where(l => !Hint().IsMatch(l)).ToList();
            if (errors.Count > 0) facts.Add(Category, who, "error", string.Join('\n', errors));
        }
    }

    /// <summary>The program that runs: "dig" of "docker exec c1 dig db", "docker" of "docker ps".</summary>
    private static string Program(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["host" or "outside", var program, ..]) return program;
        if (words is not ["docker", "exec", ..]) return words.FirstOrDefault("");
        int at = 2;
        while (at < words.Length && words[at].StartsWith('-')) at++;
        return at + 1 < words.Length ? words[at + 1] : "";
    }

    private static void Dig(string text, string who, Names names, Facts facts)
    {
        facts.Add(Category, who, "status", Status().Match(text).Groups["word"].Value);
        facts.Add(Category, who, "flags", DigFlags().Match(text).Groups["words"].Value.Split(' ').Order(StringComparer.Ordinal));
        facts.Add(Category, who, "EDNS", text.Contains("; EDNS: version", StringComparison.Ordinal) ? "yes" : "no");
        facts.Add(Category, who, "server", DigServer().Match(text).Groups["words"].Value);
        var records = text.Split('\n').Where(l => l.Length > 0 && l[0] != ';').Select(l => names.Text(Spaces().Replace(l.Trim(), " ")));
        facts.Add(Category, who, "records", records.Where(l => l.Length > 0).Order(StringComparer.Ordinal));
    }

    private static void Ping(string text, string who, Names names, Facts facts)
    {
        var lines = Tidy(text, names).ToList();
        facts.Add(Category, who, "target", lines.FirstOrDefault(l => l.StartsWith("PING ", StringComparison.Ordinal), ""));
        facts.Add(Category, who, "replies", string.Join('\n', lines.Where(l => PingReply().IsMatch(l))));
        facts.Add(Category, who, "count", lines.FirstOrDefault(l => l.Contains("packets transmitted", StringComparison.Ordinal), ""));
    }

    /// <summary>Lines without times, ids, and more than one space.</summary>
    private static IEnumerable<string> Tidy(string text, Names names)
    {
        text = names.Text(text);
        text = EchoTime().Replace(text, "time=N");
        text = TotalTime().Replace(text, "time N");
        text = Milliseconds().Replace(text, "N ms");
        text = Ago().Replace(text, "<t> ago");
        text = Uptime().Replace(text, "Up <t>");
        text = LogTime().Replace(text, "");
        text = Clock().Replace(text, "<time>");
        text = Place().Replace(text, "socat E read(5, <place>");
        text = Counters().Replace(text, "");
        text = LinkOf().Replace(text, "$1<one of them>");
        text = NeighbourState().Replace(text, "<answered>");
        return text.Split('\n').Select(l => Spaces().Replace(l, " ").Trim()).Where(l => l.Length > 0 && !l.StartsWith("# ", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(See|Run) '?docker|^Usage:")]
    private static partial Regex Hint();

    [GeneratedRegex(@"status: (?<word>\w+)")]
    private static partial Regex Status();

    [GeneratedRegex(@";; flags: (?<words>[^;]*);")]
    private static partial Regex DigFlags();

    [GeneratedRegex(@";; SERVER: (?<words>.*)")]
    private static partial Regex DigServer();

    [GeneratedRegex(@"^\d+ bytes from|^From ")]
    private static partial Regex PingReply();

    [GeneratedRegex(@"\btime[=<] ?[\d.]+ ?ms")]
    private static partial Regex EchoTime();

    [GeneratedRegex(@"\btime \d+ms")]
    private static partial Regex TotalTime();

    [GeneratedRegex(@"\b\d+(?:\.\d+)? ?(?:ms|milliseconds)\b")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"(?:Less than a second|About an? \w+|\d+ \w+) ago\b")]
    private static partial Regex Ago();

    [GeneratedRegex(@"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bUp (?:Less than a second|About an? \w+|\d+ \w+)")]
    private static partial Regex Uptime();

    [GeneratedRegex(@"time=\\?""[^""]*"" ")]
    private static partial Regex LogTime();

    /// <summary>Process number and memory address in an error of socat.</summary>
    [GeneratedRegex(@"socat\[\d+\] E read\(5, 0x[0-9a-f]+")]
    private static partial Regex Place();

    /// <summary>Packets and bytes of iptables-save.</summary>
    [GeneratedRegex(@"\[\d+:\d+\] ?")]
    private static partial Regex Counters();

    /// <summary>Which of several links to one container is named first is chance.</summary>
    [GeneratedRegex(@"(non running container: \S+ AS /\w+/)\w+")]
    private static partial Regex LinkOf();

    /// <summary>How long ago a neighbour answered.</summary>
    [GeneratedRegex(@"\b(?:REACHABLE|STALE|DELAY|PROBE)\b")]
    private static partial Regex NeighbourState();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
