using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>The options of a TCP segment that Linux speaks (RFC 9293, section 3.2; RFC 7323; RFC 2018). What does not fit ends the walk; what is unknown is passed over.</summary>
public readonly record struct TcpOptions
{
    /// <summary>Maximum segment size (kind 2), or null.</summary>
    public ushort? MaximumSegmentSize { get; init; }

    /// <summary>Window scale as a shift (kind 3), or null; above 14 counts as 14 (RFC 7323, section 2.3).</summary>
    public byte? WindowScale { get; init; }

    /// <summary>SACK permitted (kind 4).</summary>
    public bool SackPermitted { get; init; }

    /// <summary>Are there timestamps (kind 8)?</summary>
    public bool HasTimestamps { get; init; }

    /// <summary>TSval.</summary>
    public uint TimestampValue { get; init; }

    /// <summary>TSecr.</summary>
    public uint TimestampEchoReply { get; init; }

    /// <summary>SACK blocks (kind 5): 0 to 4.</summary>
    public int SackBlocks { get; init; }

    /// <summary>The first block: left edge, right edge (the byte after it).</summary>
    public (uint Left, uint Right) Sack0 { get; init; }

    /// <summary>The second block.</summary>
    public (uint Left, uint Right) Sack1 { get; init; }

    /// <summary>The third block.</summary>
    public (uint Left, uint Right) Sack2 { get; init; }

    /// <summary>The fourth block.</summary>
    public (uint Left, uint Right) Sack3 { get; init; }

    /// <summary>Block <paramref name="n"/>.</summary>
    public (uint Left, uint Right) Sack(int n) => n switch { 0 => Sack0, 1 => Sack1, 2 => Sack2, _ => Sack3 };

    /// <summary>Walks options; never fails and never stands still.</summary>
    public static TcpOptions Read(ReadOnlySpan<byte> options)
    {
        // What nearly every segment of an open connection carries: NOP NOP timestamps.
        if (options.Length == 12 && BinaryPrimitives.ReadUInt32BigEndian(options) == 0x0101_080A)
            return new() { HasTimestamps = true, TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(options[4..]), TimestampEchoReply = BinaryPrimitives.ReadUInt32BigEndian(options[8..]) };
        var read = new TcpOptions();
        while (!options.IsEmpty && options[0] != 0)
        {
            if (options[0] == 1)
            {
                options = options[1..];
                continue;
            }
            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length) break;
            read = read.With(options[0], options[2..options[1]]);
            options = options[options[1]..];
        }
        return read;
    }

    private TcpOptions With(byte kind, ReadOnlySpan<byte> value) => (kind, value.Length) switch
    {
        (2, 2) => this with { MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(value) },
        (3, 1) => this with { WindowScale = Math.Min(value[0], (byte)14) },
        (4, 0) => this with { SackPermitted = true },
        (5, 8 or 16 or 24 or 32) => WithSack(value),
        (8, 8) => this with { HasTimestamps = true, TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(value), TimestampEchoReply = BinaryPrimitives.ReadUInt32BigEndian(value[4..]) },
        _ => this,
    };

    private TcpOptions WithSack(ReadOnlySpan<byte> value) => this with
    {
        SackBlocks = value.Length / 8,
        Sack0 = Block(value, 0),
        Sack1 = Block(value, 1),
        Sack2 = Block(value, 2),
        Sack3 = Block(value, 3),
    };

    private static (uint, uint) Block(ReadOnlySpan<byte> value, int n) => value.Length < 8 * n + 8
        ? default
        : (BinaryPrimitives.ReadUInt32BigEndian(value[(8 * n)..]), BinaryPrimitives.ReadUInt32BigEndian(value[(8 * n + 4)..]));
}
