using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

/// <summary>The rules of TCP analysis against tshark itself, on segments that no stack would send.</summary>
public sealed class TcpRuleTests
{
    private const int Segments = 3000;

    private static readonly string[] Marks =
    [
        "retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order", "lost_segment", "ack_lost_segment", "duplicate_ack", "window_update",
        "window_full", "zero_window", "zero_window_probe", "zero_window_probe_ack", "keep_alive", "keep_alive_ack", "reused_ports",
    ];

    [Test]
    public void Segments_without_a_stack_are_judged_as_tshark_judges_them([Range(1, 6)] int seed)
    {
        string folder = Directory.CreateTempSubdirectory("netsim-rules").FullName;
        try
        {
            string file = AnalysisRun.Write(Path.Combine(folder, "x.pcap"), new RandomSegments(seed).Make(Segments));

            var ours = AnalysisRun.Json(file).GetProperty("tcp");

            Assert.That(Marks.Select(m => $"{m} {Ours(ours, m)}"), Is.EqualTo(Tshark(file)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Ours(JsonElement tcp, string mark) => tcp.GetProperty("analysis").TryGetProperty(mark, out var count) ? count.GetInt64() : 0;

    private static List<string> Tshark(string file)
    {
        var start = new ProcessStartInfo("tshark") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["-n", "-r", file, "-T", "fields", "-E", "separator=,", "-E", "occurrence=f", .. Marks.SelectMany(m => new[] { "-e", "tcp.analysis." + m })];
        foreach (string a in arguments) start.ArgumentList.Add(a);
        using var tshark = Process.Start(start)!;
        _ = tshark.StandardError.ReadToEndAsync();
        var rows = tshark.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(',')).ToList();
        tshark.WaitForExit();
        return Marks.Select((m, at) => $"{m} {rows.Count(r => at < r.Length && r[at].Length > 0)}").ToList();
    }
}
