using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>httpd of busybox 1.35: serves the files under -h (default the root), one request a connection.</summary>
internal sealed class BusyboxHttpd : IProgram
{
    private static readonly string[] WithValue = ["p", "h", "u", "c", "r", "e", "d", "m"];
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html",
        [".htm"] = "text/html",
        [".txt"] = "text/plain",
        [".css"] = "text/css",
        [".js"] = "application/x-javascript",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
    };

    public string Name => "httpd";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        string root = arguments.Value("h") ?? "";
        string where = arguments.Value("p") ?? "80";
        int colon = where.LastIndexOf(':');
        IpAddress? address = colon > 0 && IpAddress.TryParse(where[..colon].Trim('[', ']'), out var a) ? a : null;
        if (!ushort.TryParse(where.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return process.Fail(1, $"httpd: invalid port '{where}'");
        string modified = process.Clock.Wall.ToString("R", CultureInfo.InvariantCulture);
        long stamp = process.Clock.Wall.ToUnixTimeSeconds();
        try
        {
            await Listening.Serve(process, address, new(port), c => Serve(process, root.TrimEnd('/'), c, modified, stamp));
        }
        catch (SocketFailure failure)
        {
            return process.Fail(1, $"httpd: bind: {ErrnoText.Of(failure.Errno)}");
        }
        return 0;
    }

    private static async Task Serve(ProcessContext process, string root, ITcpConnection connection, string modified, long stamp)
    {
        if (await new HttpRequestReader(connection).Read() is not { } request) return;
        string date = process.Clock.Wall.ToString("R", CultureInfo.InvariantCulture);
        string path = request.Target.Split('?')[0];
        if (path.EndsWith('/')) path += "index.html";
        string? text = request.Method is "GET" or "HEAD" && !path.Split('/').Contains("..") ? process.Files.Read(root + path) : null;
        if (text is null)
        {
            string status = request.Method is "GET" or "HEAD" ? "404 Not Found" : "501 Not Implemented";
            string why = request.Method is "GET" or "HEAD" ? "The requested URL was not found" : "The requested method is not recognized";
            await Send(connection, $"HTTP/1.1 {status}\r\nDate: {date}\r\nConnection: close\r\nContent-type: text/html\r\n\r\n" +
                $"<HTML><HEAD><TITLE>{status}</TITLE></HEAD>\n<BODY><H1>{status}</H1>\n{why}\n</BODY></HTML>\n");
        }
        else
        {
            int dot = path.LastIndexOf('.');
            string type = dot < 0 ? "" : $"Content-type: {Types.GetValueOrDefault(path[dot..], "application/octet-stream")}\r\n"; // without a suffix it says nothing
            int length = Encoding.UTF8.GetByteCount(text);
            await Send(connection, $"HTTP/1.1 200 OK\r\nDate: {date}\r\nConnection: close\r\n{type}Accept-Ranges: bytes\r\nLast-Modified: {modified}\r\n" +
                $"ETag: \"{stamp:x}-{length:x}\"\r\nContent-Length: {length}\r\n\r\n");
            if (length > 0) await Send(connection, text); // to HEAD as well (recorded of 1.35)
        }
        connection.Shutdown();
        while (await connection.Receive(TimeSpan.FromSeconds(1)) is { Length: > 0 }) { }
    }

    private static Task Send(ITcpConnection connection, string text) => connection.Send(Encoding.UTF8.GetBytes(text));
}
