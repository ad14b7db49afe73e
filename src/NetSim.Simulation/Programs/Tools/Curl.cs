using System.Globalization;
using System.Text;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>curl 7.88.1: HTTP/1.1 without TLS.</summary>
internal sealed class Curl : IProgram
{
    private static readonly string[] WithValue = ["m", "max-time", "connect-timeout", "o", "output", "w", "write-out", "X", "request", "H", "header", "d", "data", "data-raw",
        "A", "user-agent", "u", "user", "e", "referer", "x", "proxy", "resolve", "retry", "retry-delay", "interface", "b", "cookie", "T", "local-port"];

    public string Name => "curl";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0) return process.Fail(2, "curl: try 'curl --help' or 'curl --manual' for more information");
        int code = 0;
        foreach (string url in arguments.Operands) code = await Fetch(process, arguments, url);
        return code;
    }

    private static async Task<int> Fetch(ProcessContext process, Arguments arguments, string url)
    {
        if (!HttpUrl.TryParse(url, out var target)) return Problem(process, arguments, 3, "URL using bad/illegal format or missing URL");
        if (target.Scheme != "http") return Problem(process, arguments, 1, $"Protocol \"{target.Scheme}\" not supported or disabled in libcurl");
        var run = new CurlRun(process, arguments, target);
        var (code, text) = await run.Go();
        if (arguments.Value("w", "write-out") is { } format) process.Output.Write(run.WriteOut(format));
        return code == 0 ? 0 : Problem(process, arguments, code, text);
    }

    private static int Problem(ProcessContext process, Arguments arguments, int code, string text)
    {
        if (!arguments.Has("s", "silent") || arguments.Has("S", "show-error")) process.Error.Write($"curl: ({code}) {text}\n");
        return code;
    }
}

/// <summary>One transfer of curl.</summary>
internal sealed class CurlRun(ProcessContext process, Arguments arguments, HttpUrl url)
{
    private const int CouldNotResolve = 6;
    private const int CouldNotConnect = 7;
    private const int HttpError = 22;
    private const int TimedOut = 28;
    private const int EmptyReply = 52;
    private const int ReceiveFailed = 56;
    private readonly Model.Tracing.SimTime _start = process.Clock.Now;
    private readonly TimeSpan? _limit = arguments.Number(0, "m", "max-time") is > 0 and double s ? TimeSpan.FromSeconds(s) : null;
    private HttpResponse? _response;
    private ITcpConnection? _connection;

    /// <summary>Resolves, connects, asks, prints the body.</summary>
    public async Task<(int Code, string Text)> Go()
    {
        var resolving = new GlibcResolver(process).Addresses(url.Host, arguments.Has("6", "ipv6") ? Family.V6 : arguments.Has("4", "ipv4") ? Family.V4 : Family.Both);
        var host = await Waiting.Within(resolving, process.Clock, Left);
        if (host is null) return (TimedOut, $"Resolving timed out after {Elapsed} milliseconds");
        if (host.Addresses.Count == 0) return (CouldNotResolve, $"Could not resolve host: {url.Host}");
        double connectLimit = arguments.Number(300, "connect-timeout");
        var limit = Left is { } left && left.TotalSeconds < connectLimit ? left : TimeSpan.FromSeconds(connectLimit);
        var connecting = HappyEyeballs.Connect(process, host.Addresses, url.Port);
        var outcome = await Waiting.Within(connecting, process.Clock, limit);
        if (outcome is null) return (TimedOut, $"Connection timed out after {Elapsed} milliseconds");
        if (outcome.Connection is not { } connection) return (CouldNotConnect, $"Failed to connect to {url.Host} port {url.Port} after {Elapsed} ms: Couldn't connect to server");
        using (_connection = connection) return await Exchange(connection);
    }

    /// <summary>-w: variables in %{...}, escapes.</summary>
    public string WriteOut(string format)
    {
        var text = new StringBuilder(format.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal));
        foreach (var (name, value) in ((string, string)[])[("http_code", Number(_response?.Status ?? 0, "000")), ("response_code", Number(_response?.Status ?? 0, "000")),
            ("size_download", Number(_response?.BodyLength ?? 0, "0")), ("remote_ip", _connection?.RemoteAddress.ToString() ?? ""), ("remote_port", _connection?.RemotePort.ToString() ?? ""),
            ("local_ip", _connection?.LocalAddress.ToString() ?? ""), ("local_port", _connection?.LocalPort.ToString() ?? ""),
            ("time_total", ((process.Clock.Now - _start).TotalSeconds).ToString("0.000000", CultureInfo.InvariantCulture))])
            text.Replace("%{" + name + "}", value);
        return text.ToString();
    }

    private static string Number(long n, string format) => n.ToString(format, CultureInfo.InvariantCulture);

    private TimeSpan? Left => _limit is { } limit ? limit - (process.Clock.Now - _start) : null;

    private long Elapsed => (process.Clock.Now.Nanoseconds - _start.Nanoseconds) / 1_000_000;

    private async Task<(int Code, string Text)> Exchange(ITcpConnection connection)
    {
        try
        {
            await connection.Send(Encoding.UTF8.GetBytes(Request()));
            _response = new HttpResponse(isHead: arguments.Has("I", "head"));
            while (!_response.IsComplete)
            {
                var bytes = await connection.Receive(Left);
                if (bytes is null) return (TimedOut, TimeOutText());
                if (bytes.Length == 0) break;
                _response.Feed(bytes);
            }
        }
        catch (SocketFailure failure) when (failure.Errno == Errno.ConnectionReset)
        {
            return (ReceiveFailed, "Recv failure: Connection reset by peer");
        }
        if (_response.Status == 0 && _response.Received == 0) return (EmptyReply, "Empty reply from server");
        if (_response.Status >= 400 && arguments.Has("f", "fail")) return (HttpError, $"The requested URL returned error: {_response.Status}");
        Print(_response);
        long missing = _response.ContentLength is { } whole ? whole - _response.BodyLength : 0;
        return missing > 0 && !arguments.Has("I", "head") ? (18, $"transfer closed with {missing} bytes remaining to read") : (0, "");
    }

    private string TimeOutText() => _response!.ContentLength is { } whole
        ? $"Operation timed out after {Elapsed} milliseconds with {_response.BodyLength} out of {whole} bytes received"
        : $"Operation timed out after {Elapsed} milliseconds with {_response.BodyLength} bytes received";

    private string Request()
    {
        string? data = arguments.Values("d", "data", "data-raw").Any() ? string.Join('&', arguments.Values("d", "data", "data-raw")) : null;
        string method = arguments.Value("X", "request") ?? (arguments.Has("I", "head") ? "HEAD" : data is null ? "GET" : "POST");
        string host = url.Port.Number == 80 ? url.HostText : $"{url.HostText}:{url.Port}";
        var headers = new List<(string Name, string Value)> { ("Host", host), ("User-Agent", arguments.Value("A", "user-agent") ?? "curl/7.88.1"), ("Accept", "*/*") };
        if (data is not null)
        {
            headers.Add(("Content-Length", Encoding.UTF8.GetByteCount(data).ToString(CultureInfo.InvariantCulture)));
            headers.Add(("Content-Type", "application/x-www-form-urlencoded"));
        }
        foreach (string h in arguments.Values("H", "header"))
        {
            int colon = h.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            string name = h[..colon], value = h[(colon + 1)..].Trim();
            int at = headers.FindIndex(x => string.Equals(x.Name, name, StringComparison.OrdinalIgnoreCase));
            if (at >= 0) headers.RemoveAt(at);
            if (value.Length > 0) headers.Insert(at >= 0 ? at : headers.Count, (name, value));
        }
        return $"{method} {url.Path} HTTP/1.1\r\n{string.Concat(headers.Select(h => $"{h.Name}: {h.Value}\r\n"))}\r\n{data}";
    }

    private void Print(HttpResponse response)
    {
        string text = (arguments.Has("i", "include", "I", "head") ? response.Head : "") + response.BodyText;
        if (arguments.Value("o", "output") is { } path) new FileSink(process.Files, path, append: false).Write(text);
        else process.Output.Write(text);
    }
}
