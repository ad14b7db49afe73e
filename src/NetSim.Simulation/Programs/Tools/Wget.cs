using System.Text;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>wget of busybox 1.35, which Debian's busybox-static brings: -q -O FILE|- -S -U --header --post-data --spider -P.</summary>
internal sealed class Wget(string name) : IProgram
{
    private const int Crashed = 139;
    private static readonly string[] WithValue = ["O", "T", "t", "U", "P", "Y", "o", "timeout", "tries", "header", "post-data", "output-document", "user-agent"];

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0 || !HttpUrl.TryParse(arguments.Operands[0], out var url)) return process.Fail(1, "wget: not an http or ftp url");
        if (url.Scheme != "http") return process.Fail(1, $"wget: not an http or ftp url: {arguments.Operands[0]}");
        if (arguments.Has("T", "timeout")) return Crashed; // recorded: the static busybox of Debian 12 dies of SIGSEGV at once, without a word
        var host = await new GlibcResolver(process).Addresses(url.Host);
        if (host.Addresses.Count == 0) return process.Fail(1, $"wget: bad address '{url.Host}'");
        string where = url.Port.Number == 80 ? url.HostText : $"{url.HostText}:{url.Port}";
        if (!arguments.Has("q", "quiet")) process.Error.Write($"Connecting to {where} ({Model.Packets.FlowKey.End(host.Addresses[0], url.Port)})\n");
        try
        {
            using var connection = await process.Network.Connect(host.Addresses[0], url.Port, process.Name);
            return await new WgetRun(process, arguments, url, where).Fetch(connection);
        }
        catch (SocketFailure failure)
        {
            return process.Fail(1, $"wget: can't connect to remote host ({host.Addresses[0]}): {ErrnoText.Of(failure.Errno)}");
        }
    }
}

/// <summary>One transfer of wget.</summary>
internal sealed class WgetRun(ProcessContext process, Arguments arguments, HttpUrl url, string where)
{
    private readonly bool _quiet = arguments.Has("q", "quiet");

    /// <summary>Asks, and writes what comes.</summary>
    public async Task<int> Fetch(ITcpConnection connection)
    {
        await connection.Send(Encoding.UTF8.GetBytes(Request()));
        var response = new HttpResponse(arguments.Has("spider"));
        while (!response.IsComplete)
        {
            if (await connection.Receive() is not { Length: > 0 } bytes) break;
            response.Feed(bytes);
        }
        if (arguments.Has("S", "server-response")) process.Error.Write(string.Concat(response.Head.Split("\r\n").SkipLast(1).Select(l => $"  {l}\n")));
        if (response.Status is < 200 or >= 300) return process.Fail(1, response.Status == 0 ? "wget: error getting response" : $"wget: server returned error: {response.Head.Split("\r\n")[0]}");
        if (arguments.Has("spider"))
        {
            Say("remote file exists\n");
            return 0;
        }
        string file = arguments.Value("O", "output-document") ?? (url.Path.EndsWith('/') ? "index.html" : url.Path[(url.Path.LastIndexOf('/') + 1)..].Split('?')[0]);
        Write(response, file);
        return 0;
    }

    private string Request()
    {
        string? body = arguments.Value("post-data");
        string more = string.Concat(arguments.Values("header").Select(h => h + "\r\n")) + (body is null ? "" : $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        string method = body is not null ? "POST" : arguments.Has("spider") ? "HEAD" : "GET";
        return $"{method} {url.Path} HTTP/1.1\r\nHost: {where}\r\nUser-Agent: {arguments.Value("U", "user-agent") ?? "Wget"}\r\nConnection: close\r\n{more}\r\n{body}";
    }

    private void Write(HttpResponse response, string file)
    {
        bool out1 = file == "-";
        string shown = file[(file.LastIndexOf('/') + 1)..];
        Say(out1 ? "writing to stdout\n" : $"saving to '{file}'\n");
        if (out1) process.Output.Write(response.BodyText);
        else new FileSink(process.Files, file.StartsWith('/') ? file : $"/{file}", append: false).Write(response.BodyText);
        Say($"{shown,-20} 100% |********************************|{response.BodyLength,6}  0:00:00 ETA\n{(out1 ? "written to stdout" : $"'{file}' saved")}\n");
    }

    private void Say(string text)
    {
        if (!_quiet) process.Error.Write(text);
    }
}
