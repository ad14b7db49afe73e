using System.Buffers.Binary;
using NUnit.Framework;
using NetSim.Wire;

namespace NetSim.Tests.Wire;

public sealed class ChecksumTests
{
    /// <summary>The octets and their sum that RFC 1071 gives in section 3.</summary>
    [Test]
    public void The_example_of_RFC_1071_sums_to_ddf2() =>
        Assert.That(Checksum.Sum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), Is.EqualTo(0xddf2));

    [Test]
    public void Vectors_and_words_sum_as_the_plain_loop_does_at_any_length()
    {
        var random = new Random(1);
        for (int length = 0; length < 2000; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            if (length % 3 == 0) Array.Fill(bytes, (byte)0xFF);
            Assert.That(Checksum.Sum(bytes), Is.EqualTo(PlainSum(bytes)), $"length {length}");
        }
    }

    [Test]
    public void A_changed_word_updates_the_sum_as_summing_anew_does()
    {
        var random = new Random(2);
        for (int i = 0; i < 1000; i++)
        {
            var bytes = new byte[40];
            random.NextBytes(bytes);
            ushort before = Checksum.Of(bytes), old = (ushort)(bytes[8] << 8 | bytes[9]), next = (ushort)random.Next(65536);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(8), next);
            Assert.That(Checksum.Update(before, old, next), Is.EqualTo(Checksum.Of(bytes)));
        }
    }

    private static int PlainSum(byte[] bytes)
    {
        long sum = 0;
        for (int i = 0; i < bytes.Length; i += 2) sum += bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (int)sum;
    }
}
