using System.Globalization;
using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>What ends a run of iperf3 with a sentence.</summary>
internal sealed class IperfFailure(string problem) : Exception(problem);

/// <summary>The client of iperf3: follows the states that the server sends (iperf_client_api.c).</summary>
internal sealed class IperfClient(ProcessContext process, IperfOptions options)
{
    private const int HeaderLength = 52;
    private static readonly byte[] UdpHello = "9876"u8.ToArray();
    private readonly List<(IperfStream Stream, IUdpSocket Socket)> _udp = [];
    private readonly string _cookie = IperfControl.NewCookie(process.Clock.Chance);
    private IperfParameters _parameters = new();
    private IperfTraffic _traffic = null!;
    private IperfReport _report = null!;
    private bool _over;
    private double _seconds;

    /// <summary>The whole test.</summary>
    /// <exception cref="IperfFailure">It could not be done.</exception>
    public async Task Run()
    {
        if (!options.Json) process.Output.Write($"Connecting to host {options.Host}, port {options.Port}\n");
        var control = new IperfControl(await Connect(options.ConnectLimit, "unable to connect to server"));
        using var connection = control.Connection;
        await IperfControl.SendCookie(connection, _cookie);
        _parameters = options.Parameters(SegmentOf(connection));
        _traffic = new(process, _parameters, !_parameters.Reverse, SegmentOf(connection));
        _report = new(process, options, _parameters, _traffic, Write);
        try
        {
            await Follow(control);
        }
        catch (SocketFailure failure)
        {
            throw new IperfFailure($"unable to receive control message: {ErrnoText.Of(failure.Errno)}");
        }
        finally
        {
            _over = true;
            _traffic.Close();
        }
        await control.Send(IperfState.Done);
        connection.Dispose();
        if (options.Json) process.Output.Write(IperfJson.Text(Document(connection)) + "\n");
        else process.Output.Write("\niperf Done.\n");
    }

    private void Write(string line)
    {
        if (!options.Json) process.Output.Write(line);
    }

    private static int SegmentOf(ITcpConnection connection) => connection.Figures.SegmentSize is > 0 and var s ? s : 1500 - HeaderLength;

    private async Task<ITcpConnection> Connect(TimeSpan? limit, string problem)
    {
        var host = await new GlibcResolver(process).Addresses(options.Host!, options.V6Only is { } v6 ? v6 ? Family.V6 : Family.V4 : Family.Both);
        if (host.Addresses.Count == 0) throw new IperfFailure($"{problem}: {host.ErrorText}");
        try
        {
            var connecting = process.Network.Connect(host.Addresses[0], options.Port, "iperf3", options.Bind);
            return await Waiting.Within(connecting, process.Clock, limit) ?? throw new IperfFailure($"{problem}: Connection timed out");
        }
        catch (SocketFailure failure)
        {
            throw new IperfFailure($"{problem}: {ErrnoText.Of(failure.Errno)}");
        }
    }

    private async Task Follow(IperfControl control)
    {
        while (true)
        {
            switch (await control.State())
            {
                case IperfState.ParameterExchange: await control.Send(_parameters.ToJson()); break;
                case IperfState.CreateStreams: await CreateStreams(); break;
                case IperfState.TestStart: break;
                case IperfState.TestRunning: _ = Measure(control); break;
                case IperfState.ExchangeResults: await Exchange(control); break;
                case IperfState.DisplayResults: _report.Summary(_seconds); return;
                case IperfState.ServerTerminate: throw new IperfFailure("the server has terminated");
                case IperfState.AccessDenied: throw new IperfFailure("the server is busy running a test. try again later");
                case null: throw new IperfFailure("control socket has closed unexpectedly");
                default: throw new IperfFailure("received an unknown control message");
            }
        }
    }

    private async Task CreateStreams()
    {
        if (_parameters.Reverse) Write($"Reverse mode, remote host {options.Host} is sending\n");
        for (int i = 0; i < _parameters.Streams; i++)
        {
            int id = i == 0 ? 1 : i + 2, socket = 5 + 2 * i;
            var stream = _parameters.Udp ? await UdpStream(id, socket) : await TcpStream(id, socket);
            _traffic.Streams.Add(stream);
        }
    }

    private async Task<IperfStream> TcpStream(int id, int socket)
    {
        var connection = await Connect(null, "unable to connect stream");
        await IperfControl.SendCookie(connection, _cookie);
        Write($"{IperfText.Bracket(socket.ToString(CultureInfo.InvariantCulture))} local {connection.LocalAddress} port {connection.LocalPort} connected to {connection.RemoteAddress} port {connection.RemotePort}\n");
        return new(id, socket) { Connection = connection };
    }

    /// <summary>Says hello with four bytes and waits for four, so that both know each other's port (iperf_udp_connect).</summary>
    private async Task<IperfStream> UdpStream(int id, int number)
    {
        var host = await new GlibcResolver(process).Addresses(options.Host!, options.V6Only is { } v6 ? v6 ? Family.V6 : Family.V4 : Family.Both);
        var address = host.Addresses.Count > 0 ? host.Addresses[0] : throw new IperfFailure($"unable to connect stream: {host.ErrorText}");
        var socket = process.Network.OpenUdp(address.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, "iperf3");
        _traffic.Keep(socket);
        var stream = new IperfStream(id, number) { Peer = (address, options.Port) };
        try
        {
            socket.Connect(address, options.Port);
            socket.Send(UdpHello, address, options.Port);
            if (await socket.Receive(TimeSpan.FromSeconds(30)) is null) throw new IperfFailure("unable to read from stream socket: Resource temporarily unavailable");
        }
        catch (SocketFailure failure)
        {
            throw new IperfFailure($"unable to read from stream socket: {ErrnoText.Of(failure.Errno)}");
        }
        Write($"{IperfText.Bracket(number.ToString(CultureInfo.InvariantCulture))} local {process.Network.SourceFor(address)} port {socket.Port} connected to {address} port {options.Port}\n");
        _udp.Add((stream, socket));
        return stream;
    }

    /// <summary>Runs the clock of the test, and ends it.</summary>
    private async Task Measure(IperfControl control)
    {
        _traffic.Begin();
        foreach (var (stream, socket) in _udp) _traffic.Run(stream, socket);
        _ = _report.Follow(() => _over);
        var limit = _parameters.Seconds > 0 ? process.Clock.Delay(TimeSpan.FromSeconds(_parameters.Seconds + _parameters.Omit)) : new TextPipe().Read();
        await Waiting.First(limit, _traffic.Done);
        if (_over) return;
        _over = true;
        _traffic.Stop();
        _seconds = _traffic.Elapsed;
        _report.End();
        try
        {
            await control.Send(IperfState.TestEnd);
        }
        catch (SocketFailure)
        {
            // Who reads the states sees it as well.
        }
    }

    private async Task Exchange(IperfControl control)
    {
        await control.Send(IperfResults.Of(_traffic, _seconds));
        IperfResults.Give(_traffic, await control.Json() ?? throw new IperfFailure("unable to receive results"));
    }

    private JsonObject Document(ITcpConnection control)
    {
        bool udp = _parameters.Udp, sends = _traffic.Sends;
        var connected = new JsonArray();
        foreach (var s in _traffic.Streams)
            connected.Add((JsonNode)new JsonObject { ["socket"] = s.Socket, ["local_host"] = control.LocalAddress.ToString(), ["local_port"] = (s.Connection?.LocalPort ?? default).Number, ["remote_host"] = control.RemoteAddress.ToString(), ["remote_port"] = (int)options.Port.Number });
        var intervals = new JsonArray();
        foreach (var i in _report.Intervals)
        {
            var streams = new JsonArray();
            for (int n = 0; n < i.Count; n++) streams.Add((JsonNode)IperfJson.Of(i[n], udp, sends, _traffic.Streams[n].Socket));
            intervals.Add((JsonNode)new JsonObject { ["streams"] = streams, ["sum"] = IperfJson.Of(IperfMeasure.Sum(i), udp, sends, null) });
        }
        return new() { ["start"] = Start(connected), ["intervals"] = intervals, ["end"] = End(udp, sends) };
    }

    private JsonObject Start(JsonArray connected) => new()
    {
        ["connected"] = connected,
        ["version"] = "iperf 3.12",
        ["timestamp"] = new JsonObject { ["time"] = process.Clock.Wall.ToString("R", CultureInfo.InvariantCulture), ["timesecs"] = process.Clock.Wall.ToUnixTimeSeconds() },
        ["connecting_to"] = new JsonObject { ["host"] = options.Host, ["port"] = (int)options.Port.Number },
        ["cookie"] = _cookie,
        ["tcp_mss_default"] = _traffic.Segment,
        ["target_bitrate"] = (long)_parameters.Rate,
        ["test_start"] = new JsonObject
        {
            ["protocol"] = _parameters.Udp ? "UDP" : "TCP",
            ["num_streams"] = _parameters.Streams,
            ["blksize"] = _parameters.Length,
            ["omit"] = _parameters.Omit,
            ["duration"] = _parameters.Seconds,
            ["bytes"] = _parameters.Bytes,
            ["blocks"] = _parameters.Blocks,
            ["reverse"] = _parameters.Reverse ? 1 : 0,
        },
    };

    private JsonObject End(bool udp, bool sends)
    {
        var own = _traffic.Streams.Select(s => s.Whole(_seconds)).ToList();
        var other = _traffic.Streams.Select(s => s.OfRemote()).ToList();
        var (sent, received) = sends ? (own, other) : (other, own);
        var streams = new JsonArray();
        for (int i = 0; i < own.Count; i++)
        {
            int socket = _traffic.Streams[i].Socket;
            streams.Add((JsonNode)(udp ? new JsonObject { ["udp"] = IperfJson.Of(received[i], udp, sender: false, socket) }
                : new JsonObject { ["sender"] = IperfJson.Of(sent[i], udp, sender: true, socket), ["receiver"] = IperfJson.Of(received[i], udp, sender: false, socket) }));
        }
        return new()
        {
            ["streams"] = streams,
            [udp ? "sum" : "sum_sent"] = IperfJson.Of(IperfMeasure.Sum(sent), udp, sender: !udp, null),
            ["sum_received"] = IperfJson.Of(IperfMeasure.Sum(received), udp, sender: false, null),
            ["cpu_utilization_percent"] = new JsonObject { ["host_total"] = 0, ["remote_total"] = 0 },
        };
    }
}
