using System.Text;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>wget, as busybox 1.35 words it: -q -O FILE|- -T SECONDS -S --spider.</summary>
internal sealed class Wget(string name) : IProgram
{
    private static readonly string[] WithValue = ["O", "T", "t", "U", "P", "Y", "o", "timeout", "tries", "header", "post-data", "output-document"];

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0 || !HttpUrl.TryParse(arguments.Operands[0], out var url)) return process.Fail(1, "wget: not an http or ftp url");
        if (url.Scheme != "http") return process.Fail(1, $"wget: not an http or ftp url: {arguments.Operands[0]}");
        bool quiet = arguments.Has("q", "quiet");
        var host = await new GlibcResolver(process).Addresses(url.Host);
        if (host.Addresses.Count == 0) return process.Fail(1, $"wget: bad address '{url.Host}'");
        TimeSpan? limit = arguments.Number(0, "T", "timeout") is > 0 and double s ? TimeSpan.FromSeconds(s) : null;
        if (!quiet) process.Error.Write($"Connecting to {url.Host}{(url.Port.Number == 80 ? "" : $":{url.Port}")} ({host.Addresses[0]}:{url.Port})\n");
        try
        {
            using var connection = await Waiting.Within(process.Network.Connect(host.Addresses[0], url.Port, process.Name), process.Clock, limit);
            return connection is null ? process.Fail(1, "wget: download timed out") : await Fetch(process, arguments, url, connection, limit, quiet);
        }
        catch (SocketFailure failure)
        {
            return process.Fail(1, $"wget: can't connect to remote host ({host.Addresses[0]}): {ErrnoText.Of(failure.Errno)}");
        }
    }

    private static async Task<int> Fetch(ProcessContext process, Arguments arguments, HttpUrl url, ITcpConnection connection, TimeSpan? limit, bool quiet)
    {
        string where = url.Port.Number == 80 ? url.HostText : $"{url.HostText}:{url.Port}";
        await connection.Send(Encoding.UTF8.GetBytes($"GET {url.Path} HTTP/1.1\r\nHost: {where}\r\nUser-Agent: Wget\r\nConnection: close\r\n\r\n"));
        var response = new HttpResponse(isHead: false);
        while (!response.IsComplete)
        {
            if (await connection.Receive(limit) is not { } bytes) return process.Fail(1, "wget: download timed out");
            if (bytes.Length == 0) break;
            response.Feed(bytes);
        }
        if (response.Status is < 200 or >= 300) return process.Fail(1, response.Status == 0 ? "wget: error getting response" : $"wget: server returned error: {response.Head.Split("\r\n")[0]}");
        if (arguments.Has("spider")) return 0;
        string file = arguments.Value("O", "output-document") ?? (url.Path.EndsWith('/') ? "index.html" : url.Path[(url.Path.LastIndexOf('/') + 1)..].Split('?')[0]);
        if (file == "-")
        {
            process.Output.Write(response.BodyText);
            return 0;
        }
        new FileSink(process.Files, file.StartsWith('/') ? file : $"/{file}", append: false).Write(response.BodyText);
        if (!quiet) process.Error.Write($"saving to '{file}'\n'{file}' saved\n");
        return 0;
    }
}
