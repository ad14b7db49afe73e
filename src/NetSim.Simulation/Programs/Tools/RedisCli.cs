using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>redis-cli 7 without a terminal: a command on the line, or one from each line of its input. It asks for IPv4 addresses first (hiredis).</summary>
internal sealed class RedisCli : IProgram
{
    private static readonly string[] WithValue = ["h", "p", "a", "n", "r", "i", "u", "s", "t"];

    public string Name => "redis-cli";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue, stopAtOperand: true);
        string host = arguments.Value("h") ?? "127.0.0.1";
        var port = new Port((ushort)arguments.Number(6379, "p"));
        var (connection, error) = await Connect(process, host, port);
        if (connection is null) (connection, error) = await Connect(process, host, port); // a command whose connection failed connects once more before it is given up (issueCommandRepeat)
        if (connection is null) return process.Fail(1, $"Could not connect to Redis at {host}:{port}: {error}");
        using (connection)
        {
            var reader = new RespReader();
            if (arguments.Value("n") is { } database and not "0" && await Said(connection, reader, ["SELECT", database]) is null) return process.Fail(1, "Error: Server closed the connection");
            if (arguments.Operands.Count > 0) return await Ask(process, connection, reader, arguments.Operands) ? 0 : 1;
            while (await process.Input.ReadLine() is { } line)
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 0 && !await Ask(process, connection, reader, words)) return 1;
            }
        }
        return 0;
    }

    private static async Task<(ITcpConnection? Connection, string Error)> Connect(ProcessContext process, string name, Port port)
    {
        var resolver = new GlibcResolver(process);
        var host = await resolver.Addresses(name, Family.V4);
        if (host.Addresses.Count == 0) host = await resolver.Addresses(name, Family.V6);
        if (host.Addresses.Count == 0) return (null, host.ErrorText);
        var outcome = await HappyEyeballs.InTurn(process, host.Addresses, port);
        return (outcome.Connection, ErrnoText.Of(outcome.Error));
    }

    /// <summary>The reply to a command, or null when the server closed the connection.</summary>
    private static async Task<string?> Said(ITcpConnection connection, RespReader reader, IReadOnlyList<string> words)
    {
        await connection.Send(Encoding.UTF8.GetBytes(Resp.Command(words)));
        string? reply;
        while ((reply = reader.Reply()) is null)
        {
            if (await connection.Receive() is not { Length: > 0 } bytes) return null;
            reader.Feed(bytes);
        }
        return reply;
    }

    private static async Task<bool> Ask(ProcessContext process, ITcpConnection connection, RespReader reader, IReadOnlyList<string> words)
    {
        try
        {
            if (await Said(connection, reader, words) is not { } reply) return process.Fail(1, "Error: Server closed the connection") == 0;
            process.Output.Write(reply + "\n");
            return true;
        }
        catch (SocketFailure failure)
        {
            process.Error.Write($"Error: {ErrnoText.Of(failure.Errno)}\n");
            return false;
        }
    }
}
