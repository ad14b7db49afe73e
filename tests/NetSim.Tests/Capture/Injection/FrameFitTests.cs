using NetSim.Capture.Files;
using NetSim.Capture.Injection;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire;
using NetSim.Wire.Decoding;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Injection;

public sealed class FrameFitTests
{
    private static readonly MacAddress ClientMac = MacAddress.Parse("02:42:ac:12:00:03"), GatewayMac = MacAddress.Parse("02:42:ac:12:00:01");

    [Test]
    public void Addresses_become_others_and_checksums_stay_right()
    {
        var (before, after) = Fitted("docker-http-upgrade.pcap");

        Assert.That(after.Select(Wrong), Is.EqualTo(before.Select(Wrong)));
    }

    [Test]
    public void Who_is_known_has_his_own_mac_and_all_others_that_of_the_gateway()
    {
        var (_, after) = Fitted("docker-http-upgrade.pcap");

        var senders = after.Select(f => (Flow(f).Source.ToString(), MacAddress.Read(f.AsSpan(6)))).Distinct().ToList();
        Assert.That(senders.Where(s => s.Item1 == "172.18.0.3").Select(s => s.Item2), Is.EqualTo(new[] { ClientMac }));
        Assert.That(senders.Where(s => s.Item1 != "172.18.0.3").Select(s => s.Item2).Distinct(), Is.EqualTo(new[] { GatewayMac }));
    }

    [Test]
    public void A_plan_keeps_who_is_known_and_gives_a_stranger_a_free_place()
    {
        string file = Samples.PathOf("docker-http-upgrade.pcap");
        var (first, second) = Ends(file);
        LinkNeighbour[] neighbours = [new("web", first, ClientMac, false), new("db", IpAddress.Parse("172.18.0.9"), MacAddress.Parse("02:42:ac:12:00:09"), false)];

        var fit = FitPlan.Make([file], neighbours, new Dictionary<IpAddress, IpAddress>(), out var unfitted);

        Assert.That(fit.Addresses.Select(a => (a.Key, a.Value)), Is.EqualTo(new[] { (second, IpAddress.Parse("172.18.0.9")) }));
        Assert.That(unfitted, Is.Empty);
    }

    [Test]
    public void What_has_no_place_is_told()
    {
        string file = Samples.PathOf("docker-http-upgrade.pcap");
        var (first, second) = Ends(file);

        FitPlan.Make([file], [new("web", first, ClientMac, false)], new Dictionary<IpAddress, IpAddress>(), out var unfitted);

        Assert.That(unfitted, Is.EqualTo(new[] { second }));
    }

    [Test]
    public void Frames_that_are_none_stay_as_they_are()
    {
        var random = new Random(4);
        var fit = Fit("10.0.0.1");
        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                var frame = new byte[random.Next(120)];
                random.NextBytes(frame);
                if (frame.Length > 14) (frame[12], frame[13]) = random.Next(3) switch { 0 => ((byte)8, (byte)0), 1 => ((byte)0x86, (byte)0xDD), _ => ((byte)8, (byte)6) };
                if (frame.Length > 15) frame[14] = (byte)(random.Next(2) == 0 ? 0x45 : 0x60);
                fit.Apply(frame);
            }
        });
    }

    private static FrameFit Fit(string client) => new(
        new Dictionary<IpAddress, IpAddress> { [IpAddress.Parse(client)] = IpAddress.Parse("172.18.0.3") },
        new Dictionary<IpAddress, MacAddress> { [IpAddress.Parse("172.18.0.3")] = ClientMac },
        GatewayMac);

    private static (List<byte[]> Before, List<byte[]> After) Fitted(string name)
    {
        var frames = Frames(Samples.PathOf(name));
        var fit = Fit(Flow(frames[0]).Source.ToString());
        var after = frames.ConvertAll(f => (byte[])f.Clone());
        after.ForEach(f => fit.Apply(f));
        return (frames, after);
    }

    private static (IpAddress First, IpAddress Second) Ends(string file)
    {
        var ends = Frames(file).SelectMany(f => new[] { Flow(f).Source, Flow(f).Destination }).Distinct().Order().ToList();
        return (ends[0], ends[1]);
    }

    private static List<byte[]> Frames(string file)
    {
        using var reader = CaptureReader.Open(file);
        return [.. Samples.ReadAll(reader).Select(p => p.Bytes).Where(b => b.Length > 34 && b[12] == 8 && b[13] == 0)];
    }

    private static FlowKey Flow(byte[] frame) => Ipv4View.TryRead(frame.AsSpan(14), out var ip) ? new(ip.Protocol, ip.Source, default, ip.Destination, default) : default;

    /// <summary>By how much the checksums are off (what was never right, for want of it in an offloading stack, stays as wrong as it was).</summary>
    private static (ushort Ip, ushort Transport) Wrong(byte[] frame)
    {
        Ipv4View.TryRead(frame.AsSpan(14), out var ip);
        var addresses = frame.AsSpan(26, 8);
        return (Checksum.Of(frame.AsSpan(14, 20)), Checksum.Of(ip.Payload, Checksum.PseudoHeader(addresses, (byte)ip.Protocol, ip.Payload.Length)));
    }
}
