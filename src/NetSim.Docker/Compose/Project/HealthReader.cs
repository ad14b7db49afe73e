using System.Globalization;
using System.Text.RegularExpressions;
using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Project;

/// <summary>Reads `healthcheck`. Source: compose-go v2 types/healthcheck.go; defaults: moby v28.5.2 daemon/health.go.</summary>
internal static partial class HealthReader
{
    /// <summary>The check, or null where there is none.</summary>
    /// <exception cref="Model.Input.InputException">A field can't be meant.</exception>
    public static HealthCheck? Read(Fields service)
    {
        if (service.Below("healthcheck") is not { } f || (f.Flag("disable") ?? false)) return null;
        var test = f.Texts("test");
        if (test.Count == 0) return null;
        IReadOnlyList<string> words;
        if (f.Map["test"] is ComposeScalar) words = ["sh", "-c", test[0]];
        else
        {
            if (test[0] is not ("CMD" or "CMD-SHELL" or "NONE")) throw f.PlaceOf("test").Wrong($"{f.PathOf("test")} must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"");
            if (test[0] == "NONE") return null;
            words = test[0] == "CMD" ? [.. test.Skip(1)] : ["sh", "-c", string.Join(' ', test.Skip(1))];
        }
        if (words.Count == 0) return null;
        return new HealthCheck(words, Span(f, "interval", 30), f.Integer("retries") is { } n and > 0 ? n : 3, Span(f, "start_period", 0), Span(f, "start_interval", 5));
    }

    private static TimeSpan Span(Fields f, string key, double otherwise)
    {
        if (!f.Has(key)) return TimeSpan.FromSeconds(otherwise);
        string text = f.Text(key);
        var parts = Part().Matches(text);
        if (parts.Count == 0 || parts.Sum(p => p.Length) != text.Length) throw f.PlaceOf(key).Wrong($"{f.PathOf(key)}: \"{text}\" is no time; write it like 10s or 1m30s");
        double seconds = parts.Sum(p => double.Parse(p.Groups["n"].Value, CultureInfo.InvariantCulture) * p.Groups["unit"].Value switch { "h" => 3600, "m" => 60, "ms" => 0.001, "us" => 0.000001, "d" => 86400, _ => 1 });
        return TimeSpan.FromSeconds(Math.Min(seconds, 86_400));
    }

    [GeneratedRegex(@"\G(?<n>\d{1,9}(\.\d{1,9})?)(?<unit>ms|us|d|h|m|s)")]
    private static partial Regex Part();
}
