using System.Globalization;
using System.Text.Json;
using NetSim.Workbench.Live;

namespace NetSim.Cli.Output;

/// <summary>What a replay to a wire tells.</summary>
internal static class WireReport
{
    /// <summary>What was sent, which addresses it had, and how far its timing was off.</summary>
    public static void Tell(Door door, WireOutcome sent, bool json, bool quiet)
    {
        if (!quiet) door.Warn(sent.Warnings);
        if (json)
        {
            door.Out.WriteLine(JsonSerializer.Serialize(sent, JsonAnswer.Options));
            return;
        }
        foreach (var (before, after) in sent.Addresses) door.Out.WriteLine($"{before} sent as {after}");
        double seconds = Math.Max(sent.Seconds, 1e-6);
        string rest = sent.NotSent > 0 ? $", {sent.NotSent} not sent" : "";
        door.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent.Interface}: {sent.Sent} packets sent, {sent.Bytes} bytes in {sent.Seconds:0.000} s ({sent.Sent / seconds:0} a second, {sent.Bytes * 8 / seconds / 1e6:0.0} Mbit/s){rest}"));
        if (sent.LateMaxUs is not null) door.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"timing: off by {sent.LateMedianUs:0} µs in the median, {sent.LateP99Us:0} µs at most for 99 of 100, {sent.LateMaxUs:0} µs at most"));
    }
}
