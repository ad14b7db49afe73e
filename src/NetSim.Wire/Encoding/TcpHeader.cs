using System.Buffers.Binary;
using NetSim.Wire.Decoding;

namespace NetSim.Wire.Encoding;

/// <summary>A TCP header with options (RFC 9293, section 3.1), to be written in place.</summary>
public readonly record struct TcpHeader
{
    /// <summary>Bytes of a header without options.</summary>
    public const int LeastLength = 20;

    /// <summary>Source port.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>Destination port.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>Sequence number of the first data byte (or of SYN).</summary>
    public uint SequenceNumber { get; init; }

    /// <summary>The next sequence number expected.</summary>
    public uint AcknowledgmentNumber { get; init; }

    /// <summary>Control bits.</summary>
    public TcpFlags Flags { get; init; }

    /// <summary>Window as it goes on the wire.</summary>
    public ushort Window { get; init; }

    /// <summary>Urgent pointer.</summary>
    public ushort UrgentPointer { get; init; }

    /// <summary>Options.</summary>
    public TcpOptions Options { get; init; }

    /// <summary>Bytes written: 20 and the options, padded to a multiple of 4.</summary>
    public int Length => LeastLength + TcpOptionsLayout.Length(Options);

    /// <summary>Writes the header before its data, which is there already (at <see cref="Length"/>), and sums up both.</summary>
    /// <param name="segment">Header and data.</param>
    /// <param name="pseudoHeaderSum">The IP header's pseudo header sum.</param>
    public void Write(Span<byte> segment, uint pseudoHeaderSum)
    {
        int length = LeastLength + TcpOptionsLayout.Write(segment[LeastLength..], Options);
        BinaryPrimitives.WriteUInt32BigEndian(segment, (uint)SourcePort << 16 | DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], AcknowledgmentNumber);
        BinaryPrimitives.WriteUInt32BigEndian(segment[12..], (uint)length << 26 | (uint)Flags << 16 | Window);
        BinaryPrimitives.WriteUInt32BigEndian(segment[16..], UrgentPointer);
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum.Of(segment, pseudoHeaderSum));
    }
}
