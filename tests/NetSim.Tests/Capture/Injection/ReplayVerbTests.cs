using System.Text.RegularExpressions;
using NetSim.Capture.Files;
using NetSim.Tests.Capture.Live;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Injection;

/// <summary>netsim replay --interface on a veth pair in a network namespace that each test makes; the other end is captured on.</summary>
public sealed partial class ReplayVerbTests
{
    private string _folder = "";

    private string Out => Path.Combine(_folder, "out.pcapng");

    private string Log => Path.Combine(_folder, "log");

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim-wire").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [TestCase("--topspeed")]
    [TestCase("--pps 2000")]
    [TestCase("--speed 1000")]
    public void What_is_captured_behind_the_wire_is_what_the_file_holds(string pace)
    {
        string file = Samples.PathOf("docker-http-upgrade.pcap");
        var sent = Read(file);

        var run = Replay($"'{file}' --interface a0 {pace}", sent.Count);

        Assert.That(Read(Out).Select(p => Convert.ToHexString(p.Bytes)), Is.EqualTo(sent.Select(p => Convert.ToHexString(p.Bytes))), run.Output);
    }

    [Test]
    public void What_was_sent_and_how_late_is_told()
    {
        var run = Replay($"'{Samples.PathOf("docker-http-upgrade.pcap")}' --interface a0 --pps 1000", 1);

        Assert.That(Figure().Replace(run.Output, "N").Split('\n'), Is.SupersetOf(new[] { "aN: N packets sent, N bytes in N s (N a second, N Mbit/s)", "timing: off by N µs in the median, N µs at most for N of N, N µs at most" }), run.Output);
    }

    [Test]
    public void A_loop_sends_all_of_it_again()
    {
        string file = Samples.PathOf("docker-http-upgrade.pcap");
        var once = Read(file).Select(p => Convert.ToHexString(p.Bytes)).ToList();

        var run = Replay($"'{file}' --interface a0 --topspeed --loop 3", 3 * once.Count);

        Assert.That(Read(Out).Select(p => Convert.ToHexString(p.Bytes)), Is.EqualTo(once.Concat(once).Concat(once)), run.Output);
    }

    [Test]
    public void A_vlan_tag_crosses_the_wire_and_a_live_filter_sees_it()
    {
        string file = Path.Combine(_folder, "tagged.pcap");
        byte[] frame = [2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 1, 0x81, 0, 0, 5, 0x88, 0xB5, .. Enumerable.Range(0, 50).Select(i => (byte)i)];
        using (var writer = PcapWriter.Create(file)) writer.Write(1, frame);

        var run = Replay($"'{file}' --interface a0", 1, "-f 'vlan 5'");

        Assert.That(Read(Out).Select(p => Convert.ToHexString(p.Bytes)), Is.EqualTo(new[] { Convert.ToHexString(frame) }), run.Output);
    }

    [Test]
    public void A_frame_longer_than_the_interface_takes_is_told_and_the_others_are_sent()
    {
        string file = Path.Combine(_folder, "long.pcap");
        using (var writer = PcapWriter.Create(file))
        {
            writer.Write(1, new byte[9000]);
            writer.Write(2, [2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 1, 0x88, 0xB5, .. new byte[50]]);
        }

        var run = Replay($"'{file}' --interface a0", 1, mtu: 1500);

        Assert.That((run.Code, Read(Out).Count), Is.EqualTo((0, 1)), run.Output);
        Assert.That(run.Output, Does.Contain("warning: 1 frames are longer than a0 takes and were not sent (ip link set a0 mtu 65535 lets it take more)\n"));
    }

    [Test]
    public void An_interface_that_is_not_there_is_told_with_those_that_are()
    {
        var run = Sandbox.Run($"{Veth.Make}\n{Veth.Netsim} replay '{Samples.PathOf("sll.pcap")}' --interface c0");

        Assert.That(run, Is.EqualTo((4, "netsim: There is no interface \"c0\"; there are a0, any, b0, lo.\n")));
    }

    [TestCase("--pps 10", "--pps is for sending: --interface IF says where")]
    [TestCase("--interface a0 --pps 10 --topspeed", "--pps and --topspeed each say how fast; give one")]
    [TestCase("--interface a0 --speed 0", "--speed 0: a number above 0 was expected")]
    public async Task Without_a_place_or_with_two_paces_nothing_is_sent(string options, string complaint)
    {
        var (code, _, error) = await Cli.UsageTests.Run($"replay {Samples.PathOf("sll.pcap")} {options}");

        Assert.That((code, error), Is.EqualTo((2, $"netsim: {complaint}; see netsim replay --help\n")));
    }

    private (int Code, string Output) Replay(string line, int packets, string filter = "", int mtu = 9000) => Sandbox.Run($"""
        {Veth.Make}
        ip link set a0 mtu {mtu}; ip link set b0 mtu {mtu}
        {Veth.Netsim} capture -a duration:30 -i b0 {filter} -c {packets} -w '{Out}' >'{Log}' 2>&1 & p=$!
        {Veth.Begun(Log)}
        {Veth.Netsim} replay {line}
        {Veth.Ended(Log)}
        """);

    private static List<Samples.Packet> Read(string file)
    {
        using var reader = CaptureReader.Open(file);
        return Samples.ReadAll(reader);
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Figure();
}
