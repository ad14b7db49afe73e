using System.Buffers.Binary;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Files;

public sealed class FormatTests
{
    [TestCase(0xA1B2C3D4u, 1_000_000_002_000L)]
    [TestCase(0xA1B23C4Du, 1_000_000_000_002L)]
    public void Both_byte_orders_and_resolutions_tell_the_same_time(uint magic, long time)
    {
        var times = new[] { true, false }.Select(big => Samples.ReadAll(Pcap(big, magic, 4))[0].UnixNanoseconds);
        Assert.That(times, Is.All.EqualTo(time));
    }

    [Test]
    public void Lengths_of_old_versions_stand_the_other_way_round()
    {
        byte[] file = Pcap(false, 0xA1B2C3D4, 2, captured: 60, original: 4);
        Assert.That((Samples.ReadAll(file)[0].Bytes.Length, Samples.ReadAll(file)[0].OriginalLength), Is.EqualTo((4, 60)));
    }

    [TestCase(6, 0, 1_500_000UL, 1_500_000_000L)]
    [TestCase(9, 0, 1_500UL, 1_500L)]
    [TestCase(12, 0, 1_500_000UL, 1_500L)]
    [TestCase(0, 0, 2UL, 2_000_000_000L)]
    [TestCase(0x80 + 10, 0, 1024UL, 1_000_000_000L)]
    [TestCase(6, -5, 6_000_000UL, 1_000_000_000L)]
    public void A_timestamp_follows_its_resolution_and_offset(int resolution, int offset, ulong ticks, long nanoseconds) =>
        Assert.That(TimeScale.Of((byte)resolution, offset).ToNanoseconds(ticks), Is.EqualTo(nanoseconds));

    [Test]
    public void A_simple_packet_is_cut_at_the_snap_length_and_has_no_time()
    {
        byte[] file = [.. Section, .. Block(1, [1, 3]), .. Block(3, [10, 0x0403_0201])];
        using var reader = CaptureReader.Open(new MemoryStream(file), "x");
        reader.TryNext(out var packet);
        Assert.That((packet.Bytes.Length, packet.OriginalLength, packet.HasTime), Is.EqualTo((3, 10, false)));
    }

    [Test]
    public void Unknown_blocks_are_passed_over()
    {
        byte[] file = [.. Section, .. Block(1, [1, 0]), .. Block(0xBAD, [1, 2, 3]), .. Block(0x77, []), .. Block(3, [4, 7])];
        Assert.That(Samples.ReadAll(file), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_packet_of_an_interface_that_was_never_declared_is_damage()
    {
        using var reader = CaptureReader.Open(new MemoryStream([.. Section, .. Block(6, [2, 0, 0, 0, 0])]), "x");
        reader.TryNext(out _);
        Assert.That(reader.Damage!.Sentence, Is.EqualTo("a packet was taken on interface 2 of a section that declares 0"));
    }

    [Test]
    public void A_new_section_counts_its_interfaces_anew()
    {
        byte[] file = [.. Section, .. Block(1, [1, 0]), .. Section, .. Block(1, [101, 0]), .. Block(3, [4, 7])];
        using var reader = CaptureReader.Open(new MemoryStream(file), "x");
        reader.TryNext(out var packet);
        Assert.That(reader.Interfaces[packet.Interface].LinkType, Is.EqualTo(101));
    }

    [Test]
    public void A_block_whose_two_lengths_differ_is_damage()
    {
        byte[] block = Block(3, [4, 7]);
        block[^4]++;
        using var reader = CaptureReader.Open(new MemoryStream([.. Section, .. Block(1, [1, 0]), .. block]), "x");
        reader.TryNext(out _);
        Assert.That(reader.Damage, Is.EqualTo(new Damage("x", 48, "a block says 20 bytes at its begin and 21 at its end")));
    }

    [Test]
    public void A_header_cut_short_is_bad_input() =>
        Assert.That(() => Samples.ReadAll(Pcap(false, 0xA1B2C3D4, 4)[..20]), Throws.TypeOf<InputException>().With.Message.EqualTo("test.pcap:byte 20: the file ends in the middle of its header of 24 bytes"));

    [Test]
    public void A_packet_of_four_gigabytes_is_damage_and_not_memory()
    {
        using var reader = CaptureReader.Open(new MemoryStream(Pcap(false, 0xA1B2C3D4, 4, captured: uint.MaxValue)), "x");
        reader.TryNext(out _);
        Assert.That(reader.Damage!.Sentence, Does.Contain("claims 4294967295 bytes"));
    }

    private static byte[] Section => [.. Block(0x0A0D0D0A, [0x1A2B3C4D, 1, 0xFFFFFFFF, 0xFFFFFFFF])];

    private static byte[] Block(uint type, uint[] body)
    {
        uint length = 12 + 4 * (uint)body.Length;
        return Words(false, [type, length, .. body, length]);
    }

    private static byte[] Pcap(bool bigEndian, uint magic, uint minor, uint captured = 4, uint original = 60)
    {
        uint version = bigEndian ? 2 << 16 | minor : 2 | minor << 16;
        return Words(bigEndian, [magic, version, 0, 0, 65535, 1, 1000, 2, captured, original, 0xDEADBEEF]);
    }

    private static byte[] Words(bool bigEndian, uint[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
            else BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        }
        return bytes;
    }
}
