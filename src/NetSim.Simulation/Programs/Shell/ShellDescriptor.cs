using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>An open descriptor: what reading and writing it means.</summary>
internal sealed record ShellDescriptor(TextPipe Input, TextSink Output);

/// <summary>A connection that bash opens by redirection, as /dev/tcp/HOST/PORT: what is written is sent, what comes can be read.</summary>
internal sealed class ShellSocket : TextSink, IDisposable
{
    private const string Prefix = "/dev/tcp/";
    private readonly ITcpConnection _connection;
    private Task _sending = Task.CompletedTask;

    private ShellSocket(ITcpConnection connection)
    {
        _connection = connection;
        _ = Receive();
    }

    /// <summary>What came.</summary>
    public TextPipe Received { get; } = new();

    /// <summary>Does a path mean a connection?</summary>
    public static bool Is(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Opens a connection.</summary>
    /// <returns>It, or (null) why not.</returns>
    public static async Task<(ShellSocket? Socket, string Problem)> Open(ProcessContext process, string path)
    {
        var words = path[Prefix.Length..].Split('/');
        if (words.Length != 2 || !ushort.TryParse(words[1], out ushort port)) return (null, $"{path}: No such file or directory");
        var host = await new GlibcResolver(process).Addresses(words[0]);
        if (host.Addresses.Count == 0) return (null, $"{words[0]}: {host.ErrorText}");
        var error = Errno.NetworkUnreachable;
        foreach (var address in host.Addresses)
        {
            try
            {
                return (new(await process.Network.Connect(address, new Port(port), process.Name)), "");
            }
            catch (SocketFailure failure)
            {
                error = failure.Errno;
            }
        }
        return (null, $"connect: {ErrnoText.Of(error)}");
    }

    /// <inheritdoc/>
    public override void Write(string text) => _sending = Send(_sending, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private async Task Send(Task before, byte[] bytes)
    {
        await before;
        try
        {
            await _connection.Send(bytes);
        }
        catch (SocketFailure)
        {
            // The peer takes no more.
        }
    }

    private async Task Receive()
    {
        try
        {
            while (await _connection.Receive() is { Length: > 0 } bytes) Received.Write(Encoding.UTF8.GetString(bytes));
        }
        catch (SocketFailure)
        {
            // It was reset: the end.
        }
        catch (ProcessKilled)
        {
            // So was the shell.
        }
        Received.Close();
    }
}
