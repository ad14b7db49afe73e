using System.Text;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>What a server asks of another for each request: "redis://db:6379 INCR hits" or "http://api:8080/path". A new connection each time, as Python's create_connection makes it.</summary>
internal sealed class UpstreamCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly HttpUrl _url;
    private readonly IReadOnlyList<string> _command;

    /// <summary>Reads the text of a call.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public UpstreamCall(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !HttpUrl.TryParse(words[0], out var url) || url.Scheme is not ("redis" or "http" or "tcp"))
            throw new FormatException($"\"{text}\" is no call; it is written like \"redis://db:6379 INCR hits\" or \"http://api:8080/\"");
        bool plain = url.Port.Number == 80 && url.Scheme == "redis" && !words[0].EndsWith(":80", StringComparison.Ordinal);
        _url = plain ? url with { Port = new(6379) } : url;
        _command = words[1..];
    }

    /// <summary>Asks; the answer, or Python's words for what went wrong.</summary>
    public async Task<(string? Answer, string Error)> Ask(ProcessContext process)
    {
        var host = await new GlibcResolver(process).Addresses(_url.Host);
        if (host.Addresses.Count == 0) return (null, $"[Errno {(host.Error == ResolveError.Again ? -3 : host.Error == ResolveError.NoData ? -5 : -2)}] {host.ErrorText}");
        string error = "";
        foreach (var address in host.Addresses)
        {
            try
            {
                using var connection = await Waiting.Within(process.Network.Connect(address, _url.Port, process.Name), process.Clock, Patience);
                if (connection is null) error = "timed out";
                else return await Exchange(connection) is { } answer ? (answer, "") : (null, "timed out");
            }
            catch (SocketFailure failure)
            {
                error = $"[Errno {Number(failure.Errno)}] {ErrnoText.Of(failure.Errno)}";
            }
        }
        return (null, error);
    }

    private async Task<string?> Exchange(ITcpConnection connection)
    {
        if (_url.Scheme == "http")
        {
            await connection.Send(Encoding.UTF8.GetBytes($"GET {_url.Path} HTTP/1.1\r\nHost: {_url.HostText}:{_url.Port}\r\nConnection: close\r\n\r\n"));
            var response = new HttpResponse(isHead: false);
            while (!response.IsComplete && await connection.Receive(Patience) is { Length: > 0 } bytes) response.Feed(bytes);
            return response.BodyText.Trim();
        }
        if (_command.Count > 0) await connection.Send(Encoding.UTF8.GetBytes(_url.Scheme == "redis" ? Resp.Command(_command) : string.Join(' ', _command) + "\n"));
        return await connection.Receive(Patience) is { } reply ? Encoding.UTF8.GetString(reply).Trim() : null;
    }

    private static int Number(Errno errno) => errno switch
    {
        Errno.ConnectionRefused => 111,
        Errno.HostUnreachable => 113,
        Errno.NetworkUnreachable => 101,
        Errno.ConnectionReset => 104,
        Errno.TimedOut => 110,
        Errno.BrokenPipe => 32,
        Errno.AddressInUse => 98,
        Errno.AddressNotAvailable => 99,
        Errno.MessageTooLong => 90,
        Errno.PermissionDenied => 13,
        _ => 1,
    };
}
