using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>One run of socat: opens both sides, then passes bytes.</summary>
internal sealed class SocatRun(ProcessContext process, Arguments arguments, SocatAddress left, SocatAddress right)
{
    private readonly TimeSpan _after = TimeSpan.FromSeconds(arguments.Number(0.5, "t"));
    private readonly TimeSpan? _idle = arguments.Number(0, "T") is > 0 and double s ? TimeSpan.FromSeconds(s) : null;
    private Model.Tracing.SimTime _lastBytes;

    /// <summary>Runs to its end; a forking listener does not end.</summary>
    public async Task<int> Go()
    {
        bool forks = left.Options.ContainsKey("fork");
        switch (left.Type)
        {
            case "TCP-LISTEN" when forks:
                await Listening.Serve(process, Bound(), left.Port, c => Quietly(new TcpEnd(c, left.Options), (c.RemoteAddress, c.RemotePort, c.LocalAddress, c.LocalPort)));
                return 0;
            case "UDP-RECVFROM" or "UDP-LISTEN" when forks: return await Datagrams();
            default:
                await Transfer(await Open(left), await Open(right));
                return 0;
        }
    }

    /// <summary>Who is at the other end, for the programs that socat starts: address and port.</summary>
    public (IpAddress Address, Port Port, IpAddress Own, Port OwnPort)? Peer { get; set; }

    /// <summary>The environment of programs, with SOCAT_PEERADDR and the like.</summary>
    private Dictionary<string, string> Environment()
    {
        var all = new Dictionary<string, string>(process.Environment, StringComparer.Ordinal);
        if (Peer is not { } p) return all;
        (all["SOCAT_PEERADDR"], all["SOCAT_PEERPORT"], all["SOCAT_SOCKADDR"], all["SOCAT_SOCKPORT"]) = (p.Address.ToString(), p.Port.ToString(), p.Own.ToString(), p.OwnPort.ToString());
        return all;
    }

    private IpAddress? Bound() => left.Options.TryGetValue("bind", out string? bind) && IpAddress.TryParse(bind, out var address) ? address : null;

    /// <summary>A forked child's failure is its own.</summary>
    private async Task Quietly(ISocatEnd end, (IpAddress, Port, IpAddress, Port)? peer)
    {
        var child = new SocatRun(process, arguments, left, right) { Peer = peer };
        try
        {
            await child.Transfer(end, await child.Open(right));
        }
        catch (SocatException problem)
        {
            process.Error.Write($"{process.Clock.Wall.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture)} socat[2] E {problem.Message}\n");
            end.Close();
        }
    }

    private async Task<int> Datagrams()
    {
        using var socket = process.Network.OpenUdp(Bound() ?? IpAddress.AnyV4, left.Port, process.Name);
        while (await socket.Receive() is { } d) _ = Quietly(new UdpEnd(socket, d.Source, d.SourcePort, d.Data, onlyFirst: true), (d.Source, d.SourcePort, d.Destination, left.Port));
        return 0;
    }

    private async Task<ISocatEnd> Open(SocatAddress address)
    {
        switch (address.Type)
        {
            case "STDIO": return new StandardEnd(process);
            case "EXEC": return new ProgramEnd(process, address.Parameters[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Environment());
            case "SYSTEM": return new ProgramEnd(process, ["sh", "-c", address.Parameters[0]], Environment());
            case "OPEN" or "FILE" or "GOPEN" or "CREATE" or "CREAT":
                if (process.Files.Read(address.Parameters[0]) is null && address.Type is "OPEN" or "FILE" && !address.Options.ContainsKey("creat") && !address.Options.ContainsKey("create"))
                    throw new SocatException($"open(\"{address.Parameters[0]}\", 02, 0666): No such file or directory");
                return new FileEnd(process, address.Parameters[0], append: address.Type == "GOPEN" || address.Options.ContainsKey("append"));
            case "TCP": return await Connect(address);
            case "UDP": return await OpenUdp(address);
            case "TCP-LISTEN": return await AcceptOne(address);
            case "UDP-LISTEN" or "UDP-RECVFROM":
                var socket = process.Network.OpenUdp(IpAddress.AnyV4, address.Port, process.Name);
                var d = await socket.Receive();
                return new UdpEnd(socket, d!.Source, d.SourcePort, d.Data, onlyFirst: address.Type == "UDP-RECVFROM");
            default: throw new SocatException($"unknown device/address \"{address.Type}\"");
        }
    }

    private async Task<IpAddress> Resolve(SocatAddress address)
    {
        if (address.Parameters.Count < 2) throw new SocatException($"{address.Text}: wrong number of parameters ({address.Parameters.Count} instead of 2)");
        var host = await new GlibcResolver(process).Addresses(address.Parameters[0], Family.Both);
        return host.Addresses.Count > 0 ? host.Addresses[0] : throw new SocatException($"getaddrinfo(\"{address.Parameters[0]}\", \"NULL\", {{0,0,1,6}}, {{}}): {host.ErrorText}");
    }

    private static Port SourcePort(SocatAddress address) =>
        ushort.TryParse(address.Options.GetValueOrDefault("sourceport") ?? address.Options.GetValueOrDefault("sp"), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? new(port) : default;

    private async Task<ISocatEnd> Connect(SocatAddress address)
    {
        var target = await Resolve(address);
        string what = $"connect(5, AF=2 {target}:{address.Port}, 16)";
        try
        {
            TimeSpan? limit = double.TryParse(address.Options.GetValueOrDefault("connect-timeout"), NumberStyles.Float, CultureInfo.InvariantCulture, out double s) ? TimeSpan.FromSeconds(s) : null;
            var connection = await Waiting.Within(process.Network.Connect(target, address.Port, process.Name, sourcePort: SourcePort(address)), process.Clock, limit);
            return connection is null ? throw new SocatException($"connecting to AF=2 {target}:{address.Port}: Connection timed out") : new TcpEnd(connection, address.Options);
        }
        catch (SocketFailure failure)
        {
            throw new SocatException($"{what}: {ErrnoText.Of(failure.Errno)}");
        }
    }

    private async Task<ISocatEnd> OpenUdp(SocatAddress address)
    {
        var target = await Resolve(address);
        var socket = process.Network.OpenUdp(target.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, SourcePort(address), process.Name);
        socket.Connect(target, address.Port);
        return new UdpEnd(socket, target, address.Port, null, onlyFirst: false);
    }

    private async Task<ISocatEnd> AcceptOne(SocatAddress address)
    {
        using var listener = process.Network.Listen(IpAddress.AnyV4, address.Port, process.Name);
        return await listener.Accept() is { } connection ? new TcpEnd(connection, address.Options) : throw new SocatException("accept(): Bad file descriptor");
    }

    /// <summary>Both directions, or one (-u, -U). When one has ended the other has -t seconds left.</summary>
    private async Task Transfer(ISocatEnd a, ISocatEnd b)
    {
        _lastBytes = process.Clock.Now;
        Task forward = arguments.Has("U") ? Never() : Pass(a, b), backward = arguments.Has("u") ? Never() : Pass(b, a);
        bool oneWay = arguments.Has("u", "U");
        int first = await Waiting.First(forward, backward, Idle());
        if (first < 2) await (first == 0 ? forward : backward);
        if (first < 2 && !oneWay)
        {
            var other = first == 0 ? backward : forward;
            if (await Waiting.First(other, process.Clock.Delay(_after)) == 0) await other;
        }
        a.Close();
        b.Close();
    }

    private static Task Never() => new TextPipe().Read();

    private async Task Idle()
    {
        if (_idle is not { } idle)
        {
            await Never();
            return;
        }
        while (process.Clock.Now - _lastBytes < idle) await process.Clock.Delay(idle - (process.Clock.Now - _lastBytes));
    }

    private async Task Pass(ISocatEnd from, ISocatEnd to)
    {
        try
        {
            while (await from.Read() is { } bytes)
            {
                _lastBytes = process.Clock.Now;
                await to.Write(bytes);
            }
        }
        catch (SocketFailure failure)
        {
            throw new SocatException($"read(6, 0x55d0c0de5000, 8192): {ErrnoText.Of(failure.Errno)}");
        }
        to.EndWrite();
    }
}
