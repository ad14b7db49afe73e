using NetSim.Capture.Files;
using NetSim.Model.Packets;
using NetSim.Tests.Capture;
using NetSim.Wire.Inspection;
using NUnit.Framework;

namespace NetSim.Tests.Wire.Decoding;

/// <summary>Our views against PacketDotNet, packet by packet, on real captures.</summary>
public sealed class PeerTests
{
    [TestCase("dns-icmp.pcap")]
    [TestCase("dns.pcap.gz")]
    [TestCase("docker-http-upgrade.pcap")]
    [TestCase("http-sll2.pcap")]
    [TestCase("raw-ip.pcap")]
    [TestCase("nanoseconds-big-endian.pcap")]
    [TestCase("multi-interface.pcapng")]
    [TestCase("ptcpdump-tcp.pcapng")]
    public void Views_and_PacketDotNet_tell_the_same(string name)
    {
        using var reader = CaptureReader.Open(Samples.PathOf(name));
        var differ = new List<string>();
        int number = 0;
        while (reader.TryNext(out var p))
        {
            number++;
            int linkType = reader.Interfaces[p.Interface].LinkType;
            string ours = FrameReading.TryReadFlow(p.Bytes, linkType, out var flow) ? Ports(flow).ToString() : "no IP";
            string theirs = PeerReading.TryReadFlow(p.Bytes.ToArray(), linkType, out var peer) ? Ports(peer).ToString() : "no IP";
            if (ours != theirs) differ.Add($"{number}: {ours} / {theirs}");
        }
        Assert.That(differ, Is.Empty);
    }

    /// <summary>Echo identifiers are ours alone.</summary>
    private static FlowKey Ports(FlowKey flow) => flow.Protocol is IpProtocol.Tcp or IpProtocol.Udp ? flow : flow with { SourcePort = default };
}
