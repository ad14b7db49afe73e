using NetSim.Capture.Files;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Hostile;

/// <summary>What hostile files broke once.</summary>
public sealed class HostileFindTests
{
    [TestCase(0x7FFFFFFF)]
    [TestCase(-1)]
    public void A_cooked_packet_of_an_interface_with_an_absurd_number_is_read(int number)
    {
        byte[] packet = [8, 0, 0, 0, .. BitConverter.GetBytes(number).Reverse(), 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. new byte[40]];
        using var file = new MemoryStream();
        using (var writer = new PcapWriter(file, linkType: 276))
        {
            writer.Write(1, packet);
            writer.Write(2, packet);
        }

        Assert.That(HostileRun.Read(file.ToArray(), maps: true), Is.True);
    }

    [TestCase(long.MinValue, long.MaxValue)]
    [TestCase(-5_000_000_000_000_000_000, 5_000_000_000_000_000_000)]
    [TestCase(long.MaxValue, long.MinValue)]
    public void Packets_centuries_apart_are_read(long first, long second)
    {
        byte[] packet = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 53, 0, 53, 0, 8, 0, 0];
        using var file = new MemoryStream();
        using (var writer = new PcapngWriter(file))
        {
            writer.AddInterface("eth0");
            writer.AddInterface("eth1");
            writer.Write(0, first, packet);
            writer.Write(1, second, packet);
            writer.Write(0, second, packet);
        }

        Assert.That(HostileRun.Read(file.ToArray(), maps: true), Is.True);
    }
}
