using NetSim.Capture.Files;
using NetSim.Tests.Cli;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Files;

/// <summary>Captures that somebody still writes to.</summary>
public sealed class GrowingFileTests
{
    private string _file = "";

    [SetUp]
    public void Name_a_file() => _file = Path.Combine(Path.GetTempPath(), $"netsim-growing-{Environment.ProcessId}.pcap");

    [TearDown]
    public void Remove_the_file() => File.Delete(_file);

    [TestCase("docker-http-upgrade.pcap")]
    [TestCase("multi-interface.pcapng")]
    public void What_is_written_later_is_read_also_when_a_packet_was_there_in_part(string name)
    {
        byte[] whole = File.ReadAllBytes(Samples.PathOf(name));
        File.WriteAllBytes(_file, whole[..(whole.Length / 2)]);
        using var stop = new CancellationTokenSource();
        int idle = 0;

        using var reader = CaptureReader.Follow(_file, GrowOrEnd, stop.Token);
        var read = Samples.ReadAll(reader);

        Assert.That(read.Select(p => Convert.ToHexString(p.Bytes)), Is.EqualTo(Samples.ReadAll(whole).Select(p => Convert.ToHexString(p.Bytes))));
        Assert.That((idle, reader.Damage), Is.EqualTo((2, (Damage?)null)));

        void GrowOrEnd()
        {
            if (idle++ == 0) Append(whole[(whole.Length / 2)..]);
            else stop.Cancel();
        }
    }

    [Test]
    public async Task Ctrl_C_ends_following_with_the_figures_so_far()
    {
        byte[] whole = File.ReadAllBytes(Samples.PathOf("docker-http-upgrade.pcap"));
        File.WriteAllBytes(_file, whole);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var (output, error) = (new StringWriter(), new StringWriter());

        int code = await NetSim.Cli.Netsim.Run(["analyze", _file, "--follow", "--format", "json"], new() { Out = output, Error = error, Interrupted = stop.Token });

        Assert.That((code, System.Text.Json.JsonDocument.Parse(output.ToString()).RootElement.GetProperty("packets").GetInt64()), Is.EqualTo((130, 200L)), error.ToString());
    }

    [Test]
    public async Task A_file_that_is_not_there_is_not_waited_for()
    {
        var (code, _, error) = await UsageTests.Run($"analyze {_file} --follow");

        Assert.That((code, error), Is.EqualTo((3, $"netsim: {_file}: there is no such file\n")));
    }

    private void Append(byte[] bytes)
    {
        using var file = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
    }
}
