using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A PPP frame: address and control if they are there (RFC 1662, section 3.1), and the protocol of one or two bytes (RFC 1661, section 2).</summary>
public readonly ref struct PppView
{
    private PppView(int headerLength, int protocol)
    {
        HeaderLength = headerLength;
        Protocol = protocol;
    }

    /// <summary>Reads a frame; false when its header does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out PppView view)
    {
        view = default;
        int at = frame.Length >= 2 && frame[0] == 0xFF && frame[1] == 3 ? 2 : 0;
        if (frame.Length <= at) return false;
        // An odd first byte is a protocol compressed to one byte (RFC 1661, section 6.5).
        bool isShort = (frame[at] & 1) != 0;
        if (!isShort && frame.Length < at + 2) return false;
        view = isShort ? new(at + 1, frame[at]) : new(at + 2, BinaryPrimitives.ReadUInt16BigEndian(frame[at..]));
        return true;
    }

    /// <summary>Bytes before what it carries.</summary>
    public int HeaderLength { get; }

    /// <summary>0x0021 IPv4, 0x0057 IPv6, 0x0281 MPLS, 0xC021 LCP, …</summary>
    public int Protocol { get; }

    /// <summary>The same as EtherType; 0 for what has none.</summary>
    public ushort EtherType => Protocol switch { 0x21 => (ushort)Model.Packets.EtherType.Ipv4, 0x57 => (ushort)Model.Packets.EtherType.Ipv6, 0x281 => MplsView.EtherType, _ => 0 };
}
