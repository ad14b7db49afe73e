using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Decoding;

/// <summary>An IP packet of either family, as far as both have the same to tell.</summary>
public readonly ref struct IpView
{
    private readonly int _payloadOffset;
    private readonly int _fragment; // offset in bytes, and 1 when more follow

    private IpView(Ipv4View v4)
    {
        Bytes = v4.Bytes;
        _payloadOffset = v4.HeaderLength;
        Protocol = v4.Protocol;
        int field = BinaryPrimitives.ReadUInt16BigEndian(Bytes[6..]);
        _fragment = (field & 0x1FFF) << 3 | field >> 13 & 1;
    }

    private IpView(Ipv6View v6)
    {
        Bytes = v6.Bytes;
        _payloadOffset = v6.PayloadOffset;
        Protocol = v6.Protocol;
        _fragment = v6.FragmentOffset | (v6.MoreFragments ? 1 : 0);
        IsV6 = true;
    }

    /// <summary>Reads a packet; false when it is of neither version or its headers do not fit. A packet cut in its payload is read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out IpView view)
    {
        bool isV4 = Ipv4View.TryRead(packet, out var v4);
        if (!isV4) return TryReadV6(packet, out view);
        view = new(v4);
        return true;
    }

    private static bool TryReadV6(ReadOnlySpan<byte> packet, out IpView view)
    {
        bool isV6 = Ipv6View.TryRead(packet, out var v6);
        view = isV6 ? new(v6) : default;
        return isV6;
    }

    /// <summary>The packet without link padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Is it IPv6?</summary>
    public bool IsV6 { get; }

    /// <summary>What it carries; of IPv6 behind all extension headers.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Is it a piece of a larger packet?</summary>
    public bool IsFragment => _fragment != 0;

    /// <summary>Is it a piece other than the first, which has no ports?</summary>
    public bool IsLaterFragment => _fragment > 1;

    /// <summary>Bytes before the payload.</summary>
    public int HeaderLength => _payloadOffset;

    /// <summary>Time to live or hop limit.</summary>
    public byte TimeToLive => IsV6 ? Bytes[7] : Bytes[8];

    /// <summary>Source address.</summary>
    public IpAddress Source => IsV6 ? IpAddress.Read(Bytes.Slice(8, 16)) : IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[12..]));

    /// <summary>Destination address.</summary>
    public IpAddress Destination => IsV6 ? IpAddress.Read(Bytes.Slice(24, 16)) : IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[16..]));

    /// <summary>The source address in a header of IPv4, without a view.</summary>
    public static IpAddress SourceV4(ReadOnlySpan<byte> header) => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(header[12..]));

    /// <summary>The destination address in a header of IPv4, without a view.</summary>
    public static IpAddress DestinationV4(ReadOnlySpan<byte> header) => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(header[16..]));

    /// <summary>What follows all headers of IP.</summary>
    public ReadOnlySpan<byte> Payload => Bytes[_payloadOffset..];

    /// <summary>The sum of the pseudo header for an upper layer of that length (RFC 9293 section 3.1, RFC 8200 section 8.1), not yet folded.</summary>
    public uint PseudoHeaderSum(int length) => IsV6 ? Checksum.PseudoHeader(Bytes.Slice(8, 32), (byte)Protocol, length) : Checksum.PseudoHeaderV4(Bytes, (byte)Protocol, length);
}
