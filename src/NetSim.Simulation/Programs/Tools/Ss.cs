using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ss of iproute2 6.1: -l -n -t -u -a -H -p; numbers as they are.</summary>
internal sealed class Ss : IProgram
{
    public string Name => "ss";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        bool tcp = arguments.Has("t", "tcp"), udp = arguments.Has("u", "udp"), both = tcp == udp;
        bool listening = arguments.Has("l", "listening", "a", "all"), others = !arguments.Has("l", "listening");
        var rows = process.Inspect().Sockets
            .Where(s => s.Protocol == IpProtocol.Tcp && (tcp || both) || s.Protocol == IpProtocol.Udp && (udp || both))
            .Where(s => s.Remote is null ? listening : others)
            .OrderBy(s => s.Protocol == IpProtocol.Tcp).ThenBy(s => s.Remote is not null).Select(s => Row(s.Protocol, s.Address, s.Port, s.Remote, both)).ToList();
        var header = new[] { both ? "Netid" : "", "State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port", "Process" };
        process.Output.Write(Table(header, rows, arguments.Has("H"), both));
        return Task.FromResult(0);
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
