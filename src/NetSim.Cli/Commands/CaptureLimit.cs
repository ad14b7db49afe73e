using System.CommandLine;
using System.Globalization;
using NetSim.Workbench.Live;

namespace NetSim.Cli.Commands;

/// <summary>Limits of a capture and of its files, as dumpcap writes them: "duration:10", "filesize:1000" (of 1000 bytes), "files:5", "packets:100".</summary>
internal static class CaptureLimit
{
    private static readonly string[] Kinds = ["duration", "filesize", "files", "packets"];

    /// <summary>An option that takes such limits, several times.</summary>
    public static Option<string[]> Option(string name, string description, string help)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = help };
        option.Validators.Add(r =>
        {
            var kinds = r.Tokens.Select(t => Parse(t.Value)?.Kind).ToList();
            if (kinds.IndexOf(null) is >= 0 and var odd) r.AddError($"{name} {r.Tokens[odd].Value}: it should read like duration:10, filesize:1000 (in units of 1000 bytes), files:5 or packets:100");
            else if (name == "-b" && kinds.TrueForAll(k => k == "files")) r.AddError("-b files:N says how many files are kept; when another begins, -b filesize:KB, -b duration:S or -b packets:N says");
        });
        return option;
    }

    /// <summary>What ends the capture.</summary>
    public static LiveEnd End(string[]? limits, long? packets) => new(
        Least(packets, Whole(limits, "packets")), Seconds(limits), Whole(limits, "filesize") * 1000, (int?)Whole(limits, "files"));

    /// <summary>What begins another file.</summary>
    public static LiveRing Ring(string[]? limits) => new(Whole(limits, "filesize") * 1000, Seconds(limits), Whole(limits, "packets"), (int?)Whole(limits, "files"));

    private static (string Kind, double Value)? Parse(string text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0 || !Kinds.Contains(text[..colon])) return null;
        bool isNumber = double.TryParse(text[(colon + 1)..], text.StartsWith('d') ? NumberStyles.AllowDecimalPoint : NumberStyles.None, CultureInfo.InvariantCulture, out double value);
        return isNumber && value is > 0 and < 1e9 ? (text[..colon], value) : null;
    }

    private static double? Value(string[]? limits, string kind) => limits?.Select(Parse).LastOrDefault(l => l?.Kind == kind)?.Value;

    private static long? Whole(string[]? limits, string kind) => (long?)Value(limits, kind);

    private static TimeSpan? Seconds(string[]? limits) => Value(limits, "duration") is { } s ? TimeSpan.FromSeconds(s) : null;

    private static long? Least(long? a, long? b) => a is null || b < a ? b : a;
}
