using System.Buffers.Binary;
using NUnit.Framework;
using NetSim.Wire.Decoding;
using NetSim.Wire.Inspection;

namespace NetSim.Tests.Wire.Decoding;

public sealed class HostileBytesTests
{
    private static readonly int[] LinkTypeNumbers = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 147, -1];

    [Test]
    public void No_view_throws_on_random_bytes([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < 50_000; i++) ReadAll(Bytes(random), LinkTypeNumbers[i % LinkTypeNumbers.Length]);
        });
    }

    [Test]
    public void No_view_throws_on_frames_that_begin_well([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < 50_000; i++) ReadAll(Plausible(random), 1);
        });
    }

    [Test]
    public void A_TCP_option_of_length_zero_ends_the_walk()
    {
        var options = TcpOptions.Read([1, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.That(options.HasTimestamps, Is.False);
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(0, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Random bytes behind an EtherType, a version, a protocol and a port that lead deep into the views.</summary>
    private static byte[] Plausible(Random random)
    {
        var bytes = Bytes(random);
        ushort[] types = [0x0800, 0x86DD, 0x0806, 0x8100, 0x88A8];
        byte[] protocols = [1, 6, 17, 58, 0, 43, 44, 51, 60];
        ushort type = types[random.Next(types.Length)];
        if (bytes.Length < 64) return bytes;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), type);
        bytes[14] = type == 0x0800 ? (byte)(0x45 + random.Next(3)) : type == 0x86DD ? (byte)0x60 : bytes[14];
        bytes[16] = 0;
        bytes[20] &= 0x40;
        if (random.Next(2) == 0) bytes[21] = 0;
        bytes[type == 0x0800 ? 23 : 20] = protocols[random.Next(protocols.Length)];
        int ports = type == 0x0800 ? 34 : 54;
        bytes[ports] = 0;
        bytes[ports + 1] = 53;
        return bytes;
    }

    private static void ReadAll(ReadOnlySpan<byte> frame, int linkType)
    {
        _ = FrameReading.Summarise(frame, linkType);
        _ = FrameReading.TryReadFlow(frame, linkType, out _);
        if (EthernetView.TryRead(frame, out var e)) _ = e.Payload.Length + e.VlanIdentifier(0);
        if (ArpView.TryRead(frame, out var arp)) _ = arp.TargetProtocolAddress;
        if (Ipv4View.TryRead(frame, out var v4)) _ = v4.Options.Length + v4.Payload.Length + (v4.IsHeaderChecksumGood ? 1 : 0);
        if (Ipv6View.TryRead(frame, out var v6)) _ = v6.Payload.Length + v6.Identification;
        if (UdpView.TryRead(frame, out var udp)) _ = udp.Payload.Length;
        if (TcpView.TryRead(frame, out var tcp)) _ = tcp.Payload.Length + tcp.Options.SackBlocks;
        if (IcmpView.TryRead(frame, out var icmp)) _ = icmp.Payload.Length;
    }
}
