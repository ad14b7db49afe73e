using System.IO.Compression;
using System.Text.Json;
using NetSim.Tests.Capture;
using NetSim.Tests.Capture.Live;
using NetSim.Tests.Cli;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

/// <summary>What netsim analyze takes: packed files, standard input, parts of a capture.</summary>
public sealed class AnalyzeInputTests
{
    private const string Name = "docker-http-upgrade.pcap";
    private string _file = "";

    [SetUp]
    public void Name_a_file() => _file = Path.Combine(Path.GetTempPath(), $"netsim-input-{Environment.ProcessId}");

    [TearDown]
    public void Remove_the_file() => File.Delete(_file);

    [TestCase("zstd")]
    [TestCase("gzip")]
    public async Task A_packed_file_gives_what_the_plain_one_gives(string packing)
    {
        byte[] whole = File.ReadAllBytes(Samples.PathOf(Name));
        using (var file = File.Create(_file))
        using (Stream packed = packing == "zstd" ? new ZstdSharp.CompressionStream(file) : new GZipStream(file, CompressionLevel.Fastest)) packed.Write(whole);

        Assert.That(await Told(_file), Is.EqualTo(await Told(Samples.PathOf(Name))));
    }

    [Test]
    public async Task Standard_input_gives_what_the_file_gives()
    {
        var run = Sandbox.Run($"cat '{Samples.PathOf(Name)}' | {Veth.Netsim} analyze - --format json");

        Assert.That((run.Code, Figures(run.Output)), Is.EqualTo((0, await Told(Samples.PathOf(Name)))));
    }

    [TestCase("--from 10")]
    [TestCase("--to 10")]
    [TestCase("--from 5 --to 20.5")]
    public async Task From_and_to_take_the_packets_between_in_seconds_after_the_first(string options)
    {
        var packets = Samples.ReadAll(File.ReadAllBytes(Samples.PathOf(Name)));
        double from = Bound(options, "--from", 0), to = Bound(options, "--to", 1e9);
        long expected = packets.Count(p => p.UnixNanoseconds - packets[0].UnixNanoseconds is var after && after >= from * 1e9 && after <= to * 1e9);

        var (code, output, error) = await UsageTests.Run($"analyze {Samples.PathOf(Name)} {options} --format json");

        Assert.That((code, Packets(output)), Is.EqualTo((0, expected)), error);
    }

    [TestCase("docker-http-upgrade.pcap", "tcp")]
    [TestCase("dns-icmp.pcap", "icmp")]
    [TestCase("http-sll2.pcap", "tcp")]
    public async Task A_filter_takes_what_the_whole_capture_counts_of_that_protocol(string name, string protocol)
    {
        var (_, all, _) = await UsageTests.Run($"analyze {Samples.PathOf(name)} --format json");
        long expected = JsonDocument.Parse(all).RootElement.GetProperty("frames").GetProperty(protocol).GetInt64();

        var (code, output, error) = await UsageTests.Run($"analyze {Samples.PathOf(name)} --filter {protocol} --format json");

        Assert.That((code, Packets(output)), Is.EqualTo((0, expected)), error);
    }

    private static async Task<string> Told(string path)
    {
        var (code, output, error) = await UsageTests.Run($"analyze {path} --format json");
        Assert.That(code, Is.Zero, error);
        return Figures(output);
    }

    /// <summary>The answer without the file's name.</summary>
    private static string Figures(string output)
    {
        using var document = JsonDocument.Parse(output);
        return string.Join('\n', document.RootElement.EnumerateObject().Where(p => p.Name != "capture").Select(p => $"{p.Name}: {p.Value.GetRawText()}"));
    }

    private static long Packets(string output)
    {
        using var document = JsonDocument.Parse(output);
        return document.RootElement.GetProperty("packets").GetInt64();
    }

    private static double Bound(string options, string name, double otherwise)
    {
        string[] words = options.Split(' ');
        int at = Array.IndexOf(words, name);
        return at < 0 ? otherwise : double.Parse(words[at + 1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
