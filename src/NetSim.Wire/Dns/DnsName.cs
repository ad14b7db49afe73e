using System.Text;

namespace NetSim.Wire.Dns;

/// <summary>Names on the wire and as text.</summary>
internal static class DnsName
{
    private const int MaxBytes = 255;

    /// <summary>Reads a name that may end in a pointer. A pointer must lead backwards, so a chain of them ends.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, out string name)
    {
        name = "";
        var text = new StringBuilder();
        int at = offset, length = 0, barrier = offset;
        bool jumped = false;
        while (at < message.Length)
        {
            int size = message[at];
            if (size == 0)
            {
                if (!jumped) offset = at + 1;
                name = text.ToString();
                return true;
            }
            if (size >= 0xC0)
            {
                if (at + 1 >= message.Length) return false;
                int target = (size & 0x3F) << 8 | message[at + 1];
                if (target >= barrier) return false;
                if (!jumped) offset = at + 2;
                jumped = true;
                at = barrier = target;
                continue;
            }
            length += size + 1;
            if (size >= 0x40 || at + 1 + size > message.Length || length >= MaxBytes) return false;
            if (text.Length > 0) text.Append('.');
            Escape(message.Slice(at + 1, size), text);
            at += 1 + size;
        }
        return false;
    }

    /// <summary>The labels of a name's text, unescaped.</summary>
    /// <exception cref="FormatException">A label over 63 bytes, an empty one, or over 255 bytes in all.</exception>
    public static List<byte[]> Labels(string name)
    {
        var labels = new List<byte[]>();
        var label = new List<byte>();
        string text = name.EndsWith('.') && !name.EndsWith("\\.", StringComparison.Ordinal) ? name[..^1] : name;
        if (text.Length == 0) return labels;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '.') Close(labels, label);
            else if (text[i] != '\\' || i + 1 == text.Length) label.AddRange(System.Text.Encoding.UTF8.GetBytes(text, i, 1));
            else if (i + 3 < text.Length && byte.TryParse(text.AsSpan(i + 1, 3), out byte code))
            {
                label.Add(code);
                i += 3;
            }
            else label.Add((byte)text[++i]);
        }
        Close(labels, label);
        if (labels.Sum(l => l.Length + 1) + 1 > MaxBytes) throw new FormatException($"the name {name} is longer than 255 bytes");
        return labels;
    }

    private static void Close(List<byte[]> labels, List<byte> label)
    {
        if (label.Count is 0 or > 63) throw new FormatException("a label of a DNS name has 1 to 63 bytes");
        labels.Add([.. label]);
        label.Clear();
    }

    private static void Escape(ReadOnlySpan<byte> label, StringBuilder text)
    {
        foreach (byte b in label)
        {
            if (b is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)'(' or (byte)')' or (byte)';' or (byte)'@' or (byte)'$') text.Append('\\').Append((char)b);
            else if (b is > 0x20 and < 0x7F) text.Append((char)b);
            else text.Append('\\').Append(b.ToString("000", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
