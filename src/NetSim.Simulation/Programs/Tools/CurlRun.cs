using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>One transfer of curl.</summary>
internal sealed class CurlRun(ProcessContext process, Arguments arguments, HttpUrl url)
{
    private const int CouldNotResolve = 6;
    private const int CouldNotConnect = 7;
    private const int HttpError = 22;
    private const int TimedOut = 28;
    private const int TlsFailed = 35;
    private const int EmptyReply = 52;
    private const int ReceiveFailed = 56;
    private readonly SimTime _start = process.Clock.Now;
    private readonly TimeSpan? _limit = arguments.Number(0, "m", "max-time") is > 0 and double s ? TimeSpan.FromSeconds(s) : null;
    private readonly bool _isHead = arguments.Has("I", "head");
    private HttpResponse? _response;
    private ITcpConnection? _connection;
    private SimTime _resolved = process.Clock.Now, _connected = process.Clock.Now, _firstByte = process.Clock.Now;
    private string _request = "";

    /// <summary>Is it worth another try with --retry?</summary>
    public bool IsTransient => _response?.Status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Where the answer sends the client, or null.</summary>
    public HttpUrl? Redirect => _response is { Status: 301 or 302 or 303 or 307 or 308 } r && r.Header("Location") is { } to &&
        HttpUrl.TryParse(to.StartsWith('/') ? $"{url.Scheme}://{url.HostText}:{url.Port}{to}" : to, out var next) ? next : null;

    /// <summary>Resolves, connects, asks.</summary>
    public async Task<(int Code, string Text)> Go()
    {
        var host = Told() is { } told ? new ResolvedHost([told], [url.Host], ResolveError.None)
            : await Waiting.Within(new GlibcResolver(process).Addresses(url.Host, arguments.Has("6", "ipv6") ? Family.V6 : arguments.Has("4", "ipv4") ? Family.V4 : Family.Both, asksForA: true), process.Clock, Left);
        if (host is null) return (TimedOut, $"Resolving timed out after {Elapsed} milliseconds");
        if (host.Addresses.Count == 0) return (CouldNotResolve, $"Could not resolve host: {url.Host}");
        _resolved = process.Clock.Now;
        Verbose($"*   Trying {(host.Addresses[0].IsV6 ? $"[{host.Addresses[0]}]" : host.Addresses[0].ToString())}:{url.Port}...\n");
        double connectLimit = arguments.Number(300, "connect-timeout");
        bool ownLimit = Left is not { } left || left.TotalSeconds >= connectLimit;
        var outcome = await Waiting.Within(HappyEyeballs.Connect(process, host.Addresses, url.Port, Source(), new Port(ushort.TryParse((arguments.Value("local-port") ?? "").Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort own) ? own : (ushort)0)), process.Clock, ownLimit ? TimeSpan.FromSeconds(connectLimit) : Left);
        if (outcome is null) return (TimedOut, ownLimit ? $"Failed to connect to {url.Host} port {url.Port} after {Elapsed} ms: Timeout was reached" : $"Connection timed out after {Elapsed} milliseconds");
        if (outcome.Connection is not { } connection)
        {
            Verbose($"* connect to {host.Addresses[0]} port {url.Port} failed: {ErrnoText.Of(outcome.Error)}\n* Failed to connect to {url.Host} port {url.Port} after {Elapsed} ms: Couldn't connect to server\n* Closing connection 0\n");
            return (CouldNotConnect, $"Failed to connect to {url.Host} port {url.Port} after {Elapsed} ms: Couldn't connect to server");
        }
        _connected = process.Clock.Now;
        Verbose($"* Connected to {url.Host} ({connection.RemoteAddress}) port {url.Port} (#0)\n");
        using (_connection = connection)
        {
            connection.NoDelay = true;
            connection.KeepAlive = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)); // curl's --keepalive-time
            return url.Scheme == "http" ? await Exchange(connection) : await Unspoken(connection);
        }
    }

    /// <summary>Writes the answer where it belongs.</summary>
    public void Print()
    {
        if (_response is not { } response) return;
        string text = (arguments.Has("i", "include", "I", "head") ? response.Head : "") + response.BodyText;
        string? path = arguments.Value("o", "output");
        if (path is null && arguments.Has("O", "remote-name")) path = "/" + url.Path.Split('?')[0].Split('/')[^1];
        if (arguments.Value("D", "dump-header") is { } head) new FileSink(process.Files, head, append: false).Write(response.Head);
        if (path is not null and not "-") new FileSink(process.Files, path.StartsWith('/') ? path : "/" + path, append: false).Write(text);
        else process.Output.Write(text);
    }

    /// <summary>-w: variables in %{...}, escapes.</summary>
    public string WriteOut(string format)
    {
        var text = new StringBuilder(format.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal));
        string status = Number(_response?.Status ?? 0, "000");
        foreach (var (name, value) in ((string, string)[])[("http_code", status), ("response_code", status), ("http_version", _response is null ? "0" : "1.1"), ("method", _request.Split(' ')[0]),
            ("size_download", Number(_response?.BodyLength ?? 0, "0")), ("size_header", Number(_response?.Head.Length ?? 0, "0")), ("size_request", Number(_request.Length, "0")), ("size_upload", "0"),
            ("content_type", _response?.Header("Content-Type") ?? ""), ("num_connects", _connection is null ? "0" : "1"), ("num_redirects", "0"), ("redirect_url", arguments.Has("L", "location") ? "" : RedirectText()),
            ("url_effective", $"{url.Scheme}://{url.HostText}{(HasUsualPort ? "" : $":{url.Port}")}{url.Path}"), ("scheme", url.Scheme.ToUpperInvariant()),
            ("remote_ip", _connection?.RemoteAddress.ToString() ?? ""), ("remote_port", _connection?.RemotePort.ToString() ?? "0"),
            ("local_ip", _connection?.LocalAddress.ToString() ?? ""), ("local_port", _connection?.LocalPort.ToString() ?? "0"), ("exitcode", "0"),
            ("time_namelookup", Seconds(_resolved)), ("time_connect", Seconds(_connected)), ("time_appconnect", "0.000000"), ("time_pretransfer", Seconds(_connected)), ("time_redirect", "0.000000"),
            ("time_starttransfer", Seconds(_firstByte)), ("time_total", Seconds(process.Clock.Now)), ("speed_download", "0")])
            text.Replace("%{" + name + "}", value);
        return text.Replace("%%", "%").ToString();
    }

    private bool HasUsualPort => HttpUrl.TryParse($"{url.Scheme}://x/", out var plain) && plain.Port == url.Port;

    private string RedirectText() => Redirect is { } r ? $"{r.Scheme}://{r.HostText}{(r.Port.Number == 80 ? "" : $":{r.Port}")}{r.Path}" : "";

    private string Seconds(SimTime at) => Math.Max(0, (at - _start).TotalSeconds).ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Number(long n, string format) => n.ToString(format, CultureInfo.InvariantCulture);

    private TimeSpan? Left => _limit is { } limit ? limit - (process.Clock.Now - _start) : null;

    private long Elapsed => (process.Clock.Now.Nanoseconds - _start.Nanoseconds) / 1_000_000;

    private void Verbose(string text)
    {
        if (arguments.Has("v", "verbose")) process.Error.Write(text);
    }

    /// <summary>--resolve HOST:PORT:ADDRESS.</summary>
    private IpAddress? Told()
    {
        foreach (string entry in arguments.Values("resolve"))
        {
            var words = entry.TrimStart('+').Split(':', 3);
            if (words.Length == 3 && words[0] == url.Host && words[1] == url.Port.ToString() && IpAddress.TryParse(words[2].Split(',')[0].Trim('[', ']'), out var address)) return address;
        }
        return null;
    }

    /// <summary>--interface: an address, or an interface's.</summary>
    private IpAddress? Source()
    {
        if (arguments.Value("interface") is not { } word) return null;
        if (IpAddress.TryParse(word.Replace("host!", "", StringComparison.Ordinal), out var address)) return address;
        return process.Inspect().Find(word.Replace("if!", "", StringComparison.Ordinal))?.Addresses.Where(a => a.Address.IsV4).Select(a => (IpAddress?)a.Address).FirstOrDefault();
    }

    /// <summary>TLS, FTP and telnet get no further than the connection: what comes is not spoken here.</summary>
    private async Task<(int, string)> Unspoken(ITcpConnection connection)
    {
        process.Warn($"curl does not speak {url.Scheme} here: the transfer ends with the connection");
        if (url.Scheme == "https") return (TlsFailed, "OpenSSL/3.0.17: error:0A00010B:SSL routines::wrong version number");
        while (true)
        {
            if (await connection.Receive(Left) is not { } bytes) return (TimedOut, $"Operation timed out after {Elapsed} milliseconds with 0 bytes received");
            if (bytes.Length == 0) return url.Scheme == "telnet" ? (0, "") : (ReceiveFailed, "response reading failed (errno: 0)");
            if (url.Scheme == "telnet") process.Output.Write(Encoding.UTF8.GetString(bytes));
        }
    }

    private async Task<(int Code, string Text)> Exchange(ITcpConnection connection)
    {
        try
        {
            _request = Request();
            Verbose(string.Concat(_request[..(_request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)].Split("\r\n").SkipLast(1).Select(l => $"> {l}\n")));
            await connection.Send(Encoding.UTF8.GetBytes(_request));
            _response = new HttpResponse(_isHead);
            while (!_response.IsComplete)
            {
                var bytes = await connection.Receive(Left);
                if (bytes is null) return (TimedOut, TimeOutText());
                if (bytes.Length == 0) break;
                if (_response.Received == 0) _firstByte = process.Clock.Now;
                _response.Feed(bytes);
            }
        }
        catch (SocketFailure failure) when (failure.Errno is Errno.ConnectionReset or Errno.BrokenPipe)
        {
            Verbose("* Recv failure: Connection reset by peer\n* Closing connection 0\n");
            return (ReceiveFailed, "Recv failure: Connection reset by peer");
        }
        return Ended(_response);
    }

    private (int Code, string Text) Ended(HttpResponse response)
    {
        if (response.Status == 0 && response.Received == 0)
        {
            Verbose("* Empty reply from server\n* Closing connection 0\n");
            return (EmptyReply, "Empty reply from server");
        }
        if (response.Status == 0) return (1, "Received HTTP/0.9 when not allowed");
        Verbose(string.Concat(response.Head.Split("\r\n").SkipLast(1).Select(l => $"< {l}\n")) + $"{{ [{response.BodyLength} bytes data]\n" +
            (string.Equals(response.Header("Connection"), "close", StringComparison.OrdinalIgnoreCase) ? "* Closing connection 0\n" : $"* Connection #0 to host {url.Host} left intact\n"));
        if (response.Status >= 400 && arguments.Has("f", "fail")) return Fail(response, silent: true);
        long missing = response.ContentLength is { } whole ? whole - response.BodyLength : 0;
        if (missing <= 0 || _isHead) return arguments.Has("fail-with-body") && response.Status >= 400 ? Fail(response, silent: false) : (0, "");
        Print();
        return (18, $"transfer closed with {missing} bytes remaining to read");
    }

    private (int, string) Fail(HttpResponse response, bool silent)
    {
        if (!silent) Print();
        return (HttpError, $"The requested URL returned error: {response.Status}");
    }

    private string TimeOutText() => _response!.ContentLength is { } whole
        ? $"Operation timed out after {Elapsed} milliseconds with {_response.BodyLength} out of {whole} bytes received"
        : $"Operation timed out after {Elapsed} milliseconds with {_response.BodyLength} bytes received";

    private string Request()
    {
        string[] bodies = ["d", "data", "data-raw", "data-binary", "json"];
        string? data = arguments.Values(bodies).Any() ? string.Join('&', arguments.Values(bodies)) : null;
        string method = arguments.Value("X", "request") ?? (_isHead ? "HEAD" : data is null || arguments.Has("G", "get") ? "GET" : "POST");
        string host = url.Port.Number == 80 ? url.HostText : $"{url.HostText}:{url.Port}";
        var headers = new List<(string Name, string Value)> { ("Host", host), ("User-Agent", arguments.Value("A", "user-agent") ?? "curl/7.88.1"), ("Accept", arguments.Has("json") ? "application/json" : "*/*") };
        if (arguments.Value("u", "user") is { } user) headers.Insert(1, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user))));
        if (arguments.Value("r", "range") is { } range) headers.Insert(1, ("Range", $"bytes={range}"));
        if (arguments.Value("e", "referer") is { } referer) headers.Add(("Referer", referer));
        if (arguments.Value("b", "cookie") is { } cookie) headers.Add(("Cookie", cookie));
        string path = url.Path;
        if (data is not null && arguments.Has("G", "get"))
        {
            path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + data;
            data = null;
        }
        if (data is not null)
        {
            headers.Add(("Content-Length", Encoding.UTF8.GetByteCount(data).ToString(CultureInfo.InvariantCulture)));
            headers.Add(("Content-Type", arguments.Has("json") ? "application/json" : "application/x-www-form-urlencoded"));
        }
        Own(headers);
        return $"{method} {path} HTTP/1.{(arguments.Has("0", "http1.0") ? 0 : 1)}\r\n{string.Concat(headers.Select(h => $"{h.Name}: {h.Value}\r\n"))}\r\n{data}";
    }

    /// <summary>-H replaces, adds, or (without a value) takes away.</summary>
    private void Own(List<(string Name, string Value)> headers)
    {
        foreach (string h in arguments.Values("H", "header"))
        {
            int colon = h.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            string name = h[..colon], value = h[(colon + 1)..].Trim();
            int at = headers.FindIndex(x => string.Equals(x.Name, name, StringComparison.OrdinalIgnoreCase));
            if (at >= 0) headers.RemoveAt(at);
            if (value.Length > 0) headers.Insert(at >= 0 ? at : headers.Count, (name, value));
        }
    }
}
