using System.Globalization;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>tc of iproute2 6.1: `qdisc show`, and one netem or tbf at the root of a veth, which is a fault in its queue.</summary>
internal sealed class TrafficControl : IProgram
{
    private static readonly string[] Plain = ["pfifo_fast", "pfifo", "bfifo", "noqueue", "fq", "fq_codel"];

    public string Name => "tc";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).Where(w => !w.StartsWith('-')).ToList();
        if (words.Count == 0) return Task.FromResult(process.Fail(255, "Usage: tc [ OPTIONS ] OBJECT { COMMAND | help }"));
        if (words[0] is not ("qdisc" or "qd" or "q"))
        {
            process.Warn($"tc {words[0]} is not modelled; tc qdisc is");
            return Task.FromResult(0);
        }
        words.RemoveAt(0);
        if (words.Count == 0 || words[0] is "show" or "list" or "ls" or "dev") return Task.FromResult(Show(process, After(words, "dev")));
        return Task.FromResult(Change(process, words));
    }

    private static string? After(List<string> words, string word) => words.IndexOf(word) is var at && at >= 0 && at + 1 < words.Count ? words[at + 1] : null;

    private static int Show(ProcessContext process, string? device)
    {
        var space = process.Inspect();
        if (device is not null && space.Find(device) is null) return process.Fail(1, $"Cannot find device \"{device}\"");
        foreach (var i in space.Interfaces.Where(i => device is null ? i.Up : i.Name == device))
        {
            string where = device is null ? $"dev {i.Name} " : "";
            process.Output.Write(i.Faults.GetValueOrDefault(FaultPlace.Queue) is { } fault ? $"qdisc {QueueWords.Of(fault, where)}\n" : i.Up ? $"qdisc noqueue 0: {where}root refcnt 2 \n" : "");
        }
        return 0;
    }

    private static int Change(ProcessContext process, List<string> words)
    {
        if (!process.Spec.NetAdmin) return process.Fail(2, "RTNETLINK answers: Operation not permitted");
        var space = process.Inspect();
        if (After(words, "dev") is not { } device || space.Find(device) is not { } i) return process.Fail(1, $"Cannot find device \"{After(words, "dev")}\"");
        var there = i.Faults.GetValueOrDefault(FaultPlace.Queue);
        int at = words.FindIndex(w => w is "netem" or "tbf" || Plain.Contains(w));
        if (words[0] is "del" or "delete")
        {
            if (there is null) return process.Fail(2, "Error: Cannot delete qdisc with handle of zero.");
            process.Change(new Change.LinkFaultSet(space.Key, device, FaultPlace.Queue, null) { Origin = Origin.NotDockers });
            return 0;
        }
        string kind = at < 0 ? words.LastOrDefault() ?? "" : words[at];
        if (at < 0 || process.Lacks.Contains(kind))
        {
            if (at < 0) process.Warn($"tc qdisc {string.Join(' ', words)} is not modelled; netem and tbf at the root of a veth are");
            return process.Fail(2, "Error: Specified qdisc kind is unknown.");
        }
        if (words[0] == "add" && there is not null) return process.Fail(2, "Error: Exclusivity flag on, cannot modify.");
        if (words.Contains("parent")) process.Warn("tc qdisc … parent: one queue is modelled for each interface; the later one takes the place of the former");
        if (Plain.Contains(kind)) return 0;
        if (QueueWords.Read(kind, words.Skip(at + 1).ToList(), words[0] == "change" ? there : null, out string wrong) is not { } fault)
            return process.Fail(1, wrong);
        process.Change(new Change.LinkFaultSet(space.Key, device, FaultPlace.Queue, fault with { Seed = (uint)process.Clock.Chance.Next() }) { Origin = Origin.NotDockers });
        return 0;
    }
}

/// <summary>The words of netem and tbf, both ways: "delay 20ms 5ms loss 1%", "rate 1mbit burst 32kbit latency 400ms". Source: iproute2 6.1 tc/q_netem.c, tc/q_tbf.c, tc-netem(8).</summary>
internal static class QueueWords
{
    private const int UsualLimit = 1000;

    /// <summary>A fault by its words; null when one is not understood.</summary>
    public static LinkFault? Read(string kind, IReadOnlyList<string> words, LinkFault? before, out string wrong)
    {
        var fault = before ?? (kind == "netem" ? new LinkFault { MostInside = UsualLimit } : new LinkFault());
        TimeSpan? latency = null;
        wrong = "";
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i], value = i + 1 < words.Count ? words[i + 1] : "";
            var (share, time, rate, bytes) = (Share(value), Time(value), Rate(value), Bytes(value));
            switch (word)
            {
                case "delay" or "latency" when kind == "netem" && time is { } t:
                    fault = fault with { Delay = t, Jitter = TimeSpan.Zero };
                    if (i + 2 < words.Count && Time(words[i + 2]) is { } jitter && char.IsAsciiDigit(words[i + 2][0])) (fault, i) = (fault with { Jitter = jitter }, i + 1);
                    break;
                case "loss" or "drop" when value == "random" && i + 2 < words.Count && Share(words[i + 2]) is { } lost: (fault, i) = (fault with { Loss = lost }, i + 1); break;
                case "loss" or "drop" when share is { } s: fault = fault with { Loss = s }; break;
                case "duplicate" when share is { } s: fault = fault with { Duplicate = s }; break;
                case "corrupt" when share is { } s: fault = fault with { Corrupt = s }; break;
                case "reorder" when share is { } s: fault = fault with { Reorder = s }; break;
                case "limit" when kind == "netem" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int n): fault = fault with { MostInside = n }; break;
                case "rate" when rate is { } r: fault = fault with { BitsPerSecond = r }; break;
                case "burst" or "buffer" or "maxburst" when bytes is { } b: fault = fault with { BurstBytes = b }; break;
                case "limit" when bytes is { } b: fault = fault with { QueueBytes = b }; break;
                case "latency" when time is { } t: latency = t; break;
                case "distribution" or "mpu" or "mtu" or "peakrate" or "gap" or "seed": break;
                case var correlation when Share(correlation) is not null: i--; break;
                default: wrong = $"What is \"{word}\"?\nUsage: ... {kind} [ ... ]"; return null;
            }
            i++;
        }
        if (latency is { } wait) fault = fault with { QueueBytes = (int)(fault.BitsPerSecond / 8 * wait.TotalSeconds) + fault.BurstBytes };
        if (kind == "tbf" && (fault.BitsPerSecond == 0 || fault.BurstBytes == 0)) wrong = "Both \"rate\" and \"burst\" are required.";
        return wrong.Length > 0 ? null : fault;
    }

    /// <summary>As `tc qdisc show` writes it, without the word qdisc.</summary>
    public static string Of(LinkFault f, string where)
    {
        if (f.BurstBytes > 0) return $"tbf 8001: {where}root refcnt 2 rate {Rate(f.BitsPerSecond)} burst {f.BurstBytes}b lat {(f.QueueBytes - f.BurstBytes) * 8000L / Math.Max(1, f.BitsPerSecond)}ms ";
        string text = $"netem 8001: {where}root refcnt 2 limit {(f.MostInside > 0 ? f.MostInside : UsualLimit)}";
        if (f.Delay > TimeSpan.Zero) text += $" delay {Milliseconds(f.Delay)}ms{(f.Jitter > TimeSpan.Zero ? $"  {Milliseconds(f.Jitter)}ms" : "")}";
        if (f.Loss > 0) text += $" loss {Percent(f.Loss)}";
        if (f.Duplicate > 0) text += $" duplicate {Percent(f.Duplicate)}";
        if (f.Reorder > 0) text += $" reorder {Percent(f.Reorder)} gap 1";
        if (f.Corrupt > 0) text += $" corrupt {Percent(f.Corrupt)}";
        return f.BitsPerSecond > 0 ? $"{text} rate {Rate(f.BitsPerSecond)}" : text;
    }

    private static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.######", CultureInfo.InvariantCulture) + "%";

    private static string Rate(long bits) => bits % 1_000_000_000 == 0 ? $"{bits / 1_000_000_000}Gbit" : bits % 1_000_000 == 0 ? $"{bits / 1_000_000}Mbit" : bits % 1000 == 0 ? $"{bits / 1000}Kbit" : $"{bits}bit";

    private static double? Share(string word) => word.EndsWith('%') && double.TryParse(word[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) && n is >= 0 and <= 100 ? n / 100 : null;

    private static TimeSpan? Time(string word) => Number(word, [("msecs", 1), ("msec", 1), ("ms", 1), ("usecs", 0.001), ("usec", 0.001), ("us", 0.001), ("secs", 1000), ("sec", 1000), ("s", 1000), ("", 0.001)]) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static long? Rate(string word) => Number(word, [("gbit", 1e9), ("mbit", 1e6), ("kbit", 1e3), ("gbps", 8e9), ("mbps", 8e6), ("kbps", 8e3), ("bps", 8), ("bit", 1), ("", 1)]) is { } bits ? (long)bits : null;

    private static int? Bytes(string word) => Number(word, [("kbit", 1024 / 8), ("mbit", 1024 * 1024 / 8), ("kb", 1024), ("mb", 1024 * 1024), ("k", 1024), ("m", 1024 * 1024), ("b", 1), ("", 1)]) is { } bytes and < int.MaxValue ? (int)bytes : null;

    private static double? Number(string word, (string Unit, double Factor)[] units)
    {
        foreach (var (unit, factor) in units)
            if (word.EndsWith(unit, StringComparison.OrdinalIgnoreCase) && double.TryParse(word[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n)) return n * factor;
        return null;
    }
}
