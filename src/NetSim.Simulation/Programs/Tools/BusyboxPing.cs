using System.Globalization;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ping of busybox 1.35: no reverse look-ups, sequence numbers from 0, errors are not shown.</summary>
internal sealed class BusyboxPing : IProgram
{
    private static readonly string[] WithValue = ["c", "s", "i", "W", "w", "I", "t", "p"];

    public string Name => "busybox ping";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0) return process.Fail(1, "BusyBox v1.35.0 (Debian 1:1.35.0-4+b3) multi-call binary.\n\nUsage: ping [OPTIONS] HOST");
        string name = arguments.Operands[0];
        var host = await new GlibcResolver(process).Addresses(name, arguments.Has("6") ? Family.V6 : arguments.Has("4") ? Family.V4 : Family.Both);
        if (host.Addresses.Count == 0) return process.Fail(1, $"ping: bad address '{name}'");
        var target = host.Addresses[0];
        int count = (int)arguments.Number(0, "c"), size = (int)arguments.Number(56, "s");
        var interval = TimeSpan.FromSeconds(arguments.Number(1, "i"));
        var linger = TimeSpan.FromSeconds(arguments.Number(10, "W"));
        process.Output.Write($"PING {name} ({target}): {size} data bytes\n");
        using var socket = process.Network.OpenPing(target.IsV6, "ping");
        var times = new PingTimes();
        int sent = 0, received = 0;
        while (count == 0 || sent < count)
        {
            var at = process.Clock.Now;
            try
            {
                socket.Send(target, (ushort)sent++, new byte[size], (int)arguments.Number(0, "t"));
            }
            catch (SocketFailure failure)
            {
                return process.Fail(1, $"ping: sendto: {ErrnoText.Of(failure.Errno)}");
            }
            var until = at + (sent == count ? linger : interval);
            while (process.Clock.Now < until && !(received == count && count > 0))
            {
                if (await socket.Receive(until - process.Clock.Now) is not { } reply) break;
                if (reply.Type != (target.IsV6 ? 129 : 0)) continue;
                times.Add((process.Clock.Now.Nanoseconds - at.Nanoseconds) / 1000);
                received++;
                if (!arguments.Has("q")) process.Output.Write($"{reply.Bytes} bytes from {reply.Source}: seq={reply.Sequence} ttl={reply.TimeToLive} time={Shown(times.Latest)} ms\n");
            }
            if (received == count && count > 0) break;
        }
        process.Output.Write($"\n--- {name} ping statistics ---\n{sent} packets transmitted, {received} packets received, {(sent == 0 ? 0 : (sent - received) * 100 / sent)}% packet loss\n");
        if (received > 0) process.Output.Write($"round-trip min/avg/max = {times.Triple} ms\n");
        return received > 0 ? 0 : 1;
    }

    private static string Shown(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000}.{microseconds % 1000:000}");

}
