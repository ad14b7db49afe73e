using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>traceroute 2.1.2, with ICMP echo requests (-I) whatever the method asked for: -n -m -w -q.</summary>
internal sealed class Traceroute : IProgram
{
    private const int PacketSize = 60;
    private const int PayloadLength = 32;
    private static readonly string[] WithValue = ["m", "w", "q", "f", "p", "s", "i", "N", "z"];

    public string Name => "traceroute";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0) return process.Fail(2, "Specify \"host\" missing argument.");
        string name = arguments.Operands[0];
        var resolver = new GlibcResolver(process);
        var host = await resolver.Addresses(name, arguments.Has("6") ? Family.V6 : Family.V4);
        if (host.Addresses.Count == 0) return process.Fail(2, $"{name}: {host.ErrorText}\nCannot handle \"host\" cmdline arg `{name}' on position 1 (argc 1)");
        var target = host.Addresses[0];
        if (!arguments.Has("I", "icmp")) process.Warn("traceroute sends ICMP echo requests, not UDP or TCP probes");
        int most = (int)arguments.Number(30, "m"), probes = (int)arguments.Number(3, "q");
        process.Output.Write($"traceroute to {name} ({target}), {most} hops max, {PacketSize} byte packets\n");
        using var socket = process.Network.OpenPing(target.IsV6, "traceroute");
        ushort sequence = 0;
        for (int hop = 1; hop <= most; hop++)
        {
            var (line, arrived) = await Hop(process, arguments, resolver, socket, target, hop, probes, sequence);
            sequence += (ushort)probes;
            process.Output.Write(line);
            if (arrived) break;
        }
        return 0;
    }

    private static async Task<(string Line, bool Arrived)> Hop(ProcessContext process, Arguments arguments, GlibcResolver resolver, IPingSocket socket, IpAddress target, int hop, int probes, ushort sequence)
    {
        string line = $"{hop,2} ";
        bool arrived = false;
        IpAddress? last = null;
        for (int i = 0; i < probes; i++)
        {
            var sent = process.Clock.Now;
            var until = sent + TimeSpan.FromSeconds(arguments.Number(5, "w"));
            PingReply? reply = null;
            try
            {
                socket.Send(target, ++sequence, new byte[PayloadLength], hop);
                while (process.Clock.Now < until && reply is null)
                {
                    var got = await socket.Receive(until - process.Clock.Now);
                    if (got is null) break;
                    if (got.Sequence == sequence) reply = got;
                }
            }
            catch (SocketFailure)
            {
                // Nothing could be sent: as if nothing came back.
            }
            line += reply is null ? " *" : await Shown(process, arguments, resolver, reply, last, sent);
            if (reply is null) continue;
            last = reply.Source;
            arrived |= reply.Type is 0 or 129 or 3 or 1;
        }
        return (line + "\n", arrived);
    }

    private static async Task<string> Shown(ProcessContext process, Arguments arguments, GlibcResolver resolver, PingReply reply, IpAddress? last, Model.Tracing.SimTime sent)
    {
        double milliseconds = (process.Clock.Now.Nanoseconds - sent.Nanoseconds) / 1e6;
        string who = "";
        if (last != reply.Source) who = arguments.Has("n") ? $" {reply.Source}" : $" {(await resolver.Reverse(reply.Source))?[0] ?? reply.Source.ToString()} ({reply.Source})";
        string mark = (reply.Type, reply.Code) switch
        {
            (3, 0) => " !N",
            (3, 1) => " !H",
            (3, 10 or 13) => " !X",
            _ => "",
        };
        return $"{who}  {milliseconds.ToString("0.000", CultureInfo.InvariantCulture)} ms{mark}";
    }
}
