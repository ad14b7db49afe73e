using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Tests.Workbench.Opening;

/// <summary>The recorded seed story, with twelve capture points on one host.</summary>
public sealed class CaptureOpeningTests
{
    private static readonly string Story = RecordedFolder.Of("28.5.2", "01-seed");

    private static OpenedCapture All() => CaptureOpening.Read([.. Directory.GetFiles(Path.Combine(Story, "pcap")).Order(StringComparer.Ordinal)], Story);

    [Test]
    public void A_request_between_containers_is_one_packet_at_five_places()
    {
        var trace = All().Trace;
        var request = Told(trace, "GET /").First(e => e.Place.Namespace == "network_test");
        Assert.That(Places(trace, request.Packet), Is.EquivalentTo(new[]
        {
            "network_test eth0 Transmitted", "host veth1 Received", "host bridge Received", "host veth2 Transmitted", "webapp eth0 Received",
        }));
    }

    [Test]
    public void A_request_from_outside_is_one_packet_before_and_behind_NAT()
    {
        var trace = All().Trace;
        var request = Told(trace, "SYN 32768").First(e => e.Place.Interface == "up0");
        Assert.That(Places(trace, request.Packet), Is.EquivalentTo(new[]
        {
            "host up0 Received", "host bridge Transmitted", "host veth1 Transmitted", "webapp eth0 Received",
        }));
    }

    [Test]
    public void Every_packet_of_the_files_is_a_sighting()
    {
        var opened = All();
        Assert.That(opened.Trace.Rows().Count(r => r.Row.Kind is StepKind.Received or StepKind.Transmitted or StepKind.Seen), Is.EqualTo(opened.Sightings));
    }

    [Test]
    public void Every_sighting_has_a_direction()
    {
        var trace = All().Trace;
        Assert.That(trace.Rows().Where(r => r.Row.Kind == StepKind.Seen), Is.Empty);
    }

    [Test]
    public void Time_never_goes_back()
    {
        var times = All().Trace.Rows().Select(r => r.Row.Time).ToList();
        Assert.That(times, Is.Ordered);
    }

    [Test]
    public void The_first_events_build_the_topology()
    {
        var topology = Topology.At(All().Trace, SimTime.Zero);
        Assert.That(topology.Namespaces.Select(n => n.Key).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "db", "host", "network_test", "webapp" }));
    }

    [Test]
    public void A_capture_outside_the_folder_is_placed_by_its_MAC_addresses()
    {
        string copy = Path.Combine(Path.GetTempPath(), $"netsim-{Environment.ProcessId}-unknown.pcap");
        File.Copy(Path.Combine(Story, "pcap", "ctr.db.eth0.pcap"), copy, overwrite: true);
        var trace = CaptureOpening.Read([copy], Story).Trace;
        File.Delete(copy);
        Assert.That(trace.Places.Where(p => p.Interface is not null && trace.Rows().Any(r => r.Row.Kind == StepKind.Received && trace.Places[r.Row.Place] == p)), Is.EqualTo(new[] { new Place("db", "eth0") }));
    }

    private static IEnumerable<TraceEvent> Told(Trace trace, string text) => trace.Events().Where(e => TraceReading.FrameOf(trace.Row(e.Number)) is >= 0 and var frame && FrameReading.Summarise(trace.Packets.Bytes(frame)).Text == text);

    /// <summary>Where a packet was seen, with veths numbered as they come and the bridge by its kind.</summary>
    private static List<string> Places(Trace trace, PacketId packet)
    {
        var veths = new List<string>();
        return [.. trace.Events().Where(e => e.Packet == packet).Select(e => $"{e.Place.Namespace} {Name(e.Place.Interface!, veths)} {e.Step!.GetType().Name}")];
    }

    private static string Name(string name, List<string> veths)
    {
        if (name.StartsWith("br-", StringComparison.Ordinal)) return "bridge";
        if (!name.StartsWith("veth", StringComparison.Ordinal)) return name;
        if (!veths.Contains(name)) veths.Add(name);
        return $"veth{veths.IndexOf(name) + 1}";
    }
}
