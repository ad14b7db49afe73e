using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>The server of iperf3: one test at a time (iperf_server_api.c).</summary>
internal sealed class IperfService(ProcessContext process, IperfOptions options)
{
    private const string Rule = "-----------------------------------------------------------\n";
    private readonly StringBuilder _text = new();
    private ServedIperfTest? _test;
    private int _tests;

    /// <summary>Serves for ever, or one test.</summary>
    public async Task<int> Run()
    {
        process.CatchTerm(1);
        ITcpListener listener;
        try
        {
            listener = options.Bind is { } address ? process.Network.Listen(address, options.Port, "iperf3") : ListenOnAll();
        }
        catch (SocketFailure failure)
        {
            return process.Fail(1, $"iperf3: error - unable to start listener for connections: {ErrnoText.Of(failure.Errno)}\niperf3: exiting");
        }
        using (listener)
        {
            Begin();
            while (await listener.Accept() is { } connection) _ = Take(connection);
        }
        return 0;
    }

    /// <summary>Has a one-off server done its test?</summary>
    public Task Ended => _ended.Task;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ITcpListener ListenOnAll() => process.Network.Listen(options.V6Only == false ? IpAddress.AnyV4 : IpAddress.AnyV6, options.Port, "iperf3", onlyIpv6: options.V6Only == true);

    private void Begin() => Write($"{Rule}Server listening on {options.Port} (test #{++_tests})\n{Rule}");

    /// <summary>Nobody's terminal: the C library keeps the text until its buffer is full or the program ends.</summary>
    private void Write(string line)
    {
        if (process.Spec.Terminal || options.Flush) process.Output.Write(line);
        else _text.Append(line);
    }

    private async Task Take(ITcpConnection connection)
    {
        try
        {
            var control = new IperfControl(connection);
            if (await control.Cookie() is not { } cookie) connection.Dispose();
            else if (_test is { } running && running.Cookie == cookie) running.Join(connection);
            else if (_test is not null)
            {
                await control.Send(IperfState.AccessDenied);
                connection.Dispose();
            }
            else await Serve(control, cookie);
        }
        catch (SocketFailure)
        {
            connection.Dispose();
        }
        catch (ProcessKilled)
        {
            // The server is gone.
        }
    }

    private async Task Serve(IperfControl control, string cookie)
    {
        Write($"Accepted connection from {control.Connection.RemoteAddress}, port {control.Connection.RemotePort}\n");
        _test = new(process, options, control, cookie, Write);
        try
        {
            await _test.Run();
        }
        catch (SocketFailure failure)
        {
            process.Error.Write($"iperf3: error - unable to receive control message: {ErrnoText.Of(failure.Errno)}\n");
        }
        finally
        {
            _test.Close();
            _test = null;
        }
        if (!options.OneOff)
        {
            Begin();
            return;
        }
        process.Output.Write(_text.ToString());
        _ended.TrySetResult();
    }
}

/// <summary>One test of the server.</summary>
internal sealed class ServedIperfTest(ProcessContext process, IperfOptions options, IperfControl control, string cookie, Action<string> write)
{
    private static readonly byte[] UdpReply = "6789"u8.ToArray();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IperfParameters _parameters = new();
    private IperfTraffic? _traffic;
    private IUdpSocket? _socket;
    private bool _over;

    /// <summary>What its connections begin with.</summary>
    public string Cookie => cookie;

    /// <summary>A connection of the client's with the same cookie: a stream.</summary>
    public void Join(ITcpConnection connection)
    {
        if (_traffic is null || _parameters.Udp)
        {
            connection.Dispose();
            return;
        }
        Add(new(NextId, NextSocket) { Connection = connection, Peer = (connection.RemoteAddress, connection.RemotePort) });
    }

    /// <summary>The states in their order.</summary>
    public async Task Run()
    {
        await control.Send(IperfState.ParameterExchange);
        if (await control.Json() is not { } said) return;
        _parameters = IperfParameters.Of(said);
        _traffic = new(process, _parameters, _parameters.Reverse, 0);
        if (_parameters.Udp)
        {
            bool v6 = control.Connection.LocalAddress.IsV6;
            _traffic.Keep(_socket = process.Network.OpenUdp(v6 ? IpAddress.AnyV6 : IpAddress.AnyV4, options.Port, "iperf3"));
            _ = Datagrams(_socket);
        }
        await control.Send(IperfState.CreateStreams);
        var next = control.State();
        if (await Waiting.First(_complete.Task, next) == 1) return;
        await control.Send(IperfState.TestStart);
        await control.Send(IperfState.TestRunning);
        var report = new IperfReport(process, options, _parameters, _traffic, write);
        _traffic.Begin();
        if (_socket is { } socket && _parameters.Reverse)
            foreach (var s in _traffic.Streams) _traffic.Run(s, socket);
        _ = report.Follow(() => _over);
        if (await next != IperfState.TestEnd)
        {
            process.Error.Write("iperf3: the client has unexpectedly closed the connection\n");
            return;
        }
        await Finish(report, _traffic.Elapsed);
    }

    /// <summary>Nothing of it stays.</summary>
    public void Close()
    {
        _over = true;
        _traffic?.Close();
        control.Connection.Dispose();
    }

    private int NextId => _traffic!.Streams.Count == 0 ? 1 : _traffic.Streams.Count + 2;

    private int NextSocket => _traffic!.Streams.Count == 0 ? 5 : 6 + 2 * _traffic.Streams.Count;

    /// <summary>The streams are closed as soon as the client says it is done, read or not.</summary>
    private async Task Finish(IperfReport report, double seconds)
    {
        _over = true;
        _traffic!.Stop();
        report.End();
        _traffic.Close();
        await control.Send(IperfState.ExchangeResults);
        if (await control.Json() is not { } results) return;
        IperfResults.Give(_traffic, results);
        await control.Send(IperfResults.Of(_traffic, seconds));
        await control.Send(IperfState.DisplayResults);
        report.Summary(seconds);
        await control.State();
    }

    private void Add(IperfStream stream)
    {
        _traffic!.Streams.Add(stream);
        write($"{IperfText.Bracket(stream.Socket.ToString(System.Globalization.CultureInfo.InvariantCulture))} local {control.Connection.LocalAddress} port {options.Port} connected to {stream.Peer.Address} port {stream.Peer.Port}\n");
        if (_traffic.Streams.Count == _parameters.Streams) _complete.TrySetResult();
    }

    private async Task Datagrams(IUdpSocket socket)
    {
        try
        {
            while (await socket.Receive() is { } d)
            {
                var stream = _traffic!.Streams.Find(s => s.Peer == (d.Source, d.SourcePort));
                if (stream is not null)
                {
                    stream.Take(d.Data, process.Clock.Wall);
                    _traffic.Arrived(d.Data.Length);
                }
                else if (_traffic.Streams.Count < _parameters.Streams)
                {
                    socket.Send(UdpReply, d.Source, d.SourcePort);
                    Add(new(NextId, NextSocket) { Peer = (d.Source, d.SourcePort) });
                }
            }
        }
        catch (SocketFailure)
        {
            // Not connected: nothing fails that matters.
        }
        catch (ProcessKilled)
        {
            // The server is gone.
        }
    }
}
