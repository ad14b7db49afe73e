using NetSim.Capture.Files;
using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Files;

public sealed class CaptureReaderTests
{
    /// <summary>Packets, bytes on the wire, first and last time in ns, as tshark 4.0 tells them.</summary>
    [TestCase("dns-icmp.pcap", 32, 3100, 1369953917270862000, 1369953930408495000)]
    [TestCase("dns.pcap.gz", 133, 18076, 1476976981075993000, 1476977066574755000)]
    [TestCase("docker-http-upgrade.pcap", 200, 17997, 1732646900604738000, 1732646931829325000)]
    [TestCase("http-sll2.pcap", 24, 3593, 1732632335227290000, 1732632335272022000)]
    [TestCase("sll.pcap", 1, 1296, 1299725317942478000, 1299725317942478000)]
    [TestCase("raw-ip.pcap", 100, 31018, 1147551795526632000, 1488848077767141000)]
    [TestCase("null-loopback.pcap", 3, 924, 1360854457375051000, 1413056123956615000)]
    [TestCase("modified-format.pcap", 1, 98, 1712763541734807000, 1712763541734807000)]
    [TestCase("nanoseconds-big-endian.pcap", 10, 2198, 1766361926167647291, 1766361926168451894)]
    [TestCase("netlink-big-endian.pcap", 13, 10356, 1474059824864984000, 1474059828874473000)]
    [TestCase("ptcpdump-tcp.pcapng", 24, 3098, 1730555435524360149, 1730555435560602110)]
    [TestCase("multi-interface.pcapng", 6, 798, 1767663089500330493, 1767663437140942000)]
    [TestCase("sections-big-endian.pcapng", 5, 1480, 1340954905298858000, 1340954905301858000)]
    public void A_real_capture_is_read_as_Wireshark_reads_it(string name, int count, int bytes, long first, long last)
    {
        using var reader = CaptureReader.Open(Samples.PathOf(name));
        var packets = Samples.ReadAll(reader);
        Assert.That((packets.Count, packets.Sum(p => p.OriginalLength), packets[0].UnixNanoseconds, packets[^1].UnixNanoseconds, reader.Damage), Is.EqualTo((count, bytes, first, last, (Damage?)null)));
    }

    [Test]
    public void A_cut_capture_gives_the_packets_before_the_cut()
    {
        using var reader = CaptureReader.Open(Samples.PathOf("cut.pcap"));
        Assert.That(Samples.ReadAll(reader), Has.Count.EqualTo(12));
    }

    [Test]
    public void A_cut_capture_says_where_it_is_cut()
    {
        string path = Samples.PathOf("cut.pcap");
        using var reader = CaptureReader.Open(path);
        Samples.ReadAll(reader);
        Assert.That(reader.Damage, Is.EqualTo(new Damage(path, 1408, "the file ends in the middle of a packet")));
    }

    [Test]
    public void Interfaces_of_a_pcapng_keep_their_names()
    {
        using var reader = CaptureReader.Open(Samples.PathOf("multi-interface.pcapng"));
        Samples.ReadAll(reader);
        Assert.That(reader.Interfaces.Select(i => i.Name), Is.All.Not.Empty);
    }

    [Test]
    public void A_file_packed_by_zstd_is_read_like_the_file()
    {
        byte[] plain = File.ReadAllBytes(Samples.PathOf("dns-icmp.pcap"));
        using var compressor = new ZstdSharp.Compressor();
        Assert.That(Samples.ReadAll(compressor.Wrap(plain).ToArray()), Has.Count.EqualTo(32));
    }

    [Test]
    public void A_gzip_cut_in_the_middle_gives_packets_and_damage()
    {
        byte[] packed = File.ReadAllBytes(Samples.PathOf("dns.pcap.gz"));
        using var reader = CaptureReader.Open(new MemoryStream(packed[..2000]), "x.pcap.gz");
        int count = Samples.ReadAll(reader).Count;
        Assert.That((count is > 0 and < 133, reader.Damage is not null), Is.EqualTo((true, true)));
    }

    [TestCase("", "x.pcap: is empty; a capture in pcap or pcapng format was expected")]
    [TestCase("services:\n  web: {}\n", "x.pcap: is not a capture (it is text); a file in pcap or pcapng format was expected")]
    [TestCase("snoop\0\0\0", "x.pcap: is not a capture (it is a snoop file: `editcap -F pcap` turns it into one); a file in pcap or pcapng format was expected")]
    [TestCase("BZh91AY&SY", "x.pcap: is packed by bzip2; unpack it first: gzip and zstd are read as they are")]
    public void What_is_no_capture_is_refused_with_what_would_be_right(string content, string message)
    {
        var stream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(content));
        Assert.That(() => CaptureReader.Open(stream, "x.pcap"), Throws.TypeOf<InputException>().With.Message.EqualTo(message));
    }

    [Test]
    public void A_file_that_is_not_there_is_bad_input() =>
        Assert.That(() => CaptureReader.Open("/nowhere/x.pcap"), Throws.TypeOf<InputException>().With.Message.EqualTo("/nowhere/x.pcap: there is no such file"));

    [Test]
    public void Reading_allocates_nothing_for_a_packet()
    {
        using var reader = CaptureReader.Open(Samples.PathOf("docker-http-upgrade.pcap"));
        reader.TryNext(out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (reader.TryNext(out _)) { }
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_gzip_that_packs_nothing_is_empty()
    {
        byte[] empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.That(() => CaptureReader.Open(new MemoryStream(empty), "x.gz"), Throws.TypeOf<InputException>().With.Message.Contains("is empty"));
    }
}
