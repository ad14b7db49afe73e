using System.Buffers.Binary;
using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ping of iputils 20221126: its texts, its waiting, its payload; a reverse look-up for each reply when the target was a name.</summary>
internal sealed class Ping : IProgram
{
    private static readonly string[] WithValue = ["c", "i", "W", "w", "s", "M", "I", "t", "Q", "p", "l", "S", "m"];

    public string Name => "ping";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0) return process.Fail(1, "ping: usage error: Destination address required");
        string name = arguments.Operands[^1];
        var resolver = new GlibcResolver(process);
        var family = arguments.Has("6") ? Family.V6 : arguments.Has("4") ? Family.V4 : Family.Both;
        var host = await resolver.Addresses(name, family, asksForA: true);
        if (host.Addresses.Count == 0) return process.Fail(2, $"ping: {name}: {host.ErrorText}");
        var target = host.Addresses[0].IsAny ? host.Addresses[0].IsV6 ? IpAddress.Parse("::1") : IpAddress.LoopbackV4 : host.Addresses[0];
        if (process.Network.SourceFor(target) is null) return process.Fail(2, $"ping: connect: {Refusal(process.Network.Routes.Lookup(target)?.Type)}");
        bool broadcast = IsBroadcast(process, target);
        if (broadcast && !arguments.Has("b")) return process.Fail(2, "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules");
        if (broadcast) process.Error.Write("WARNING: pinging broadcast address\n");
        using var socket = process.Network.OpenPing(target.IsV6, "ping");
        if (IpAddress.TryParse(arguments.Value("I"), out var own))
        {
            if (!process.Inspect().Interfaces.Exists(i => i.Addresses.Exists(a => a.Address == own))) return process.Fail(2, "ping: bind: Cannot assign requested address");
            socket.Source = own;
        }
        return await new PingRun(process, arguments, resolver, socket, target, name) { Canonical = host.Names.Count > 0 ? host.Names[0] : name }.Run();
    }

    private static string Refusal(RouteType? type) => ErrnoText.Of(type switch
    {
        RouteType.Blackhole => Errno.InvalidArgument,
        RouteType.Unreachable => Errno.HostUnreachable,
        RouteType.Prohibit => Errno.PermissionDenied,
        _ => Errno.NetworkUnreachable,
    });

    private static bool IsBroadcast(ProcessContext process, IpAddress target) => target.IsLimitedBroadcast ||
        target.IsV4 && process.Inspect().Interfaces.Exists(i => i.Addresses.Exists(a => a.Address.IsV4 && a.PrefixLength < 31 && a.Subnet.Last == target));
}

/// <summary>One run of ping: what was sent and what came.</summary>
internal sealed class PingRun(ProcessContext process, Arguments arguments, GlibcResolver resolver, IPingSocket socket, IpAddress target, string name)
{
    private const int HeaderLength = 8;
    private const int StampLength = 16;
    private readonly bool _flood = arguments.Has("f");
    private readonly bool _adaptive = arguments.Has("A");
    private readonly int _count = (int)arguments.Number(0, "c");
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(arguments.Number(arguments.Has("f") ? 0.01 : arguments.Has("A") ? 0.2 : 1, "i"));
    private readonly TimeSpan _linger = TimeSpan.FromSeconds(arguments.Number(10, "W"));
    private readonly double _deadline = arguments.Number(0, "w");
    private readonly int _size = (int)arguments.Number(56, "s");
    private readonly bool _numeric = arguments.Has("n") || IpAddress.TryParse(name, out _);
    private readonly bool _quiet = arguments.Has("q");
    private readonly PingTimes _times = new();
    private readonly Dictionary<int, Model.Tracing.SimTime> _sent = [];
    private readonly HashSet<int> _seen = [];
    private int _transmitted;
    private int _received;
    private int _errors;
    private int _duplicates;
    private int _pipe;
    private bool _exiting;
    private Model.Tracing.SimTime _first;
    private Model.Tracing.SimTime _last;

    /// <summary>The name that DNS or /etc/hosts has for the target (AI_CANONNAME).</summary>
    public required string Canonical { get; init; }

    /// <summary>Sends, listens, sums up.</summary>
    public async Task<int> Run()
    {
        await Header();
        _first = _last = process.Clock.Now;
        var end = _deadline > 0 ? process.Clock.Now + TimeSpan.FromSeconds(_deadline) : (Model.Tracing.SimTime?)null;
        var next = process.Clock.Now;
        while (_count == 0 || _transmitted < _count)
        {
            if (end is { } e && process.Clock.Now >= e) break;
            Send();
            next = (_flood || _adaptive ? process.Clock.Now : next) + _interval;
            if (_count > 0 && _transmitted >= _count) break;
            await ListenUntil(end is { } stop && stop < next ? stop : next, untilAllCame: _flood || _adaptive);
        }
        _exiting = true;
        if (!AllCame) await ListenUntil(end ?? process.Clock.Now + Remaining(), untilAllCame: true);
        Summary();
        return _received == 0 || end is not null && _count > 0 && _received < _count ? 1 : 0;
    }

    private bool AllCame => _flood || _adaptive ? _received + _errors >= _transmitted : _count > 0 && _received + _errors >= _count;

    /// <summary>How long it waits after the last request: twice the longest round trip, at least an interval's second; the linger when nothing has come.</summary>
    private TimeSpan Remaining()
    {
        if (_received == 0) return _linger;
        var twice = TimeSpan.FromMicroseconds(2 * _times.Longest);
        return twice > _interval ? twice : _interval;
    }

    private async Task Header()
    {
        string size = target.IsV6 ? $"{_size} data bytes" : $"{_size}({_size + HeaderLength + 20}) bytes of data.";
        string shown = target.IsV6 ? $"{Canonical}({(_numeric ? target.ToString() : await Show(target))})" : $"{Canonical} ({target})";
        string? through = arguments.Value("I");
        bool isAddress = IpAddress.TryParse(through, out var own);
        string from = through is null ? "" : isAddress ? $"from {own} : " : $"from {process.Network.SourceFor(target)} {through}: ";
        if (arguments.Value("p") is { } pattern) process.Output.Write($"PATTERN: 0x{pattern.ToLowerInvariant()}\n");
        process.Output.Write($"PING {shown} {from}{size}\n");
    }

    private void Send()
    {
        int sequence = ++_transmitted;
        if (_flood && !_quiet) process.Output.Write(".");
        _last = process.Clock.Now;
        _sent[sequence] = _last;
        try
        {
            socket.Send(target, (ushort)sequence, Payload(), (int)arguments.Number(0, "t"), arguments.Value("M") == "do");
        }
        catch (SocketFailure failure)
        {
            _errors++;
            process.Error.Write(failure.Errno == Errno.MessageTooLong ? $"ping: local error: message too long, mtu={Mtu()}\n" : $"ping: sendmsg: {ErrnoText.Of(failure.Errno)}\n");
        }
    }

    private int Mtu()
    {
        string? through = process.Network.Routes.Lookup(target)?.Interface;
        return process.Inspect().Interfaces.Find(i => i.Name == through)?.Mtu ?? 1500;
    }

    private byte[] Payload()
    {
        var payload = new byte[_size];
        for (int i = 0; i < payload.Length; i++) payload[i] = (byte)i;
        if (payload.Length < StampLength) return payload;
        long microseconds = (process.Clock.Wall - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64LittleEndian(payload, microseconds / 1_000_000);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(8), microseconds % 1_000_000);
        return payload;
    }

    private async Task ListenUntil(Model.Tracing.SimTime until, bool untilAllCame)
    {
        while (process.Clock.Now < until && !(untilAllCame && AllCame))
        {
            if (await socket.Receive(until - process.Clock.Now) is not { } reply) return;
            await Take(reply);
        }
    }

    private async Task Take(PingReply reply)
    {
        if (!_sent.TryGetValue(reply.Sequence, out var sent)) return;
        _pipe = Math.Max(_pipe, _transmitted - reply.Sequence + 1);
        long microseconds = (process.Clock.Now.Nanoseconds - sent.Nanoseconds) / 1000;
        bool isReply = reply.Type == (target.IsV6 ? 129 : 0);
        bool again = isReply && !_seen.Add(reply.Sequence);
        if (!isReply) _errors++;
        else if (again) _duplicates++;
        else
        {
            _received++;
            _times.Add(microseconds);
        }
        if (_quiet) return;
        if (_flood)
        {
            process.Output.Write(isReply ? "\b \b" : "\bE");
            return;
        }
        string from = await Show(reply.Source);
        string stamp = arguments.Has("D") ? string.Create(CultureInfo.InvariantCulture, $"[{process.Clock.Wall.ToUnixTimeSeconds()}.{process.Clock.Wall.Ticks / 10 % 1_000_000:000000}] ") : "";
        process.Output.Write(isReply ? $"{stamp}{reply.Bytes} bytes from {from}: icmp_seq={reply.Sequence} ttl={reply.TimeToLive}{Time(microseconds)}{(again ? " (DUP!)" : "")}\n"
            : $"{stamp}From {from} icmp_seq={reply.Sequence} {IcmpWords.Of(reply, target.IsV6)}\n");
    }

    private async Task<string> Show(IpAddress address) =>
        !_numeric && !(_exiting && _adaptive) && await resolver.Reverse(address) is { } names ? $"{names[0]} ({address})" : address.ToString();

    private string Time(long microseconds) => _size < StampLength ? "" : " time=" + microseconds switch
    {
        >= 100_000 - 50 => $"{(microseconds + 500) / 1000}",
        >= 10_000 - 5 => $"{(microseconds + 50) / 1000}.{(microseconds + 50) % 1000 / 100}",
        >= 1000 => $"{(microseconds + 5) / 1000}.{(microseconds + 5) % 1000 / 10:00}",
        _ => $"{microseconds / 1000}.{microseconds % 1000:000}",
    } + " ms";

    private void Summary()
    {
        var line = new List<string> { $"{_transmitted} packets transmitted", $"{_received} received" };
        if (_duplicates > 0) line.Add($"+{_duplicates} duplicates");
        if (_errors > 0) line.Add($"+{_errors} errors");
        double loss = _transmitted == 0 ? 0 : (_transmitted - _received) * 100.0 / _transmitted;
        line.Add($"{loss.ToString("G6", CultureInfo.InvariantCulture)}% packet loss");
        line.Add($"time {(_last.Nanoseconds - _first.Nanoseconds + 500_000) / 1_000_000}ms");
        process.Output.Write($"\n--- {Canonical} ping statistics ---\n{string.Join(", ", line)}\n");
        var parts = new List<string>();
        if (_received > 0 && _size >= StampLength) parts.Add(_times.ToString());
        if (_pipe > 1) parts.Add($"pipe {_pipe}");
        process.Output.Write(string.Join(", ", parts) + "\n");
    }
}
