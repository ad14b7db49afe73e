using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Programs.Text;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>nc of netcat-openbsd: client and -l, TCP and -u, -z, -v, -w, -p, -s, -q, -N, -k.</summary>
internal sealed class Netcat(string name, bool isBusybox = false) : IProgram
{
    private static readonly string[] WithValue = ["w", "p", "s", "q", "i", "I", "O", "T", "V", "X", "x", "m"];

    public string Name => isBusybox ? "busybox " + name : name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Has("l")) return await Listen(process, arguments);
        if (arguments.Operands.Count < 2) return process.Fail(1, "usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]\n\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]\n\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]\n\t  [destination] [port]");
        string host0 = arguments.Operands[0];
        var family = arguments.Has("6") ? Family.V6 : arguments.Has("4") ? Family.V4 : Family.Both;
        int code = 1;
        foreach (var port in Ports(arguments.Operands[1]))
        {
            var host = await new GlibcResolver(process).Addresses(host0, family); // asked anew for each port (remote_connect)
            if (host.Addresses.Count == 0) return process.Fail(1, isBusybox ? $"nc: bad address '{host0}'" : $"nc: getaddrinfo for host \"{host0}\" port {port}: {host.ErrorText}");
            code = arguments.Has("u") ? await new NetcatRun(process, arguments).Udp(host0, host.Addresses[0], port) : await Tcp(process, arguments, host0, host.Addresses, port);
        }
        return code;
    }

    /// <summary>"6379" or "80-82".</summary>
    private static IEnumerable<Port> Ports(string text)
    {
        var ends = text.Split('-');
        if (!ushort.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort from)) yield break;
        ushort to = ends.Length > 1 && ushort.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort t) ? t : from;
        for (int p = from; p <= to; p++) yield return new((ushort)p);
    }

    private async Task<int> Tcp(ProcessContext process, Arguments arguments, string host, IReadOnlyList<IpAddress> addresses, Port port)
    {
        TimeSpan? limit = arguments.Number(0, "w") is > 0 and double s ? TimeSpan.FromSeconds(s) : null;
        IpAddress? source = IpAddress.TryParse(arguments.Value("s"), out var from) ? from : null;
        var sourcePort = new Port((ushort)arguments.Number(0, "p"));
        foreach (var address in addresses)
        {
            string shown = NetcatRun.Shown(host, address);
            string error;
            try
            {
                using var connection = await Waiting.Within(process.Network.Connect(address, port, process.Name, source, sourcePort), process.Clock, limit);
                if (connection is not null)
                {
                    if (arguments.Has("v")) process.Error.Write(isBusybox ? $"{address} ({Model.Packets.FlowKey.End(address, port)}) open\n" : $"Connection to {shown} {port} port [tcp/{Services.Of(port)}] succeeded!\n");
                    return arguments.Has("z") ? 0 : await new NetcatRun(process, arguments) { EndsOnInput = isBusybox }.Transfer(connection);
                }
                error = "timed out: Operation now in progress";
            }
            catch (SocketFailure failure)
            {
                error = $"failed: {ErrnoText.Of(failure.Errno)}";
            }
            if (isBusybox) process.Error.Write(error.StartsWith("timed", StringComparison.Ordinal) ? "nc: timed out\n" : $"nc: can't connect to remote host ({address}): {error["failed: ".Length..]}\n");
            else if (arguments.Has("v")) process.Error.Write($"nc: connect to {shown} port {port} (tcp) {error}\n");
        }
        return 1;
    }

    /// <summary>Without -n an address is told by its name, if it has one (report_sock, getnameinfo).</summary>
    private static async Task<string> Told(ProcessContext process, Arguments arguments, IpAddress address) =>
        !arguments.Has("n") && await new GlibcResolver(process).Reverse(address) is { } names ? names[0] : address.ToString();

    private static async Task<int> Listen(ProcessContext process, Arguments arguments)
    {
        string? text = arguments.Value("p") ?? arguments.Operands.LastOrDefault();
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)) return process.Fail(1, "nc: missing port number");
        var address = arguments.Operands.Count > 1 && IpAddress.TryParse(arguments.Operands[0], out var bound) ? bound : IpAddress.AnyV4;
        if (arguments.Has("v")) process.Error.Write($"Listening on {await Told(process, arguments, address)} {number}\n");
        if (arguments.Has("u")) return await new NetcatRun(process, arguments).ServeUdp(address, new(number));
        using var listener = process.Network.Listen(address, new(number), process.Name);
        do
        {
            if (await listener.Accept() is not { } connection) return 1;
            if (arguments.Has("v")) process.Error.Write($"Connection received on {await Told(process, arguments, connection.RemoteAddress)} {connection.RemotePort}\n");
            using (connection) await new NetcatRun(process, arguments).Transfer(connection);
        }
        while (arguments.Has("k"));
        return 0;
    }
}

/// <summary>The transfer of nc.</summary>
internal sealed class NetcatRun(ProcessContext process, Arguments arguments)
{
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private readonly TimeSpan? _idle = arguments.Number(0, "w") is > 0 and double s ? TimeSpan.FromSeconds(s) : null;
    private Model.Tracing.SimTime _last;

    /// <summary>Is the end of its input passed on at once, as busybox does?</summary>
    public bool EndsOnInput { get; init; }

    /// <summary>"srv (172.18.0.2)", or the address alone.</summary>
    public static string Shown(string name, IpAddress address) => IpAddress.TryParse(name, out _) ? name : $"{name} ({address})";

    /// <summary>Both ways until both have ended, or the peer takes no more. The end of the input alone ends it only with -q. A listener ends with its peer.</summary>
    public async Task<int> Transfer(ITcpConnection connection)
    {
        _last = process.Clock.Now;
        Task input = FromInput(connection), output = FromPeer(connection);
        int first = await Waiting.First(output, input, Idle());
        if (first == 2) return 0;
        if (first == 0)
        {
            if (!await Failed(output) && !arguments.Has("l")) await Waiting.First(input, Idle());
            return 0;
        }
        if (arguments.Value("q") is not null) await Waiting.First(output, process.Clock.Delay(TimeSpan.FromSeconds(Math.Max(0, arguments.Number(0, "q")))));
        else if (arguments.Has("N") || EndsOnInput) connection.Shutdown();
        if (arguments.Value("q") is null) await Waiting.First(output, Idle());
        return 0;
    }

    /// <summary>A UDP flow; -v probes with a datagram of its own, as nc does.</summary>
    public async Task<int> Udp(string name, IpAddress address, Port port)
    {
        var source = IpAddress.TryParse(arguments.Value("s"), out var from) ? from : address.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        using var socket = process.Network.OpenUdp(source, new((ushort)arguments.Number(0, "p")), process.Name);
        socket.Connect(address, port);
        if (arguments.Has("v", "z"))
        {
            try
            {
                for (int i = 0; i < 4; i++)
                {
                    socket.Send("X"u8, address, port);
                    await socket.Receive(Probe / 4);
                }
            }
            catch (SocketFailure)
            {
                return 1;
            }
            process.Error.Write($"Connection to {Shown(name, address)} {port} port [udp/{Services.Of(port, udp: true)}] succeeded!\n");
            if (arguments.Has("z")) return 0;
        }
        _last = process.Clock.Now;
        Task sending = Datagrams(socket, address, port), receiving = FromSocket(socket);
        int first = await Waiting.First(sending, receiving, Idle());
        if (first == 0 && arguments.Value("q") is not null) first = await Waiting.First(process.Clock.Delay(TimeSpan.FromSeconds(Math.Max(0, arguments.Number(0, "q")))), receiving, Idle());
        else if (first == 0) first = await Waiting.First(Never(), receiving, Idle());
        if (first == 1) await Failed(receiving); // a refused datagram ends it, but is no failure
        return 0;
    }

    /// <summary>-l -u: answers the first that speaks.</summary>
    public async Task<int> ServeUdp(IpAddress address, Port port)
    {
        using var socket = process.Network.OpenUdp(address, port, process.Name);
        if (await socket.Receive() is not { } first) return 1;
        process.Output.Write(Encoding.UTF8.GetString(first.Data));
        _ = Datagrams(socket, first.Source, first.SourcePort);
        await FromSocket(socket);
        return 0;
    }

    private static Task Never() => new TextPipe().Read();

    private static async Task<bool> Failed(Task task)
    {
        try
        {
            await task;
            return false;
        }
        catch (SocketFailure)
        {
            return true;
        }
    }

    private async Task Idle()
    {
        if (_idle is not { } idle) await Never();
        else while (process.Clock.Now - _last < idle) await process.Clock.Delay(idle - (process.Clock.Now - _last));
    }

    private async Task FromInput(ITcpConnection connection)
    {
        try
        {
            while (await process.Input.Read() is { } text)
            {
                _last = process.Clock.Now;
                await connection.Send(Encoding.UTF8.GetBytes(text));
            }
        }
        catch (SocketFailure)
        {
            // The peer takes no more: that is an end too.
        }
    }

    private async Task FromPeer(ITcpConnection connection)
    {
        while (await connection.Receive() is { Length: > 0 } bytes)
        {
            _last = process.Clock.Now;
            process.Output.Write(Encoding.UTF8.GetString(bytes));
        }
    }

    private async Task Datagrams(IUdpSocket socket, IpAddress address, Port port)
    {
        while (await process.Input.Read() is { } text)
        {
            _last = process.Clock.Now;
            socket.Send(Encoding.UTF8.GetBytes(text), address, port);
        }
    }

    private async Task FromSocket(IUdpSocket socket)
    {
        while (await socket.Receive() is { } datagram)
        {
            _last = process.Clock.Now;
            process.Output.Write(Encoding.UTF8.GetString(datagram.Data));
        }
    }
}
