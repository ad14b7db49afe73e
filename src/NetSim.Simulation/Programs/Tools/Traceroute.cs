using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>traceroute of busybox 1.35, which Debian's busybox-static brings: UDP to ports that count up from 33434 (networking/traceroute.c); -n -m -f -q -w -p -s -4 -6.</summary>
internal sealed class Traceroute(string name) : IProgram
{
    private const int BasePort = 33434;
    private const string Version = "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.";
    private const string Usage = "Usage: traceroute [-46Flnrv] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT]\n\t[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE]\n\t[-z PAUSE_MSEC] HOST [BYTES]\n\nTrace the route to HOST\n\n" +
        "\t-4,-6\tForce IP or IPv6 name resolution\n\t-F\tSet don't fragment bit\n\t-l\tDisplay TTL value of the returned packet\n\t-n\tPrint numeric addresses\n\t-r\tBypass routing tables, send directly to HOST\n\t-v\tVerbose\n" +
        "\t-f N\tFirst number of hops (default 1)\n\t-m N\tMax number of hops\n\t-q N\tNumber of probes per hop (default 3)\n\t-p N\tBase UDP port number used in probes\n\t\t(default 33434)\n\t-s IP\tSource address\n\t-i IFACE Source interface\n" +
        "\t-t N\tType-of-service in probe packets (default 0)\n\t-w SEC\tWait for a response (default 3)\n\t-z MSEC\tWait before each send";

    private static readonly string[] WithValue = ["m", "w", "q", "f", "p", "s", "i", "t", "z", "g", "x"];
    private static readonly string[] Known = [.. WithValue, "4", "6", "F", "I", "l", "n", "r", "v", "d"];

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Options.FirstOrDefault(o => !Known.Contains(o)) is { } odd) return process.Fail(1, $"traceroute: invalid option -- '{odd}'\n{Version}\n\n{Usage}");
        if (arguments.Operands.Count == 0) return process.Fail(1, $"{Version}\n\n{Usage}");
        string host = arguments.Operands[0];
        var resolver = new GlibcResolver(process);
        var found = await resolver.Addresses(host, arguments.Has("6") ? Family.V6 : arguments.Has("4") ? Family.V4 : Family.Both);
        if (found.Addresses.Count == 0) return process.Fail(1, $"traceroute: bad address '{host}'");
        return await new TracerouteRun(process, arguments, resolver, found.Addresses[0], host).Run(BasePort);
    }
}

/// <summary>One run of traceroute.</summary>
internal sealed class TracerouteRun(ProcessContext process, Arguments arguments, GlibcResolver resolver, IpAddress target, string host)
{
    private const int Payload = 18;
    private const int PayloadOfV6 = 24;
    private readonly byte[] _probe = new byte[target.IsV6 ? PayloadOfV6 : Payload];
    private readonly int _probes = Math.Clamp((int)arguments.Number(3, "q"), 1, 255);
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(arguments.Number(3, "w"));
    private int _sequence;

    /// <summary>Hop by hop until the target answers, or nobody gets further.</summary>
    public async Task<int> Run(int basePort)
    {
        int most = (int)arguments.Number(30, "m"), port = (int)arguments.Number(basePort, "p");
        int headers = target.IsV6 ? 48 : 28;
        process.Output.Write($"traceroute to {host} ({target}), {most} hops max, {_probe.Length + headers} byte packets\n");
        var source = IpAddress.TryParse(arguments.Value("s"), out var own) ? own : target.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        using var socket = process.Network.OpenUdp(source, default, process.Name);
        for (int hop = (int)arguments.Number(1, "f"); hop <= most; hop++)
        {
            process.Output.Write($"{hop,2} ");
            var (arrived, refused) = await Hop(socket, hop, port);
            process.Output.Write("\n");
            if (arrived || refused > 0 && refused >= _probes - 1) break;
        }
        return 0;
    }

    private async Task<(bool Arrived, int Refused)> Hop(IUdpSocket socket, int hop, int port)
    {
        bool arrived = false;
        int refused = 0;
        IpAddress? last = null;
        for (int i = 0; i < _probes; i++)
        {
            var sent = process.Clock.Now;
            if (await Probe(socket, hop, (ushort)(port + ++_sequence), sent) is not { } error)
            {
                process.Output.Write(" *");
                continue;
            }
            double milliseconds = (process.Clock.Now.Nanoseconds - sent.Nanoseconds) / 1e6;
            if (last != error.From) process.Output.Write(await Who(error.From));
            last = error.From;
            bool unreachable = error.Type == 3, port3 = unreachable && error.Code == 3;
            process.Output.Write($"  {milliseconds.ToString("0.000", CultureInfo.InvariantCulture)} ms{(unreachable ? Mark(error) : "")}");
            arrived |= port3;
            if (unreachable && !port3) refused++;
        }
        return (arrived, refused);
    }

    private async Task<ProbeError?> Probe(IUdpSocket socket, int hop, ushort port, SimTime sent)
    {
        socket.TimeToLive = hop;
        var answer = socket.ReceiveError(_patience);
        try
        {
            socket.Send(_probe, target, new(port));
        }
        catch (SocketFailure)
        {
            // Nothing could be sent: as if nothing came back.
        }
        while (await answer is { } error)
        {
            if (error.Port.Number == port) return error;
            answer = socket.ReceiveError(_patience - (process.Clock.Now - sent));
        }
        return null;
    }

    private async Task<string> Who(IpAddress address) =>
        arguments.Has("n") ? $" {address}" : $" {(await resolver.Reverse(address))?[0] ?? address.ToString()} ({address})";

    private static string Mark(ProbeError error) => error.Code switch
    {
        0 => " !N",
        1 => " !H",
        2 => " !P",
        3 => "",
        4 => $" !F-{error.Mtu}",
        5 => " !S",
        9 or 10 or 13 => " !A",
        _ => $" !<{error.Code}>",
    };
}
