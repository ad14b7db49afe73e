using NetSim.Capture.Files;
using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Files;

public sealed class WriterTests
{
    private static readonly byte[] Five = [1, 2, 3, 4, 5];

    [Test]
    public void A_pcap_written_is_the_pcap_read()
    {
        var file = new MemoryStream();
        using (var writer = new PcapWriter(file, linkType: 101)) writer.Write(1_700_000_000_123_456_789, Five, 60);
        var packet = Samples.ReadAll(file.ToArray()).Single();
        Assert.That((packet.UnixNanoseconds, packet.OriginalLength, Convert.ToHexString(packet.Bytes)), Is.EqualTo((1_700_000_000_123_456_789, 60, "0102030405")));
    }

    [Test]
    public void A_pcapng_written_keeps_interfaces_and_packets()
    {
        var file = new MemoryStream();
        using (var writer = new PcapngWriter(file, "seed 1"))
        {
            int a = writer.AddInterface("db eth0", "container db", MacAddress.Parse("02:42:ac:12:00:02"));
            writer.Write(a, 1, Five);
            int b = writer.AddInterface("lo", linkType: 101, snapLength: 96);
            writer.Write(b, 1_700_000_000_123_456_789, Five, 60, outbound: true);
            writer.WriteStatistics(b, 5, 7, 1, 2);
        }
        using var reader = CaptureReader.Open(new MemoryStream(file.ToArray()), "x");
        var packets = Samples.ReadAll(reader);
        var read = (packets.Select(p => (p.Interface, p.UnixNanoseconds, p.OriginalLength)), reader.Interfaces.Select(i => (i.Name, i.LinkType, i.SnapLength, i.Mac?.ToString(), i.Received, i.DroppedBySystem)));
        Assert.That(read, Is.EqualTo((
            new[] { (0, 1L, 5), (1, 1_700_000_000_123_456_789, 60) },
            new[] { ("db eth0", 1, 0L, "02:42:ac:12:00:02", (long?)null, (long?)null), ("lo", 101, 96L, null, 7L, 2L) })));
    }

    [Test]
    public void A_packet_larger_than_the_buffer_is_written_whole()
    {
        var file = new MemoryStream();
        using (var writer = new PcapWriter(file)) writer.Write(0, new byte[100_000]);
        Assert.That(Samples.ReadAll(file.ToArray()).Single().Bytes, Has.Length.EqualTo(100_000));
    }
}
