using System.Text.Json;
using NetSim.Tests.Cli;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

public sealed class AnalyzeCommandTests
{
    private static string Path(string name) => AnalysisRun.Capture(name);

    [Test]
    public async Task The_answer_is_one_screen_that_begins_with_what_it_is()
    {
        var (code, output, _) = await UsageTests.Run($"analyze {Path("analysis/wireshark-retrans.pcap")}");

        var lines = output.TrimEnd().Split('\n');
        Assert.That((code, lines.Length <= 40, lines.Max(l => l.Length) <= 120), Is.EqualTo((0, true, true)), output);
        Assert.That(output, Does.Contain("108 packets, 30.4 kB in 30.87 s").And.Contain("47 TCP segments were sent again").And.Contain("Top flows").And.Contain("Next"));
    }

    [Test]
    public async Task A_cut_capture_is_told_up_to_the_cut_and_is_not_whole()
    {
        var (code, output, error) = await UsageTests.Run($"analyze {Path("cut.pcap")} --format json");

        var json = JsonDocument.Parse(output).RootElement;
        Assert.That((code, json.GetProperty("whole").GetBoolean(), json.GetProperty("packets").GetInt32()), Is.EqualTo((0, false, 12)));
        Assert.That(error, Does.StartWith("warning: "));
        Assert.That(json.GetProperty("error").GetString(), Does.Contain("the file ends in the middle of a packet"));
    }

    [Test]
    public async Task What_is_no_capture_is_refused_with_3()
    {
        var (code, output, error) = await UsageTests.Run($"analyze {Path("README.md")}");

        Assert.That((code, output), Is.EqualTo((3, "")));
        Assert.That(error, Does.Contain("is not a capture (it is text)"));
    }

    [Test]
    public async Task A_filter_and_a_time_leave_a_part_of_the_packets()
    {
        var (_, all, _) = await UsageTests.Run($"analyze {Path("analysis/many_interfaces-1.pcapng")} --format json");
        var (_, udp, _) = await UsageTests.Run($"analyze {Path("analysis/many_interfaces-1.pcapng")} --format json --filter udp");
        var (_, early, _) = await UsageTests.Run($"analyze {Path("analysis/many_interfaces-1.pcapng")} --format json --to 1");

        Assert.That((Packets(all), Packets(udp)), Is.EqualTo((64, 32)));
        Assert.That(Packets(early), Is.GreaterThan(0).And.LessThan(64));
    }

    [TestCase("--filter nonsense+", 3, "is no filter")]
    [TestCase("--from yesterdayish", 2, "a time such as 2.5")]
    public async Task A_wrong_wish_is_told_in_one_line(string option, int code, string complaint)
    {
        var (found, _, error) = await UsageTests.Run($"analyze {Path("dns-icmp.pcap")} {option}");

        Assert.That((found, error.TrimEnd().Contains('\n')), Is.EqualTo((code, false)), error);
        Assert.That(error, Does.Contain(complaint));
    }

    [Test]
    public async Task Two_captures_of_one_conversation_show_no_retransmission()
    {
        var (code, output, _) = await UsageTests.Run($"analyze {Path("analysis/psql-select-now.pcap")} {Path("analysis/psql-select-now.pcap")} --format json");

        var json = JsonDocument.Parse(output).RootElement;
        var together = json.GetProperty("together");
        Assert.That((code, json.GetProperty("captures").GetArrayLength(), together.GetProperty("packets").GetInt32(), together.GetProperty("repeated_sightings").GetInt32()), Is.EqualTo((0, 2, 54, 27)));
        Assert.That(together.GetProperty("tcp").GetProperty("analysis").EnumerateObject(), Is.Empty);
    }

    private static int Packets(string json) => JsonDocument.Parse(json).RootElement.GetProperty("packets").GetInt32();
}
