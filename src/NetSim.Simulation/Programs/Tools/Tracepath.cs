using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>tracepath of iputils 20221126: UDP datagrams as large as the path's MTU, with DF, to ports from 44444 on; -n -b -m -l -p -4 -6.</summary>
internal sealed class Tracepath(string name) : IProgram
{
    private static readonly string[] WithValue = ["m", "l", "p"];

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0) return process.Fail(1, "tracepath: Destination required");
        string host = arguments.Operands[0].Split('/')[0];
        var resolver = new GlibcResolver(process);
        var found = await resolver.Addresses(host, arguments.Has("6") || name == "tracepath6" ? Family.V6 : arguments.Has("4") ? Family.V4 : Family.Both);
        if (found.Addresses.Count == 0) return process.Fail(1, $"tracepath: {host}: {found.ErrorText}");
        var target = found.Addresses[0];
        if (process.Network.SourceFor(target) is null) return process.Fail(1, "tracepath: Network is unreachable");
        return await new TracepathRun(process, arguments, resolver, target).Run();
    }
}

/// <summary>One run of tracepath (iputils tracepath.c, probe_ttl and recverr).</summary>
internal sealed class TracepathRun(ProcessContext process, Arguments arguments, GlibcResolver resolver, IpAddress target)
{
    private const int LargestMtu = 65535;
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly int _most = (int)arguments.Number(30, "m");
    private readonly int _headers = target.IsV6 ? 48 : 28;
    private int _mtu = (int)arguments.Number(LargestMtu, "l");
    private ushort _port = (ushort)arguments.Number(44444, "p");
    private int _known;

    /// <summary>Hop by hop.</summary>
    public async Task<int> Run()
    {
        using var socket = process.Network.OpenUdp(target.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, process.Name);
        socket.ProbesPath = true;
        if (OwnMtu() is { } own && own < _mtu)
        {
            _mtu = own;
            Line($"{1,2}?: [LOCALHOST]", $"pmtu {_mtu}", local: true);
        }
        for (int hop = 1; hop <= _most; hop++)
        {
            // The first datagram was too large: what it told counts as an answer, so the first hop is asked once more.
            int extra = hop == 1 ? 1 : 0;
            bool answered = false;
            for (int i = 0; i < Attempts + extra; i++)
            {
                var (heard, end) = await Probe(socket, hop);
                answered |= heard;
                if (end && (hop > 1 || i >= extra)) return Resume(hop);
                if (heard && i >= extra) break;
            }
            if (!answered) process.Output.Write($"{hop,2}:  no reply\n");
        }
        process.Output.Write($"     Too many hops: pmtu {_mtu}\n     Resume: pmtu {_mtu} \n");
        return 0;
    }

    private int? OwnMtu()
    {
        string? device = process.Network.Routes.Lookup(target)?.Interface;
        return process.Inspect().Interfaces.Find(i => i.Name == device)?.Mtu;
    }

    private int Resume(int hop)
    {
        process.Output.Write($"     Resume: pmtu {_mtu} hops {hop} back {(_known > 0 ? _known : hop)} \n");
        return 0;
    }

    /// <summary>A datagram, and what comes back: was there an answer, and is that the end?</summary>
    private async Task<(bool Heard, bool End)> Probe(IUdpSocket socket, int hop)
    {
        var sent = process.Clock.Now;
        socket.TimeToLive = hop;
        var answer = socket.ReceiveError(Patience);
        try
        {
            socket.Send(new byte[_mtu - _headers], target, new(_port++));
        }
        catch (SocketFailure failure) when (failure.Errno == Errno.MessageTooLong)
        {
            process.Output.Write($"{hop,2}:  send failed\n");
            return (true, false);
        }
        if (await answer is not { } error) return (false, false);
        string who = $"{hop,2}:  {await Who(error.From)}";
        string time = $"{((process.Clock.Now.Nanoseconds - sent.Nanoseconds) / 1e6).ToString("0.000", CultureInfo.InvariantCulture),3}ms ";
        if (error is { Type: 3, Code: 4 } && error.Mtu > 0)
        {
            _mtu = Math.Max(error.Mtu, _headers + 1);
            Line(who, $"{time}pmtu {_mtu}");
            return (true, false);
        }
        bool unreachable = error.Type == 3;
        Line(who, time + (unreachable ? error.Code switch { 3 => "reached", 1 => "!H", 0 => "!N", 13 => "!A", 2 => "!P", _ => "" } : ""));
        _known = hop;
        return (true, unreachable);
    }

    private async Task<string> Who(IpAddress address)
    {
        if (arguments.Has("n")) return address.ToString();
        string shown = (await resolver.Reverse(address))?[0] ?? address.ToString();
        return arguments.Has("b") ? $"{shown} ({address})" : shown;
    }

    private void Line(string who, string what, bool local = false) => process.Output.Write($"{who.PadRight(local ? 38 : 57)} {what}\n");
}
