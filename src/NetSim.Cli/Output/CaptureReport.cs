using System.Globalization;
using System.Text.Json;
using NetSim.Workbench.Live;

namespace NetSim.Cli.Output;

/// <summary>What a live capture tells: on the way, and at its end.</summary>
internal sealed class CaptureReport(Door door, TextWriter answer, bool showsProgress) : IDisposable
{
    private bool _isThere;

    /// <summary>Told the counts once a second, where a terminal can show them; null elsewhere.</summary>
    public Action<IReadOnlyList<LiveTally>>? Progress => showsProgress && door.Progress ? Show : null;

    /// <summary>A packet, at once.</summary>
    public void Line(string line)
    {
        door.Out.WriteLine(line);
        door.Out.Flush();
    }

    /// <summary>The counts, and what was written.</summary>
    public void Tell(LiveOutcome outcome, bool json)
    {
        Dispose();
        door.Warn(outcome.Warnings);
        if (json)
        {
            answer.WriteLine(JsonSerializer.Serialize(new { file = outcome.Files.Count > 0 ? outcome.Files[^1] : null, outcome.Files, outcome.Interfaces }, JsonAnswer.Options));
            return;
        }
        foreach (var t in outcome.Interfaces) answer.WriteLine(Counted(t, outcome.Files.Count > 0 ? "written" : "shown"));
        foreach (string file in outcome.Files.Where(f => f != "-")) answer.WriteLine($"wrote {file}");
        if (outcome.Interfaces.Any(t => t.DroppedByKernel > 0)) door.Warn(["packets were dropped for want of room in the kernel; -B gives more"]);
    }

    /// <summary>Takes the line of progress away.</summary>
    public void Dispose()
    {
        if (_isThere) door.Error.Write("\r\u001b[K");
        _isThere = false;
    }

    private static string Counted(LiveTally t, string done) => string.Create(CultureInfo.InvariantCulture,
        $"{t.Interface}: {t.Received} received, {t.DroppedByKernel} dropped by the kernel, {t.DroppedByInterface} by the interface, {t.Written} {done}{(t.Left > 0 ? $", {t.Left} after the last" : "")}");

    private void Show(IReadOnlyList<LiveTally> tallies)
    {
        _isThere = true;
        door.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{tallies.Sum(t => t.Written):#,0} packets, {tallies.Sum(t => t.DroppedByKernel + t.DroppedByInterface):#,0} dropped\u001b[K"));
    }
}
