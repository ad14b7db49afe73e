namespace NetSim.Wire.Decoding;

/// <summary>The header of an IEEE 802.11 frame (clause 9.2).</summary>
public readonly ref struct WlanView
{
    private readonly ReadOnlySpan<byte> _frame;

    private WlanView(ReadOnlySpan<byte> frame, int headerLength)
    {
        _frame = frame;
        HeaderLength = headerLength;
    }

    /// <summary>Reads a header; false when it does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out WlanView view)
    {
        view = default;
        if (frame.Length < 10) return false;
        int length = LengthOf(frame[0], frame[1]);
        if (frame.Length < length) return false;
        view = new(frame, length);
        return true;
    }

    /// <summary>0 management, 1 control, 2 data, 3 extension.</summary>
    public int Type => _frame[0] >> 2 & 3;

    /// <summary>Subtype: of data, bit 2 says that there is none and bit 3 that it has QoS.</summary>
    public int Subtype => _frame[0] >> 4;

    /// <summary>Is the body encrypted?</summary>
    public bool IsProtected => (_frame[1] & 0x40) != 0;

    /// <summary>Bytes before the body.</summary>
    public int HeaderLength { get; }

    /// <summary>Does an LLC header follow? Data that is neither encrypted, empty, a later fragment, nor several frames in one (A-MSDU).</summary>
    public bool IsPlainData => Type == 2 && !IsProtected && (Subtype & 4) == 0 && HeaderLength >= 24 && (_frame[22] & 15) == 0 && !IsAggregate;

    /// <summary>Where the sender's address lies; -1 where none is.</summary>
    public int SenderOffset => HeaderLength >= 16 ? 10 : -1;

    private bool IsAggregate => (Subtype & 8) != 0 && (_frame[HasFourAddresses ? 30 : 24] & 0x80) != 0;

    private bool HasFourAddresses => (_frame[1] & 3) == 3;

    private static int LengthOf(byte control, byte flags)
    {
        int type = control >> 2 & 3, subtype = control >> 4;
        if (type == 1) return subtype is 12 or 13 ? 10 : 16;
        if (type == 3) return 10;
        int length = type == 2 && (flags & 3) == 3 ? 30 : 24;
        if (type == 2 && (subtype & 8) != 0) length += (flags & 0x80) != 0 ? 6 : 2;
        return length;
    }
}
