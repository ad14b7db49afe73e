using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ss of iproute2 6.1: -l -n -t -u -a -H -p -4 -6 -s, and the filters `state X`, `sport = :N`, `dport = :N`; numbers as they are.</summary>
internal sealed class Ss : IProgram
{
    public string Name => "ss";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        bool tcp = arguments.Has("t", "tcp"), udp = arguments.Has("u", "udp"), both = tcp == udp;
        bool listening = arguments.Has("l", "listening", "a", "all"), others = !arguments.Has("l", "listening");
        if (arguments.Has("s", "summary"))
        {
            process.Output.Write(Summary(process));
            return Task.FromResult(0);
        }
        var filter = arguments.Operands;
        if (arguments.Has("e", "m", "i", "K")) process.Warn("ss -e, -m, -i and -K show and do no more than ss alone");
        var rows = process.Inspect().Sockets
            .Where(s => !(arguments.Has("4") && s.Address.IsV6) && !(arguments.Has("6") && s.Address.IsV4))
            .Where(s => s.Protocol == IpProtocol.Tcp && (tcp || both) || s.Protocol == IpProtocol.Udp && (udp || both))
            .Where(s => State(filter) is { } state ? state == (s.Remote is null ? "listening" : "established") : s.Remote is null ? listening : others)
            .Where(s => Fits(filter, "sport", s.Port) && (s.Remote is null ? !filter.Contains("dport") : Fits(filter, "dport", s.Remote.Value.DestinationPort)))
            .OrderBy(s => s.Protocol == IpProtocol.Tcp).ThenBy(s => s.Remote is not null).Select(s => Row(s.Protocol, s.Address, s.Port, s.Remote, both)).ToList();
        var header = new[] { both ? "Netid" : "", "State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port", "Process" };
        process.Output.Write(Table(header, rows, arguments.Has("H"), both));
        return Task.FromResult(0);
    }

    /// <summary>The word after "state".</summary>
    private static string? State(IReadOnlyList<string> filter)
    {
        int at = filter.ToList().IndexOf("state");
        return at >= 0 && at + 1 < filter.Count ? filter[at + 1] switch { "listen" or "listening" => "listening", "connected" or "established" => "established", var other => other } : null;
    }

    /// <summary>"sport = :80".</summary>
    private static bool Fits(IReadOnlyList<string> filter, string word, Port port)
    {
        int at = filter.ToList().IndexOf(word);
        string? value = at < 0 ? null : filter.Skip(at + 1).FirstOrDefault(w => w is not ("=" or "==" or "eq"));
        return value is null || value[(value.LastIndexOf(':') + 1)..] == port.ToString() || Text.Services.Of(port) == value.TrimStart(':');
    }

    private static string Summary(ProcessContext process)
    {
        var sockets = process.Inspect().Sockets;
        int tcp = sockets.Count(s => s.Protocol == IpProtocol.Tcp), established = sockets.Count(s => s.Protocol == IpProtocol.Tcp && s.Remote is not null), udp = sockets.Count(s => s.Protocol == IpProtocol.Udp);
        int six = sockets.Count(s => s.Address.IsV6);
        return $"Total: {tcp + udp}\nTCP:   {tcp} (estab {established}, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\n" +
            $"RAW\t  0         0         0        \nUDP\t  {udp,-9} {udp,-9} 0        \nTCP\t  {tcp,-9} {tcp - six,-9} {six,-9}\nINET\t  {tcp + udp,-9} {tcp + udp - six,-9} {six,-9}\nFRAG\t  0         0         0        \n\n";
    }

    private static string[] Row(IpProtocol protocol, IpAddress address, Port port, FlowKey? remote, bool both)
    {
        bool stream = protocol == IpProtocol.Tcp;
        string state = remote is not null ? "ESTAB" : stream ? "LISTEN" : "UNCONN";
        string queue = remote is null && stream ? (address == IpAddress.Parse("127.0.0.11") ? "4096" : "128") : "0";
        string peer = remote is { } r ? FlowKey.End(r.Destination, r.DestinationPort) : address.IsV6 ? "[::]:*" : "0.0.0.0:*";
        return [both ? protocol.ToName() : "", state, "0", queue, FlowKey.End(address, port), peer, ""];
    }

    /// <summary>Columns as wide as their widest cell; addresses meet at the colon.</summary>
    private static string Table(string[] header, List<string[]> rows, bool withoutHeader, bool both)
    {
        var all = withoutHeader ? rows : [header, .. rows];
        int Width(int c) => all.Select(r => r[c].Length).DefaultIfEmpty(0).Max();
        int Before(int c) => all.Select(r => r[c].LastIndexOf(':')).DefaultIfEmpty(0).Max();
        int After(int c) => all.Select(r => r[c].Length - r[c].LastIndexOf(':') - 1).DefaultIfEmpty(0).Max();
        var text = new StringBuilder();
        foreach (var r in all)
        {
            if (both) text.Append(r[0].PadRight(Width(0) + 1));
            text.Append(r[1].PadRight(Width(1) + 1)).Append(r[2].PadRight(Width(2) + 1)).Append(r[3].PadRight(Width(3) + 1));
            foreach (int c in (int[])[4, 5])
            {
                int colon = r[c].LastIndexOf(':');
                text.Append(r[c][..colon].PadLeft(Before(c))).Append(':').Append(r[c][(colon + 1)..].PadRight(After(c))).Append(c == 4 ? " " : "");
            }
            text.Append(CultureInfo.InvariantCulture, $"{r[6]}\n");
        }
        return text.ToString();
    }
}
