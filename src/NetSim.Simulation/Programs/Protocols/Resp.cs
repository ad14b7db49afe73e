using System.Globalization;
using System.Text;

namespace NetSim.Simulation.Programs.Protocols;

/// <summary>The protocol of redis (RESP2).</summary>
internal static class Resp
{
    /// <summary>A command as an array of bulk strings.</summary>
    public static string Command(IReadOnlyList<string> words) => $"*{words.Count}\r\n" + string.Concat(words.Select(Bulk));

    /// <summary>A bulk string; null is nil.</summary>
    public static string Bulk(string? text) => text is null ? "$-1\r\n" : $"${Encoding.UTF8.GetByteCount(text)}\r\n{text}\r\n";

    /// <summary>An array of bulk strings.</summary>
    public static string Array(IEnumerable<string?> items)
    {
        var all = items.ToList();
        return $"*{all.Count}\r\n" + string.Concat(all.Select(Bulk));
    }
}

/// <summary>Reads commands and replies from bytes as they come.</summary>
internal sealed class RespReader
{
    private const int MaxItems = 1024;
    private readonly List<byte> _bytes = [];
    private int _at;

    /// <summary>Takes more bytes.</summary>
    public void Feed(byte[] bytes) => _bytes.AddRange(bytes);

    /// <summary>The next command (an array, or words on a line); null until it is whole.</summary>
    public List<string>? Command()
    {
        _at = 0;
        if (Line() is not { } line) return null;
        if (!line.StartsWith('*')) return Taken(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList());
        var words = new List<string>();
        int count = Number(line);
        for (int i = 0; i < Math.Min(count, MaxItems); i++)
        {
            if (Line() is not { } header) return null;
            if (!header.StartsWith('$') || BulkText(Number(header)) is not { } text) return null;
            words.Add(text);
        }
        return Taken(words);
    }

    /// <summary>The next reply as redis-cli prints it without a terminal; null until it is whole.</summary>
    public string? Reply()
    {
        _at = 0;
        return Value() is { } value ? Taken(value) : null;
    }

    private T Taken<T>(T value)
    {
        _bytes.RemoveRange(0, _at);
        return value;
    }

    private string? Value()
    {
        if (Line() is not { } line) return null;
        if (line.Length == 0) return "";
        switch (line[0])
        {
            case '$': return Number(line) < 0 ? "" : BulkText(Number(line));
            case '*':
                var items = new List<string>();
                for (int i = 0; i < Math.Min(Number(line), MaxItems); i++)
                    if (Value() is { } item) items.Add(item);
                    else return null;
                return string.Join('\n', items);
            case '-': return line[1..] + "\n";
            default: return line[1..];
        }
    }

    private static int Number(string line) => int.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : 0;

    private string? BulkText(int length)
    {
        if (length < 0 || _bytes.Count - _at < (long)length + 2) return null;
        string text = Encoding.UTF8.GetString([.. _bytes[_at..(_at + length)]]);
        _at += length + 2;
        return text;
    }

    private string? Line()
    {
        int end = _bytes.IndexOf((byte)'\n', _at);
        if (end < 0) return null;
        string line = Encoding.UTF8.GetString([.. _bytes[_at..end]]).TrimEnd('\r');
        _at = end + 1;
        return line;
    }
}
