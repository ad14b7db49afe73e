using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>An ICMP message: of IPv4 (RFC 792) or of IPv6 (RFC 4443, section 2.1). Both share the first eight bytes' shape.</summary>
public readonly ref struct IcmpView
{
    /// <summary>Bytes of the header with its second word.</summary>
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _message;

    private IcmpView(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>Reads a message; false when it is shorter than eight bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out IcmpView view)
    {
        view = message.Length < HeaderLength ? default : new(message);
        return message.Length >= HeaderLength;
    }

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _message;

    /// <summary>Type: of IPv4 0 echo reply, 3 unreachable, 5 redirect, 8 echo, 11 time exceeded; of IPv6 1, 2, 3, 128, 129, 133 to 137.</summary>
    public byte Type => _message[0];

    /// <summary>Code, whose meaning depends on the type.</summary>
    public byte Code => _message[1];

    /// <summary>Checksum as it stands there.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_message[2..]);

    /// <summary>Identifier of an echo.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_message[4..]);

    /// <summary>Sequence number of an echo.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_message[6..]);

    /// <summary>The second word: MTU of "packet too big", gateway of a redirect.</summary>
    public uint RestOfHeader => BinaryPrimitives.ReadUInt32BigEndian(_message[4..]);

    /// <summary>The MTU of the next hop in "fragmentation needed" (RFC 1191, section 4).</summary>
    public ushort NextHopMtu => SequenceNumber;

    /// <summary>What follows: the data of an echo, the packet that an error quotes.</summary>
    public ReadOnlySpan<byte> Payload => _message[HeaderLength..];
}
