using NetSim.Scenarios.Tests.Stories;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>What a run writes as pcapng is what Wireshark would call flawless.</summary>
public sealed class WireTests
{
    private static IEnumerable<string> Scenarios => Runs.Scenarios;

    [TestCaseSource(nameof(Scenarios))]
    public void The_file_is_whole_and_every_interface_has_a_name_of_its_own(string scenario)
    {
        var interfaces = InterfaceFrames.Of(Runs.Pcapng(Runs.Of(scenario)), out var damage);

        Assert.That((damage, interfaces.Count > 0, interfaces.DistinctBy(i => i.Name).Count()), Is.EqualTo((default(Capture.Files.Damage), true, interfaces.Count)));
    }

    [TestCaseSource(nameof(Scenarios))]
    public void No_frame_is_malformed_and_every_checksum_is_right(string scenario)
    {
        var problems = from i in InterfaceFrames.Of(Runs.Pcapng(Runs.Of(scenario)), out _)
                       from f in i.Frames.Select((bytes, n) => (Problem: FrameCheck.Problem(bytes), Number: n))
                       where f.Problem is not null
                       select $"{i.Name} frame {f.Number}: {f.Problem}";

        Assert.That(problems, Is.Empty);
    }

    [TestCaseSource(nameof(Scenarios))]
    public void Every_TCP_conversation_is_whole_on_each_interface(string scenario)
    {
        var problems = from i in InterfaceFrames.Of(Runs.Pcapng(Runs.Of(scenario)), out _)
                       from p in StreamCheck.Problems(i.Frames)
                       select $"{i.Name}: {p}";

        Assert.That(problems, Is.Empty);
    }

    [TestCaseSource(nameof(Scenarios))]
    public void Wireshark_finds_no_bad_checksum(string scenario)
    {
        using var file = new ShownFile(Runs.Pcapng(Runs.Of(scenario)));

        string found = Tshark.Lines(file.Path, "ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0");

        Assert.That(found, Is.Empty);
    }

    /// <summary>One interface at a time: together, the sightings of one packet look like retransmissions. On a container's lo the questions to its resolver
    /// go to the port that port 53 is translated to, there as on a real engine, so that Wireshark knows the answers alone.
    /// A SYN that nobody answers comes again.</summary>
    [TestCaseSource(nameof(Scenarios))]
    public void Wireshark_has_nothing_to_complain_of_on_each_interface(string scenario)
    {
        var interfaces = InterfaceFrames.Of(Runs.Pcapng(Runs.Of(scenario)), out _);
        using var file = new ShownFile(Runs.Pcapng(Runs.Of(scenario)));

        var complaints = interfaces.Select((i, n) =>
        {
            using var one = new ShownFile([]);
            Tshark.Split(file.Path, one.Path, $"frame.interface_id == {n}");
            string found = Tshark.Lines(one.Path, "_ws.malformed || (tcp.analysis.flags && !(tcp.flags.syn == 1 && tcp.flags.ack == 0)) || dns.retransmit_request || dns.retransmit_response || (dns.unsolicited && !(ip.src == 127.0.0.11))");
            return found.Length == 0 ? "" : $"{i.Name}:\n{found}";
        });

        Assert.That(string.Concat(complaints), Is.Empty);
    }
}
