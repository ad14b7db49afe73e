using System.Buffers.Binary;

namespace NetSim.Wire.Decoding;

/// <summary>A radiotap header, as far as it says how the 802.11 frame lies behind it (radiotap.org).</summary>
public readonly ref struct RadiotapView
{
    private RadiotapView(int headerLength, byte flags)
    {
        HeaderLength = headerLength;
        HasFrameCheckSequence = (flags & 0x10) != 0;
        IsPadded = (flags & 0x20) != 0;
    }

    /// <summary>Reads a header; false when it does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out RadiotapView view)
    {
        view = default;
        if (frame.Length < 8 || frame[0] != 0) return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        if (length < 8 || length > frame.Length) return false;
        view = new(length, FlagsOf(frame[..length]));
        return true;
    }

    /// <summary>Bytes of the header.</summary>
    public int HeaderLength { get; }

    /// <summary>Do four bytes of frame check sequence end the frame?</summary>
    public bool HasFrameCheckSequence { get; }

    /// <summary>Is the 802.11 header padded to four bytes?</summary>
    public bool IsPadded { get; }

    /// <summary>Field 1, behind the words of presence and field 0, a time of eight bytes.</summary>
    private static byte FlagsOf(ReadOnlySpan<byte> header)
    {
        uint present = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if ((present & 2) == 0) return 0;
        int at = 8;
        for (uint word = present; (word & 0x8000_0000) != 0; at += 4)
        {
            if (at + 4 > header.Length) return 0;
            word = BinaryPrimitives.ReadUInt32LittleEndian(header[at..]);
        }
        if ((present & 1) != 0) at = (at + 7 & ~7) + 8;
        return at < header.Length ? header[at] : (byte)0;
    }
}
