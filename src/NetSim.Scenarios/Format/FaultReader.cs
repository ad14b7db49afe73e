using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Scenarios.Reading;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Format;

/// <summary>Reads the mapping of a `fault:` step.</summary>
internal sealed class FaultReader
{
    private static readonly string[] Kinds = ["link", "cut", "partition", "resolver", "kill", "address", "heal"];
    private static readonly string[] Troubles = ["loss", "delay", "jitter", "duplicate", "reorder", "corrupt", "rate", "queue"];
    private readonly YamlMap _map;

    private FaultReader(YamlMap map) => _map = map;

    /// <summary>Reads one.</summary>
    public static ScenarioStep.Fault Read(YamlMap map, string? say)
    {
        map.Only("a fault", ["on", "interface", "way", "seed", "after", "for", .. Troubles, .. Kinds]);
        var plan = new FaultReader(map).Plan(out string command);
        var after = map.Has("after") ? Time(map, "after") : TimeSpan.Zero;
        TimeSpan? lasts = map.Has("for") ? Time(map, "for") : null;
        if (lasts is not null && !plan.CanBeUndone) throw map.Wrong(map.LineOf("for"), "for: has no meaning here; this can't be undone");
        if (after > TimeSpan.Zero) command += $", after {map.Text("after")}";
        if (lasts is not null) command += $", for {map.Text("for")}";
        return new(map.Line, command, say, plan) { After = after, Lasts = lasts };
    }

    private FaultPlan Plan(out string command)
    {
        var kinds = Kinds.Where(_map.Has).ToList();
        if (kinds.Count > 1) throw _map.Wrong(_map.Line, $"a fault should be one thing, but it has {string.Join(" and ", kinds)}");
        if (kinds.Count == 1 && Troubles.FirstOrDefault(_map.Has) is { } trouble) throw _map.Wrong(_map.LineOf(trouble), $"{trouble}: can't stand beside {kinds[0]}:");
        switch (kinds.FirstOrDefault())
        {
            case "link": return Link(out command);
            case "cut": return Cut(out command);
            case "partition": return Partition(out command);
            case "resolver": return Resolver(out command);
            case "kill": return Kill(out command);
            case "address": return Address(out command);
            case "heal":
                command = $"heal {_map.Text("heal")}";
                return new FaultPlan.Heal(_map.Text("heal")!);
            default: return Trouble(out command);
        }
    }

    private FaultPlan.OnLink Trouble(out string command)
    {
        if (!Troubles.Any(_map.Has)) throw _map.Wrong(_map.Line, $"a fault should say what goes wrong: one of {string.Join(", ", Kinds)}, or some of {string.Join(", ", Troubles)}");
        var fault = new LinkFault
        {
            Loss = Share("loss"),
            Delay = Span("delay"),
            Jitter = Span("jitter"),
            Duplicate = Share("duplicate"),
            Reorder = Share("reorder"),
            Corrupt = Share("corrupt"),
            BitsPerSecond = Rate(),
            QueueFrames = _map.Has("queue") ? Number("queue", 1, 1_000_000) : 100,
            Seed = (uint)(_map.Has("seed") ? Number("seed", 1, int.MaxValue) : 0), // 0: the run's
        };
        if (fault.Jitter > fault.Delay) throw _map.Wrong(_map.LineOf("jitter"), "jitter: should not be more than delay:, from which it is taken away or added");
        if (fault.Reorder > 0 && fault.Delay <= TimeSpan.Zero) throw _map.Wrong(_map.LineOf("reorder"), "reorder: needs a delay:, which those frames skip");
        if (_map.Has("queue") && fault.BitsPerSecond == 0) throw _map.Wrong(_map.LineOf("queue"), "queue: needs a rate:, for which frames wait");
        string way = _map.Text("way") ?? "both";
        FaultWay? side = way switch { "both" => FaultWay.Both, "out" => FaultWay.Out, "in" => FaultWay.In, _ => null };
        if (side is not { } s) throw _map.Wrong(_map.LineOf("way"), $"way: should be both, out (what it sends) or in (what it receives), but it is \"{way}\"");
        command = $"fault on {End(On())}{(s == FaultWay.Both ? "" : $" {way}")}: {fault}";
        return new(On(), Interface(), s, fault);
    }

    private FaultPlan.LinkState Link(out string command)
    {
        string word = _map.Text("link")!;
        if (word is not ("down" or "up")) throw _map.Wrong(_map.LineOf("link"), $"link: should be down or up, but it is \"{word}\"");
        command = $"link of {End(On())} {word}";
        return new(On(), Interface(), word == "up");
    }

    private FaultPlan.OnLink Cut(out string command)
    {
        string end = _map.Text("cut")!;
        command = $"cut the cable of {End(end)}";
        return new(end, Interface(), FaultWay.Both, new LinkFault { Loss = 1 });
    }

    private FaultPlan.Partition Partition(out string command)
    {
        var groups = _map.Items("partition").Select(n => n is YamlSequenceNode many ? (IReadOnlyList<string>)[.. many.Children.Select(c => _map.Scalar(c, "partition"))] : [_map.Scalar(n, "partition")]).ToList();
        if (groups.Count < 2) throw _map.Wrong(_map.LineOf("partition"), "partition: should be a list of containers, or of lists of them, that no longer reach each other: [web, db] or [[web, cache], [db]]");
        if (groups.SelectMany(g => g).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice) throw _map.Wrong(_map.LineOf("partition"), $"\"{twice.Key}\" stands on both sides of the partition");
        command = $"partition {string.Join(" | ", groups.Select(g => string.Join(' ', g)))}";
        return new(groups);
    }

    private FaultPlan.Resolver Resolver(out string command)
    {
        string word = _map.Text("resolver")!;
        if (word is not ("down" or "up")) throw _map.Wrong(_map.LineOf("resolver"), $"resolver: should be down or up, but it is \"{word}\"");
        command = $"resolver of {On()} {word}";
        return new(On(), word == "up");
    }

    private FaultPlan.Kill Kill(out string command)
    {
        string what = _map.Text("kill")!;
        command = _map.Has("on") ? $"kill {what} of {On()}" : $"kill {what}";
        return _map.Has("on") ? new(On(), what) : new(what, null);
    }

    private FaultPlan.SecondAddress Address(out string command)
    {
        string word = _map.Text("address")!;
        if (!IpAddress.TryParse(word, out var address)) throw _map.Wrong(_map.LineOf("address"), $"address: should be an address such as 172.18.0.2, but it is \"{word}\"");
        command = $"{End(On())} takes {address} as well";
        return new(On(), Interface(), address);
    }

    private string On() => _map.Text("on") ?? throw _map.Wrong(_map.Line, "a fault should say on: CONTAINER");

    /// <summary>Empty: the end's first.</summary>
    private string Interface() => _map.Text("interface") ?? "";

    private string End(string end) => Interface() is { Length: > 0 } name ? $"{end} {name}" : end;

    private double Share(string key)
    {
        if (_map.Text(key) is not { } text) return 0;
        if (double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent <= 100) return percent / 100;
        throw _map.Wrong(_map.LineOf(key), $"{key}: should be a percentage such as 5%, but it is \"{text}\"");
    }

    private TimeSpan Span(string key) => _map.Has(key) ? Time(_map, key) : TimeSpan.Zero;

    private static TimeSpan Time(YamlMap map, string key) =>
        Durations.TryParse(map.Text(key)!, out var span) ? span : throw map.Wrong(map.LineOf(key), $"{key}: should be a time such as 20ms, but it is \"{map.Text(key)}\"");

    private int Number(string key, int least, int most) =>
        int.TryParse(_map.Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= least && n <= most ? n : throw _map.Wrong(_map.LineOf(key), $"{key}: should be a number from {least} to {most}");

    private long Rate()
    {
        if (_map.Text("rate") is not { } text) return 0;
        foreach (var (unit, bits) in new[] { ("kbit", 1e3), ("mbit", 1e6), ("gbit", 1e9), ("bit", 1) })
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            if (double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) && n * bits is >= 1000 and <= 1e12) return (long)(n * bits);
        }
        throw _map.Wrong(_map.LineOf("rate"), $"rate: should be a rate such as 10mbit (from 1kbit to 1000gbit), but it is \"{text}\"");
    }
}
