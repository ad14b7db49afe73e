using System.Buffers.Binary;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Encoding;

/// <summary>Where Linux puts options in a TCP header: maximum segment size, SACK permitted and timestamps in one go, window scale, SACK blocks; NOPs in front for alignment.
/// Source: linux v6.1 net/ipv4/tcp_output.c tcp_options_write.</summary>
internal static class TcpOptionsLayout
{
    private const int MostBytes = 40;

    /// <summary>Bytes that the options take.</summary>
    public static int Length(in TcpOptions o) =>
        (o.MaximumSegmentSize is null ? 0 : 4)
        + (o.HasTimestamps ? 12 : o.SackPermitted ? 4 : 0)
        + (o.WindowScale is null ? 0 : 4)
        + SackLength(o);

    /// <summary>Writes the options and returns how many bytes that took.</summary>
    public static int Write(Span<byte> target, in TcpOptions o)
    {
        int at = 0;
        if (o.MaximumSegmentSize is { } mss) Word(target, ref at, 0x0204_0000u | mss);
        if (o.HasTimestamps)
        {
            Word(target, ref at, o.SackPermitted ? 0x0402_080Au : 0x0101_080Au);
            Word(target, ref at, o.TimestampValue);
            Word(target, ref at, o.TimestampEchoReply);
        }
        else if (o.SackPermitted) Word(target, ref at, 0x0101_0402);
        if (o.WindowScale is { } scale) Word(target, ref at, 0x0103_0300u | scale);
        if (o.SackBlocks > 0) WriteSack(target, ref at, o);
        return at;
    }

    /// <summary>How many blocks find room: three beside timestamps.</summary>
    private static int Blocks(in TcpOptions o) => Math.Min(o.SackBlocks, (MostBytes - (o.HasTimestamps ? 12 : 0) - (o.MaximumSegmentSize is null ? 0 : 4) - (o.WindowScale is null ? 0 : 4) - 4) / 8);

    private static int SackLength(in TcpOptions o) => o.SackBlocks == 0 ? 0 : 4 + 8 * Blocks(o);

    private static void WriteSack(Span<byte> target, ref int at, in TcpOptions o)
    {
        int blocks = Blocks(o);
        Word(target, ref at, 0x0101_0500u | (uint)(2 + 8 * blocks));
        for (int i = 0; i < blocks; i++)
        {
            Word(target, ref at, o.Sack(i).Left);
            Word(target, ref at, o.Sack(i).Right);
        }
    }

    private static void Word(Span<byte> target, ref int at, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target[at..], value);
        at += 4;
    }
}
