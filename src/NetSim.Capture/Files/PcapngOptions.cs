using System.Buffers.Binary;
using System.Text;
using NetSim.Model.Addressing;

namespace NetSim.Capture.Files;

/// <summary>Options of pcapng blocks (draft-ietf-opsawg-pcapng, sections 3.5 and 4.2). What does not fit ends the walk.</summary>
internal ref struct PcapngOptions
{
    private readonly bool _bigEndian;
    private ReadOnlySpan<byte> _rest;

    private PcapngOptions(ReadOnlySpan<byte> options, bool bigEndian)
    {
        _rest = options;
        _bigEndian = bigEndian;
    }

    /// <summary>An interface from the body of its description block.</summary>
    public static CaptureInterface ReadInterface(ReadOnlySpan<byte> body, bool bigEndian, int section)
    {
        var options = new PcapngOptions(body[8..], bigEndian);
        string name = "", description = "", filter = "";
        MacAddress? mac = null;
        byte resolution = 6;
        long offset = 0;
        while (options.TryNext(out int code, out var value))
        {
            if (code == 2) name = Text(value);
            else if (code == 3) description = Text(value);
            else if (code == 6 && value.Length >= 6) mac = MacAddress.Read(value);
            else if (code == 9 && value.Length >= 1) resolution = value[0];
            else if (code == 11 && value.Length >= 1 && value[0] == 0) filter = Text(value[1..]);
            else if (code == 14 && value.Length >= 8) offset = unchecked((long)options.U64(value));
        }
        return new()
        {
            LinkType = options.U16(body),
            SnapLength = options.U32(body[4..]),
            Name = name,
            Description = description,
            Filter = filter,
            Mac = mac,
            Times = TimeScale.Of(resolution, offset),
            Section = section,
        };
    }

    /// <summary>Counts of a statistics block, into the interface they are about.</summary>
    public static void ReadStatistics(ReadOnlySpan<byte> bytes, bool bigEndian, CaptureInterface counted)
    {
        var options = new PcapngOptions(bytes, bigEndian);
        while (options.TryNext(out int code, out var value))
        {
            if (value.Length < 8) continue;
            long count = unchecked((long)options.U64(value));
            if (code == 4) counted.Received = count;
            else if (code == 5) counted.DroppedByInterface = count;
            else if (code == 7) counted.DroppedBySystem = count;
        }
    }

    /// <summary>The direction that a packet block's options tell: true out, false in, null not said.</summary>
    public static bool? ReadOutbound(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var options = new PcapngOptions(bytes, bigEndian);
        while (options.TryNext(out int code, out var value))
            if (code == 2 && value.Length >= 4) return (options.U32(value) & 3) switch { 1 => false, 2 => true, _ => null };
        return null;
    }

    private bool TryNext(out int code, out ReadOnlySpan<byte> value)
    {
        value = default;
        code = 0;
        if (_rest.Length < 4) return false;
        code = U16(_rest);
        int length = U16(_rest[2..]);
        if (code == 0 || _rest.Length < 4 + length) return false;
        value = _rest.Slice(4, length);
        _rest = _rest[Math.Min(_rest.Length, 4 + (length + 3 & ~3))..];
        return true;
    }

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value).TrimEnd('\0');

    private readonly ushort U16(ReadOnlySpan<byte> b) => _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b);

    private readonly uint U32(ReadOnlySpan<byte> b) => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b);

    private readonly ulong U64(ReadOnlySpan<byte> b) => _bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b);
}
