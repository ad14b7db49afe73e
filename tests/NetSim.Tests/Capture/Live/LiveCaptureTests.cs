using NetSim.Capture.Correlation;
using NetSim.Capture.Files;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Live;

/// <summary>Real packets over a real veth pair, in a network namespace that the test makes: both ends are captured on at once.</summary>
public sealed class LiveCaptureTests
{
    private const int Datagrams = 500;
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"netsim-live-{Environment.ProcessId}.pcapng");
    private (int Code, string Output) _run;

    [OneTimeSetUp]
    public void Capture_on_both_ends_while_sending() => _run = Sandbox.Run($"""
        {Veth.Make}
        {Veth.Netsim} capture -i a0 -i b0 -f 'udp port {LiveProbe.Port}' -c {2 * Datagrams} -a duration:60 -w '{_file}' >'{_file}.log' 2>&1 & p=$!
        {Veth.Begun(_file + ".log")}
        {Veth.Send(Datagrams)}
        {Veth.Ended(_file + ".log")}
        """);

    [OneTimeTearDown]
    public void Remove_the_files()
    {
        File.Delete(_file);
        File.Delete(_file + ".log");
    }

    [Test]
    public void The_counts_are_those_of_the_sender() => Assert.That(_run, Is.EqualTo((0, $"""
        a0: 500 received, 0 dropped by the kernel, 0 by the interface, 500 written
        b0: 500 received, 0 dropped by the kernel, 0 by the interface, 500 written
        wrote {_file}

        """)));

    [Test]
    public void The_file_holds_every_packet_with_its_interface_and_direction()
    {
        var read = Read();
        Assert.That(read.Packets.GroupBy(p => (read.Interfaces[p.Interface].Name, p.Outbound)).Select(g => (g.Key, g.Count())), Is.EquivalentTo(new[] { (("a0", (bool?)true), Datagrams), (("b0", false), Datagrams) }));
    }

    [Test]
    public void Packets_of_several_interfaces_are_written_in_order_of_time()
    {
        var read = Read();
        Assert.That(read.Packets.Select(p => p.UnixNanoseconds), Is.Ordered);
    }

    [Test]
    public void The_file_says_filter_and_counts_of_each_interface()
    {
        var read = Read();
        Assert.That(read.Interfaces.Select(i => (i.Filter, i.Received, i.DroppedBySystem)), Is.All.EqualTo(($"udp port {LiveProbe.Port}", (long?)Datagrams, (long?)0)));
    }

    [Test]
    public void Times_have_nanoseconds()
    {
        var read = Read();
        Assert.That(read.Packets.Any(p => p.UnixNanoseconds % 1000 != 0), Is.True);
    }

    [Test]
    public void A_packet_seen_at_both_ends_of_the_cable_is_one_packet()
    {
        Read();
        Assert.That(CaptureTrace.Read([_file]).Packets, Is.EqualTo(Datagrams));
    }

    private (List<Samples.Packet> Packets, List<CaptureInterface> Interfaces) Read()
    {
        Assert.That(_run.Code, Is.Zero, _run.Output);
        using var reader = CaptureReader.Open(_file);
        return (Samples.ReadAll(reader), [.. reader.Interfaces]);
    }
}
