using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Wire.Decoding;

/// <summary>An IP packet of either family, as far as both have the same to tell.</summary>
public readonly ref struct IpView
{
    private readonly int _payloadOffset;

    private IpView(ReadOnlySpan<byte> bytes, int payloadOffset, IpProtocol protocol, (bool Piece, bool Later) fragment)
    {
        Bytes = bytes;
        _payloadOffset = payloadOffset;
        Protocol = protocol;
        (IsFragment, IsLaterFragment) = fragment;
    }

    /// <summary>Reads a packet; false when it is of neither version or its headers do not fit. A packet cut in its payload is read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out IpView view)
    {
        if (Ipv4View.TryRead(packet, out var v4)) view = new(v4.Bytes, v4.HeaderLength, v4.Protocol, (v4.IsFragment, v4.FragmentOffset != 0));
        else if (Ipv6View.TryRead(packet, out var v6)) view = new(v6.Bytes, v6.PayloadOffset, v6.Protocol, (v6.IsFragment, v6.FragmentOffset != 0));
        else
        {
            view = default;
            return false;
        }
        return true;
    }

    /// <summary>The packet without link padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Is it IPv6?</summary>
    public bool IsV6 => Bytes[0] >> 4 == 6;

    /// <summary>What it carries; of IPv6 behind all extension headers.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Is it a piece of a larger packet?</summary>
    public bool IsFragment { get; }

    /// <summary>Is it a piece other than the first, which has no ports?</summary>
    public bool IsLaterFragment { get; }

    /// <summary>Bytes before the payload.</summary>
    public int HeaderLength => _payloadOffset;

    /// <summary>Time to live or hop limit.</summary>
    public byte TimeToLive => IsV6 ? Bytes[7] : Bytes[8];

    /// <summary>Source address.</summary>
    public IpAddress Source => IsV6 ? IpAddress.Read(Bytes.Slice(8, 16)) : IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[12..]));

    /// <summary>Destination address.</summary>
    public IpAddress Destination => IsV6 ? IpAddress.Read(Bytes.Slice(24, 16)) : IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[16..]));

    /// <summary>What follows all headers of IP.</summary>
    public ReadOnlySpan<byte> Payload => Bytes[_payloadOffset..];

    /// <summary>The sum of the pseudo header for an upper layer of that length (RFC 9293 section 3.1, RFC 8200 section 8.1), not yet folded.</summary>
    public uint PseudoHeaderSum(int length) => Checksum.PseudoHeader(IsV6 ? Bytes.Slice(8, 32) : Bytes.Slice(12, 8), (byte)Protocol, length);
}
