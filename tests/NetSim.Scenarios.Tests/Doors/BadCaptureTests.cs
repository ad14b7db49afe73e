using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>Captures that are empty, cut or none at all.</summary>
public sealed class BadCaptureTests
{
    private static readonly string Captures = Path.Combine(Tree.Root, "captures");
    private string _folder = "";

    private static IEnumerable<string> Readable => Tree.Files("captures", ".pcap", ".pcapng", ".gz", ".zst").Where(f => f is not ("netlink-big-endian.pcap" or "cut.pcap"));

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Readable))]
    public async Task Every_capture_that_is_read_replays(string file)
    {
        string trace = Path.Combine(_folder, "trace.jsonl");

        var spoken = await Spoken.By("replay", Path.Combine(Captures, file), "--trace", trace);

        Assert.That((spoken.ExitCode, new FileInfo(trace).Length > 0), Is.EqualTo((0, true)), spoken.Error);
    }

    [Test]
    public async Task A_cut_capture_is_taken_up_to_the_damage_with_one_warning()
    {
        var spoken = await Spoken.By("replay", Path.Combine(Captures, "cut.pcap"));

        Assert.That((spoken.ExitCode, spoken.Complaints.Count(c => c.Contains("cut.pcap", StringComparison.Ordinal) && c.Contains("byte", StringComparison.Ordinal))), Is.EqualTo((0, 1)), spoken.Error);
    }

    [Test]
    public async Task A_link_type_that_is_not_read_is_refused_by_name()
    {
        var spoken = await Spoken.By("replay", Path.Combine(Captures, "netlink-big-endian.pcap"));

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
        Assert.That(spoken.Error, Does.Contain("NETLINK").IgnoreCase);
    }

    [TestCase("", TestName = "An empty file is no capture")]
    [TestCase("this is a letter to my aunt, and it is long enough for a header", TestName = "A letter is no capture")]
    [TestCase("\u0001", TestName = "A byte is no capture")]
    public async Task What_is_no_capture_is_refused_in_one_line(string text)
    {
        string file = Path.Combine(_folder, "some.pcap");
        await File.WriteAllTextAsync(file, text);

        var spoken = await Spoken.By("replay", file);

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
        Assert.That(spoken.Error, Does.StartWith($"netsim: {file}"));
    }

    [Test]
    public async Task A_missing_capture_is_named()
    {
        var spoken = await Spoken.By("replay", Path.Combine(_folder, "nowhere.pcap"));

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
    }
}
