using System.Text.Json;
using NetSim.Capture.Files;
using NetSim.Workbench.Analysing;

namespace NetSim.Tests.Analysis;

/// <summary>Analyses captures for tests.</summary>
internal static class AnalysisRun
{
    /// <summary>The answer on files as JSON.</summary>
    public static JsonElement Json(params string[] paths) => JsonDocument.Parse(AnalysisJson.Of(CaptureAnalysing.Run(new() { Paths = paths }, default))).RootElement;

    /// <summary>The answer on files.</summary>
    public static Analysed Of(params string[] paths) => CaptureAnalysing.Run(new() { Paths = paths }, default);

    /// <summary>A path below captures.</summary>
    public static string Capture(string name) => Path.Combine(Folder.Top, "captures", name);

    /// <summary>Writes Ethernet frames as a capture and returns its path.</summary>
    public static string Write(string path, IEnumerable<(long Time, byte[] Frame)> packets)
    {
        using var writer = PcapWriter.Create(path);
        foreach (var (time, frame) in packets) writer.Write(time, frame, frame.Length);
        return path;
    }
}
