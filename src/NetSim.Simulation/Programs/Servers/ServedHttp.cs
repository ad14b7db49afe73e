using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>A web application by data. Parameters: port; body, in which {result}, {hostname}, {client}, {path} are filled in; calls, a question to another server for each
/// request; failure, the body when that fails, with {error}; server, the Server header.</summary>
internal sealed class ServedHttp : IProgram
{
    public string Name => "served-http";

    public Task<int> Run(ProcessContext process)
    {
        ushort port = ushort.TryParse(process.Parameters.GetValueOrDefault("port"), NumberStyles.None, CultureInfo.InvariantCulture, out ushort p) ? p : (ushort)80;
        var call = process.Parameters.GetValueOrDefault("calls") is { Length: > 0 } calls ? new UpstreamCall(calls) : null;
        string body = process.Parameters.GetValueOrDefault("body", call is null ? "hello from {hostname}\n" : "{result}\n");
        return Run(process, new(new Port(port), process.Parameters.GetValueOrDefault("server", "NetSim"), call, body, process.Parameters.GetValueOrDefault("failure", "{error}\n")));
    }

    /// <summary>Serves for ever.</summary>
    public static async Task<int> Run(ProcessContext process, WebApplication application)
    {
        await Listening.Serve(process, null, application.Port, c => Serve(process, application, c));
        return 0;
    }

    private static async Task Serve(ProcessContext process, WebApplication application, ITcpConnection connection)
    {
        var reader = new HttpRequestReader(connection);
        while (await reader.Read() is { } request)
        {
            var (status, body) = await Answer(process, application, request, connection);
            var bytes = Encoding.UTF8.GetBytes(body);
            string date = process.Clock.Wall.ToString("R", CultureInfo.InvariantCulture);
            await connection.Send(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nServer: {application.Server}\r\nDate: {date}\r\nContent-Length: {bytes.Length}\r\n\r\n"));
            if (request.Method != "HEAD") await connection.Send(bytes);
            if (!request.KeepAlive) return;
        }
    }

    private static async Task<(string Status, string Body)> Answer(ProcessContext process, WebApplication application, HttpRequest request, ITcpConnection connection)
    {
        string Fill(string template, string result, string error) => template.Replace("{result}", result, StringComparison.Ordinal).Replace("{error}", error, StringComparison.Ordinal)
            .Replace("{hostname}", process.Spec.Hostname, StringComparison.Ordinal).Replace("{client}", connection.RemoteAddress.ToString(), StringComparison.Ordinal)
            .Replace("{path}", request.Target, StringComparison.Ordinal);
        if (application.Call is null) return ("200 OK", Fill(application.Body, "", ""));
        var (answer, error) = await application.Call.Ask(process);
        return answer is null ? ("500 Internal Server Error", Fill(application.Failure, "", error)) : ("200 OK", Fill(application.Body, answer.TrimStart(':', '+'), ""));
    }
}

/// <summary>What a web application serves.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="Server">Its Server header.</param>
/// <param name="Call">What it asks another server, or null.</param>
/// <param name="Body">Template of its answer.</param>
/// <param name="Failure">Template of its answer when the other does not answer.</param>
internal sealed record WebApplication(Port Port, string Server, UpstreamCall? Call, string Body, string Failure);

/// <summary>The story's web application, Python's http.server: GET adds one to a counter in redis, at the host of the variable DB, and tells it. Listens at PORT or 4567.</summary>
internal sealed class WebCounter : IProgram
{
    public string Name => "web-counter";

    public Task<int> Run(ProcessContext process)
    {
        string db = process.Environment.GetValueOrDefault("DB") is { Length: > 0 } host ? host : "db";
        ushort port = ushort.TryParse(process.Environment.GetValueOrDefault("PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out ushort p) ? p : (ushort)4567;
        return ServedHttp.Run(process, new(new Port(port), "BaseHTTP/0.6 Python/3.11.2", new($"redis://{db}:6379 INCR hits"), "hits {result} on {hostname} for {client}\n", "no redis: {error}\n"));
    }
}
