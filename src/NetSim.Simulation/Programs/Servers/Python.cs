using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Files;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>python3, as far as `-m http.server` goes: PORT, --bind, --directory. Other scripts are not modelled.</summary>
internal sealed class Python(string name) : IProgram
{
    private const int NotModelled = 127;

    public string Name => name;

    public bool Models(IReadOnlyList<string> arguments) => Words(arguments) is ["--version" or "-V"] or ["-m", "http.server", ..];

    private static List<string> Words(IReadOnlyList<string> arguments) => arguments.Skip(1).Where(w => w != "-u").ToList();

    public async Task<int> Run(ProcessContext process)
    {
        var words = Words(process.Arguments);
        if (words is ["--version" or "-V"])
        {
            process.Output.Write("Python 3.11.2\n");
            return 0;
        }
        if (words is not ["-m", "http.server", ..])
        {
            process.Warn($"{string.Join(' ', process.Arguments)} is not modelled: of Python, -m http.server alone is; it ended with exit code 127");
            return NotModelled;
        }
        var arguments = new Arguments([name, .. words.Skip(2)], ["b", "bind", "d", "directory", "p", "protocol"]);
        ushort port = arguments.Operands.Count > 0 && ushort.TryParse(arguments.Operands[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort p) ? p : (ushort)8000;
        IpAddress? bound = IpAddress.TryParse(arguments.Value("b", "bind"), out var a) ? a : null;
        var server = new PythonPages(process, Folders.Clean(arguments.Value("d", "directory") ?? "/").TrimEnd('/'));
        try
        {
            await Listening.Serve(process, bound ?? IpAddress.AnyV4, new(port), server.Serve, backlog: 5);
        }
        catch (SocketFailure failure)
        {
            return process.Fail(1, $"Traceback (most recent call last):\n  File \"<frozen runpy>\", line 198, in _run_module_as_main\n  File \"<frozen runpy>\", line 88, in _run_code\n  File \"/usr/lib/python3.11/http/server.py\", line 1309, in <module>\n" +
                "    test(\n  File \"/usr/lib/python3.11/http/server.py\", line 1256, in test\n    with ServerClass(addr, HandlerClass) as httpd:\n         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  File \"/usr/lib/python3.11/socketserver.py\", line 456, in __init__\n" +
                "    self.server_bind()\n  File \"/usr/lib/python3.11/http/server.py\", line 1303, in server_bind\n    return super().server_bind()\n           ^^^^^^^^^^^^^^^^^^^^^\n  File \"/usr/lib/python3.11/http/server.py\", line 136, in server_bind\n" +
                "    socketserver.TCPServer.server_bind(self)\n  File \"/usr/lib/python3.11/socketserver.py\", line 472, in server_bind\n    self.socket.bind(self.server_address)\n" +
                $"OSError: [Errno {(failure.Errno == Errno.AddressInUse ? 98 : 99)}] {ErrnoText.Of(failure.Errno)}");
        }
        return 0;
    }
}

/// <summary>SimpleHTTPRequestHandler of Python 3.11: one request a connection, files and listings of folders.</summary>
internal sealed class PythonPages(ProcessContext process, string root)
{
    private const string Head = "<!DOCTYPE HTML>\n<html lang=\"en\">\n";
    private readonly string _started = process.Clock.Wall.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Serves a connection.</summary>
    public async Task Serve(ITcpConnection connection)
    {
        if (await new HttpRequestReader(connection).Read() is not { } request) return;
        string date = process.Clock.Wall.ToString("R", CultureInfo.InvariantCulture);
        var (status, headers, body) = Answer(request);
        string stamp = process.Clock.Wall.ToString("dd/MMM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        if (status.StartsWith('4') || status.StartsWith('5')) process.Error.Write($"{connection.RemoteAddress} - - [{stamp}] code {status[..3]}, message {status[4..]}\n");
        process.Error.Write($"{connection.RemoteAddress} - - [{stamp}] \"{request.Method} {request.Target} {request.Version}\" {status[..3]} -\n");
        await Send(connection, $"HTTP/1.0 {status}\r\nServer: SimpleHTTP/0.6 Python/3.11.2\r\nDate: {date}\r\n{headers}\r\n");
        if (request.Method != "HEAD" && body.Length > 0) await Send(connection, body);
        connection.Shutdown();
    }

    private (string Status, string Headers, string Body) Answer(HttpRequest request)
    {
        if (request.Method is not ("GET" or "HEAD")) return Error("501", $"Unsupported method ('{request.Method}')", "Server does not support this operation.");
        string path = request.Target.Split('?')[0];
        string file = root + (path == "/" ? "" : path.TrimEnd('/'));
        if (process.Files.Read(path.EndsWith('/') ? root + path + "index.html" : file) is { } text)
        {
            string name = path.EndsWith('/') ? "index.html" : path;
            return ("200 OK", $"Content-type: {Type(name)}\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nLast-Modified: {_started}\r\n", text);
        }
        if (!Folders.Exists(process.Files, file)) return Error("404", "File not found", "Nothing matches the given URI.");
        if (!path.EndsWith('/')) return ("301 Moved Permanently", $"Location: {path}/\r\nContent-Length: 0\r\n", "");
        string title = $"Directory listing for {path}";
        string list = string.Concat(Folders.Names(process.Files, file.Length == 0 ? "/" : file).Select(n => $"<li><a href=\"{n}\">{n}</a></li>\n"));
        string body = $"{Head}<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<hr>\n<ul>\n{list}</ul>\n<hr>\n</body>\n</html>\n";
        return ("200 OK", $"Content-type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", body);
    }

    private static (string, string, string) Error(string code, string message, string explanation)
    {
        string body = $"{Head}    <head>\n        <meta charset=\"utf-8\">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: {code}</p>\n        <p>Message: {message}.</p>\n" +
            $"        <p>Error code explanation: {code} - {explanation}</p>\n    </body>\n</html>\n";
        return ($"{code} {message}", $"Connection: close\r\nContent-Type: text/html;charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", body);
    }

    private static string Type(string path) => path[Math.Max(0, path.LastIndexOf('.'))..] switch
    {
        ".html" or ".htm" => "text/html",
        ".txt" or ".py" or ".c" or ".sh" => "text/plain",
        ".css" => "text/css",
        ".js" => "text/javascript",
        ".json" => "application/json",
        ".png" => "image/png",
        ".jpg" => "image/jpeg",
        _ => "application/octet-stream",
    };

    private static Task Send(ITcpConnection connection, string text) => connection.Send(Encoding.UTF8.GetBytes(text));
}
