using System.Globalization;
using System.Text;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Protocols;

/// <summary>A request of an HTTP client (RFC 9112).</summary>
/// <param name="Method">"GET".</param>
/// <param name="Target">"/index.html?x=1".</param>
/// <param name="Version">"HTTP/1.1".</param>
/// <param name="Headers">Names and values, in order.</param>
internal sealed record HttpRequest(string Method, string Target, string Version, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Does the client want the connection to stay?</summary>
    public bool KeepAlive => Version == "HTTP/1.1" ? !string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase)
        : string.Equals(Header("Connection"), "keep-alive", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads requests off a connection.</summary>
internal sealed class HttpRequestReader(ITcpConnection connection)
{
    private const int MaxHead = 1 << 16;
    private readonly List<byte> _waiting = [];

    /// <summary>The next request, its body read and dropped; null at the end, or when it is none.</summary>
    public async Task<HttpRequest?> Read()
    {
        while (true)
        {
            int end = HeadEnd();
            if (end > 0) return await Take(end);
            if (_waiting.Count > MaxHead || await connection.Receive() is not { Length: > 0 } more) return null;
            _waiting.AddRange(more);
        }
    }

    private int HeadEnd()
    {
        for (int i = 3; i < _waiting.Count; i++)
            if (_waiting[i] == '\n' && _waiting[i - 1] == '\r' && _waiting[i - 2] == '\n') return i + 1;
        return -1;
    }

    private async Task<HttpRequest?> Take(int end)
    {
        var lines = Encoding.Latin1.GetString([.. _waiting[..end]]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        _waiting.RemoveRange(0, end);
        var words = lines.Length > 0 ? lines[0].Split(' ') : [];
        if (words.Length != 3) return null;
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).Where(h => h.Length == 2).Select(h => (h[0], h[1].Trim())).ToList();
        var request = new HttpRequest(words[0], words[1], words[2], headers);
        int body = int.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;
        while (_waiting.Count < body)
        {
            if (await connection.Receive() is not { Length: > 0 } more) return null;
            _waiting.AddRange(more);
        }
        _waiting.RemoveRange(0, body);
        return request;
    }
}
