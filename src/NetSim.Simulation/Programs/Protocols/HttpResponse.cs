using System.Globalization;
using System.Text;

namespace NetSim.Simulation.Programs.Protocols;

/// <summary>An HTTP/1.x response as it comes in (RFC 9112).</summary>
internal sealed class HttpResponse(bool isHead)
{
    private const int MaxHead = 1 << 16;
    private readonly MemoryStream _bytes = new();
    private int _headEnd = -1;

    /// <summary>Bytes so far.</summary>
    public long Received => _bytes.Length;

    /// <summary>Status code; 0 until the head is whole.</summary>
    public int Status { get; private set; }

    /// <summary>Status line and headers, with the empty line.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Content-Length, if the server says one.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>Bytes of the body so far.</summary>
    public long BodyLength => _headEnd < 0 ? 0 : ContentLength is { } n ? Math.Min(n, _bytes.Length - _headEnd) : _bytes.Length - _headEnd;

    /// <summary>Is everything there that was announced? Without a length only the end of the connection tells.</summary>
    public bool IsComplete => _headEnd >= 0 && (isHead || Status is 204 or 304 || ContentLength is { } n && _bytes.Length - _headEnd >= n);

    /// <summary>The body as text.</summary>
    public string BodyText => isHead || _headEnd < 0 ? "" : Encoding.UTF8.GetString(_bytes.GetBuffer(), _headEnd, (int)BodyLength);

    /// <summary>Takes more bytes.</summary>
    public void Feed(byte[] bytes)
    {
        _bytes.Write(bytes);
        if (_headEnd >= 0) return;
        string text = Encoding.Latin1.GetString(_bytes.GetBuffer(), 0, (int)Math.Min(_bytes.Length, MaxHead));
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return;
        _headEnd = end + 4;
        Head = text[.._headEnd];
        var words = text[..end].Split("\r\n")[0].Split(' ');
        Status = words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : 0;
        string? length = Header("Content-Length");
        ContentLength = long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : null;
    }

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Head.Split("\r\n").Skip(1).Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 1)..].Trim()).FirstOrDefault();
}
