using System.Runtime.InteropServices;
using NetSim.Capture.Correlation;
using NetSim.Capture.Files;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Live;

/// <summary>Real packets over a real veth pair, in a network namespace that the test makes.</summary>
public sealed class LiveCaptureTests
{
    private const string Cable = """
        set -e
        ip link set lo up
        ip link add a0 type veth peer name b0
        ip addr add 10.9.0.1/24 dev a0
        ip link set a0 up
        ip link set b0 up
        ip neigh add 10.9.0.9 lladdr 02:00:00:00:00:09 dev a0
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"netsim-live-{Environment.ProcessId}.pcapng");
    private (int Code, string Output) _run;

    [OneTimeSetUp]
    public void Capture_on_both_ends_while_sending() => _run = Sandbox.Run($"{Cable}\n{Probe("a0,b0", _file)}");

    [OneTimeTearDown]
    public void Remove_the_file() => File.Delete(_file);

    [Test]
    public void The_counts_are_those_of_the_sender() =>
        Assert.That(_run.Output.TrimEnd().Split('\n'), Is.EqualTo(new[] { "a0 500 0 0 500", "b0 500 0 0 500" }));

    [Test]
    public void The_file_holds_every_packet_with_its_interface()
    {
        var read = Read(_run);
        Assert.That(read.Packets.GroupBy(p => read.Interfaces[p.Interface]).Select(g => (g.Key, g.Count())), Is.EquivalentTo(new[] { ("a0", LiveProbe.Datagrams), ("b0", LiveProbe.Datagrams) }));
    }

    [Test]
    public void Times_have_nanoseconds()
    {
        var read = Read(_run);
        Assert.That(read.Packets.Any(p => p.UnixNanoseconds % 1000 != 0), Is.True);
    }

    [Test]
    public void A_packet_seen_at_both_ends_of_the_cable_is_one_packet()
    {
        Read(_run);
        Assert.That(CaptureTrace.Read([_file]).Packets, Is.EqualTo(LiveProbe.Datagrams));
    }

    [Test]
    public void An_interface_that_is_not_there_is_told_with_those_that_are()
    {
        var run = Sandbox.Run($"{Cable}\n{Probe("c0", _file + ".none")}");
        Assert.That((run.Code, run.Output), Is.EqualTo((4, "There is no interface \"c0\"; there are a0, any, b0, lo.\n")));
    }

    [Test]
    public void A_missing_right_is_named()
    {
        var run = Sandbox.Run($"{Cable}\nsetpriv --bounding-set=-net_raw,-net_admin --inh-caps=-net_raw,-net_admin {Probe("a0", _file + ".none")}");
        Assert.That((run.Code, run.Output), Is.EqualTo((4, "Capturing on a0 needs the right CAP_NET_RAW. Mend it with: run it with sudo, or once: sudo setcap cap_net_raw,cap_net_admin+ep $(readlink -f $(command -v dotnet))\n")));
    }

    /// <summary>The host that runs these tests: three folders above the runtime's own.</summary>
    private static string Dotnet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Probe(string interfaces, string file) => $"'{Dotnet}' '{typeof(LiveProbe).Assembly.Location}' live {interfaces} '{file}'";

    private static (List<Samples.Packet> Packets, List<string> Interfaces) Read((int Code, string Output) run)
    {
        Assert.That(run.Code, Is.Zero, run.Output);
        string file = Path.Combine(Path.GetTempPath(), $"netsim-live-{Environment.ProcessId}.pcapng");
        using var reader = CaptureReader.Open(file);
        return (Samples.ReadAll(reader), [.. reader.Interfaces.Select(i => i.Name)]);
    }
}
