namespace NetSim.Workbench.Recording;

/// <summary>What a frame counts towards a capture's limit of packets. A tap of a real host sees what segmentation offload hands on, up to 64 KB at once and an acknowledgment for each;
/// here every segment is a frame of its own. So of a bulk transfer sixteen frames count as one.</summary>
internal static class OffloadWeight
{
    private const int Whole = 16;
    private const int FullSegment = 1000;
    private const int BareSegment = 94; // Ethernet, IPv6 and a TCP header with all its options
    private const int Push = 0x08;
    private const int AckOnly = 0x10;

    /// <summary>The weight of a frame: 16 for most, 1 for a full segment of TCP or a bare acknowledgment.</summary>
    public static int Of(ReadOnlySpan<byte> frame, int length)
    {
        if (frame.Length < 34) return Whole;
        bool v4 = frame[12] == 0x08 && frame[13] == 0x00, v6 = frame[12] == 0x86 && frame[13] == 0xDD;
        int tcp = v4 ? 14 + (frame[14] & 0x0F) * 4 : 54;
        if (!(v4 && frame[23] == 6 || v6 && frame[20] == 6) || frame.Length < tcp + 14) return Whole;
        bool plain = (frame[tcp + 13] & ~Push) == AckOnly;
        bool bare = plain && length <= BareSegment && length - tcp <= (frame[tcp + 12] >> 4) * 4;
        return plain && (length >= FullSegment || bare) ? 1 : Whole;
    }

    /// <summary>Frames of that weight in all.</summary>
    public static int Packets(int weight) => weight / Whole;
}
