using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;

namespace NetSim.Wire.Inspection;

/// <summary>DNS messages in words: the question, or the first answer (RFC 1035, section 4).</summary>
internal static class DnsSummary
{
    private const int MostLabels = 64;
    private const int MostRecords = 32;

    /// <summary>Tells a message; false when it is none.</summary>
    public static bool TryTell(ReadOnlySpan<byte> message, out string text)
    {
        text = "";
        if (message.Length < 12) return false;
        int flags = U16(message, 2), questions = U16(message, 4), answers = U16(message, 6);
        int at = 12;
        string name = "";
        ushort type = 0;
        if (questions > 0)
        {
            if (!TryName(message, ref at, out name) || at + 4 > message.Length) return false;
            type = U16(message, at);
            at += 4;
        }
        text = (flags & 0x8000) == 0 ? $"{TypeName(type)} {name}?" : Answer(message, at, (flags & 15, answers), (name, type));
        return questions > 0 || answers > 0;
    }

    private static string Answer(ReadOnlySpan<byte> message, int at, (int Code, int Answers) head, (string Name, ushort Type) asked)
    {
        if (head.Code != 0) return $"{CodeName(head.Code)} {asked.Name}".TrimEnd();
        for (int i = 0; i < Math.Min(head.Answers, MostRecords); i++)
        {
            if (!TryName(message, ref at, out string owner) || at + 10 > message.Length) break;
            ushort type = U16(message, at);
            int length = U16(message, at + 8), from = at + 10;
            if (from + length > message.Length) break;
            at = from + length;
            string name = asked.Name.Length > 0 ? asked.Name : owner;
            if (type == 1 && length == 4 || type == 28 && length == 16) return $"{name} = {IpAddress.Read(message.Slice(from, length))}";
            if (type == 12 && TryName(message, ref from, out string pointer)) return $"{name} = {pointer}";
            if (type == asked.Type) return $"{TypeName(type)} {name} answered";
        }
        return $"no {TypeName(asked.Type)} for {asked.Name}";
    }

    private static bool TryName(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        var text = new StringBuilder();
        name = "";
        int after = -1, here = at;
        for (int n = 0; n < MostLabels; n++)
        {
            if (here >= message.Length) return false;
            int length = message[here];
            if (length == 0)
            {
                at = after < 0 ? here + 1 : after;
                name = text.Length == 0 ? "." : text.ToString();
                return true;
            }
            if (length >= 0xC0)
            {
                if (here + 2 > message.Length) return false;
                if (after < 0) after = here + 2;
                here = U16(message, here) & 0x3FFF;
                continue;
            }
            if (length > 63 || here + 1 + length > message.Length) return false;
            if (text.Length > 0) text.Append('.');
            foreach (byte b in message.Slice(here + 1, length)) text.Append(b is > 32 and < 127 ? (char)b : '?');
            here += 1 + length;
        }
        return false;
    }

    private static string TypeName(ushort type) => type switch
    {
        1 => "A",
        2 => "NS",
        5 => "CNAME",
        6 => "SOA",
        12 => "PTR",
        15 => "MX",
        16 => "TXT",
        28 => "AAAA",
        33 => "SRV",
        65 => "HTTPS",
        255 => "ANY",
        _ => "TYPE" + type.ToString(CultureInfo.InvariantCulture),
    };

    private static string CodeName(int code) => code switch
    {
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        _ => "RCODE " + code.ToString(CultureInfo.InvariantCulture),
    };

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
