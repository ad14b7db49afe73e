using NetSim.Capture.Correlation;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Correlation;

public sealed class CaptureTraceTests
{
    private static readonly string Pcaps = Path.Combine(RecordedFolder.Of("28.5.2", "01-seed"), "pcap");

    private static Topology TopologyOf(params string[] paths) => Topology.At(CaptureTrace.Read(paths).Trace, SimTime.Zero);

    [Test]
    public void A_bridges_capture_tells_its_containers_its_gateway_and_the_world_beyond()
    {
        var topology = TopologyOf(Path.Combine(Pcaps, "host.br-app.pcap"));
        Assert.That(topology.Namespaces.Select(n => n.Key), Is.EqualTo(new[] { "host", "172.18.0.2", "172.18.0.3", "172.18.0.4", "outside" }));
    }

    [Test]
    public void The_gateways_own_address_is_on_the_bridge()
    {
        var bridge = TopologyOf(Path.Combine(Pcaps, "host.br-app.pcap"))["host"].Find("br-lan")!;
        Assert.That(bridge.Addresses.Select(a => a.Address.ToString()), Does.Contain("172.18.0.1"));
    }

    [Test]
    public void A_capture_of_a_containers_loopback_is_a_container()
    {
        var topology = TopologyOf(Path.Combine(Pcaps, "ctr.webapp.lo.pcap"));
        Assert.That(topology.Namespaces.Select(n => n.Key), Is.EqualTo(new[] { "host", "container" }));
    }

    [Test]
    public void Names_that_DNS_answers_tell_are_the_names_of_computers()
    {
        var topology = TopologyOf(Path.Combine(Pcaps, "host.br-app.pcap"), Path.Combine(Pcaps, "ctr.webapp.lo.pcap"), Path.Combine(Pcaps, "ctr.network_test.lo.pcap"));
        Assert.That(topology.Namespaces.Select(n => n.Key), Is.SupersetOf(new[] { "db", "webapp" }));
    }

    [TestCase("dns-icmp.pcap", 32)]
    [TestCase("http-sll2.pcap", 24)]
    [TestCase("sll.pcap", 1)]
    [TestCase("raw-ip.pcap", 100)]
    [TestCase("null-loopback.pcap", 3)]
    [TestCase("ptcpdump-tcp.pcapng", 12)]
    [TestCase("multi-interface.pcapng", 6)]
    [TestCase("cut.pcap", 12)]
    public void Every_packet_of_a_capture_has_a_sighting_and_one_that_went_out_and_came_in_is_one(string name, int packets)
    {
        var trace = CaptureTrace.Read([Samples.PathOf(name)]).Trace;
        var shown = trace.Rows().Where(r => r.Row.Packet >= 0).Select(r => r.Row.Packet).Distinct();
        Assert.That(shown.Count(), Is.EqualTo(packets));
    }

    [Test]
    public void The_same_captures_give_the_same_trace()
    {
        string[] paths = [.. Directory.GetFiles(Pcaps).Order(StringComparer.Ordinal)];
        var rows = new[] { 1, 2 }.Select(_ => string.Join('\n', CaptureTrace.Read(paths).Trace.Events().Select(e => $"{e.Time} {e.Packet} {e.Place} {e.Step}"))).ToList();
        Assert.That(rows[0], Is.EqualTo(rows[1]));
    }

    [Test]
    public void A_link_type_that_is_not_read_is_refused_by_name()
    {
        string path = Samples.PathOf("netlink-big-endian.pcap");
        Assert.That(() => CaptureTrace.Read([path]), Throws.TypeOf<InputException>().With.Message.StartsWith($"{path}: its packets are of link type Netlink of Linux (253), which is not read"));
    }

    [Test]
    public void What_is_passed_over_is_told()
    {
        string path = Path.Combine(Path.GetTempPath(), $"netsim-{Environment.ProcessId}-mixed.pcapng");
        using (var writer = PcapngWriter.Create(path))
        {
            writer.Write(writer.AddInterface("eth0"), 0, new byte[60]);
            writer.Write(writer.AddInterface("can0", linkType: 227), 1, new byte[16]);
        }
        var read = CaptureTrace.Read([path]);
        File.Delete(path);
        Assert.That(read.Warnings.Single(), Does.EndWith("1 packets of link type CAN (SocketCAN) (227) are passed over"));
    }

    [Test]
    public void Damage_is_a_warning_that_says_where()
    {
        var read = CaptureTrace.Read([Samples.PathOf("cut.pcap")]);
        Assert.That(read.Warnings.Single(), Does.EndWith("cut.pcap:byte 1408: the file ends in the middle of a packet; the 12 packets before it are taken"));
    }
}
