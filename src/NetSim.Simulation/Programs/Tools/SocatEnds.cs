using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>One side of socat's transfer.</summary>
internal interface ISocatEnd
{
    /// <summary>The next bytes; null at the end.</summary>
    Task<byte[]?> Read();

    /// <summary>Passes bytes on.</summary>
    Task Write(byte[] bytes);

    /// <summary>Nothing more will be written.</summary>
    void EndWrite();

    /// <summary>All is over.</summary>
    void Close();
}

/// <summary>A TCP connection.</summary>
internal sealed class TcpEnd(ITcpConnection connection) : ISocatEnd
{
    /// <summary>With the options of an address: nodelay, cork, keepalive, keepidle=S, keepintvl=S, keepcnt=N. Source: socat 1.7.4 xio-tcp.c.</summary>
    public TcpEnd(ITcpConnection connection, IReadOnlyDictionary<string, string> options) : this(connection)
    {
        connection.NoDelay = Is("nodelay") || Is("tcp-nodelay");
        connection.Corked = Is("cork") || Is("tcp-cork");
        if (Is("keepalive") || Is("so-keepalive")) connection.KeepAlive = new(Seconds("keepidle"), Seconds("keepintvl"), (int?)Number("keepcnt"));

        bool Is(string name) => options.TryGetValue(name, out string? value) && value != "0";
        double? Number(string name) => double.TryParse(options.GetValueOrDefault(name), System.Globalization.CultureInfo.InvariantCulture, out double n) ? n : null;
        TimeSpan? Seconds(string name) => Number(name) is { } n ? TimeSpan.FromSeconds(n) : null;
    }

    public async Task<byte[]?> Read() => await connection.Receive() is { Length: > 0 } bytes ? bytes : null;

    public Task Write(byte[] bytes) => connection.Send(bytes);

    public void EndWrite() => connection.Shutdown();

    public void Close() => connection.Dispose();
}

/// <summary>A UDP socket with a peer; a first datagram may have come already.</summary>
internal sealed class UdpEnd(IUdpSocket socket, IpAddress peer, Port port, byte[]? first, bool onlyFirst) : ISocatEnd
{
    private byte[]? _first = first;

    public async Task<byte[]?> Read()
    {
        if (_first is { } bytes)
        {
            _first = null;
            return bytes;
        }
        if (onlyFirst) return null;
        try
        {
            return (await socket.Receive())?.Data;
        }
        catch (SocketFailure failure)
        {
            throw new SocatException($"read(5, 0x55d0c0de5000, 8192): {ErrnoText.Of(failure.Errno)}");
        }
    }

    public Task Write(byte[] bytes)
    {
        socket.Send(bytes, peer, port);
        return Task.CompletedTask;
    }

    public void EndWrite() { }

    public void Close()
    {
        if (!onlyFirst) socket.Dispose();
    }
}

/// <summary>Standard input and output.</summary>
internal sealed class StandardEnd(ProcessContext process) : ISocatEnd
{
    public async Task<byte[]?> Read() => await process.Input.Read() is { } text ? Encoding.UTF8.GetBytes(text) : null;

    public Task Write(byte[] bytes)
    {
        process.Output.Write(Encoding.UTF8.GetString(bytes));
        return Task.CompletedTask;
    }

    public void EndWrite() { }

    public void Close() { }
}

/// <summary>A file.</summary>
internal sealed class FileEnd(ProcessContext process, string path, bool append) : ISocatEnd
{
    private FileSink? _sink;
    private bool _read;

    public Task<byte[]?> Read()
    {
        byte[]? all = _read || process.Files.Read(path) is not { Length: > 0 } text ? null : Encoding.UTF8.GetBytes(text);
        _read = true;
        return Task.FromResult(all);
    }

    public Task Write(byte[] bytes)
    {
        (_sink ??= new(process.Files, path, append)).Write(Encoding.UTF8.GetString(bytes));
        return Task.CompletedTask;
    }

    public void EndWrite() { }

    public void Close() { }
}

/// <summary>A program that socat started.</summary>
internal sealed class ProgramEnd : ISocatEnd
{
    private readonly TextPipe _input = new();
    private readonly TextPipe _output = new();

    public ProgramEnd(ProcessContext process, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var child = process.Start(new(command, environment, _input, _output, process.Error));
        if (child.NotFound) process.Fail(1, $"{process.Clock.Wall:yyyy/MM/dd HH:mm:ss} socat[1] E execvp(\"{command[0]}\", ...): No such file or directory");
        _ = CloseAfter(child);
    }

    public async Task<byte[]?> Read() => await _output.Read() is { } text ? Encoding.UTF8.GetBytes(text) : null;

    public Task Write(byte[] bytes)
    {
        _input.Write(Encoding.UTF8.GetString(bytes));
        return Task.CompletedTask;
    }

    public void EndWrite() => _input.Close();

    public void Close() => _input.Close();

    private async Task CloseAfter(RunningProcess child)
    {
        await child.Ended;
        _output.Close();
    }
}
