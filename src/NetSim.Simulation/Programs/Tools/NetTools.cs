using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Simulation.Programs.Resolving;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>arp of busybox: the neighbours of IPv4; -n -a -i -d.</summary>
internal sealed class Arp : IProgram
{
    public string Name => "arp";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["i", "d", "s", "H", "t"]);
        if (arguments.Value("d") is { } gone)
        {
            if (!process.Spec.NetAdmin) return process.Fail(1, "arp: SIOCDARP(priv): Operation not permitted");
            if (!IpAddress.TryParse(gone, out var a) || !process.Inspect().Neighbours.TryGetValue(a, out var entry)) return process.Fail(1, $"arp: No ARP entry for {gone}");
            process.Network.SetNeighbour(entry.Interface, a, null);
            return 0;
        }
        var resolver = new GlibcResolver(process);
        foreach (var (address, (device, mac, state)) in process.Inspect().Neighbours.ToList())
        {
            if (address.IsV6 || arguments.Value("i") is { } only && only != device || arguments.Operands.Count > 0 && arguments.Operands[0] != address.ToString()) continue;
            string name = arguments.Has("n") ? "?" : (await resolver.Reverse(address))?[0] ?? "?";
            process.Output.Write($"{name} ({address}) at {(mac is { } m && state != "FAILED" ? $"{m} [ether] {(state == "PERMANENT" ? "PERM" : "")}" : "<incomplete>")} on {device}\n");
        }
        return 0;
    }
}

/// <summary>ifconfig of busybox.</summary>
internal sealed class Ifconfig : IProgram
{
    public string Name => "ifconfig";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).Where(w => w != "-a").ToList();
        var space = process.Inspect();
        if (words.Count > 0 && space.Find(words[0]) is null) return Task.FromResult(process.Fail(1, $"ifconfig: {words[0]}: error fetching interface information: Device not found"));
        if (words.Count > 1)
        {
            process.Warn($"ifconfig {string.Join(' ', words)} changes nothing: use ip");
            return Task.FromResult(process.Spec.NetAdmin ? 0 : process.Fail(1, "ifconfig: SIOCSIFADDR: Operation not permitted"));
        }
        foreach (var i in space.Interfaces.Where(i => words.Count == 0 ? i.Up : i.Name == words[0]).OrderBy(i => i.Name, StringComparer.Ordinal)) process.Output.Write(Text(i));
        return Task.FromResult(0);
    }

    private static string Text(Interface i)
    {
        bool loop = i.Kind == InterfaceKind.Loopback;
        var text = new StringBuilder($"{i.Name,-9} Link encap:{(loop ? "Local Loopback" : $"Ethernet  HWaddr {i.Mac.ToString().ToUpperInvariant()}")}  \n");
        foreach (var a in i.Addresses.Where(a => a.Address.IsV4).Take(1))
            text.Append(CultureInfo.InvariantCulture, $"          inet addr:{a.Address}  {(loop ? "" : $"Bcast:{a.Subnet.Last}  ")}Mask:{Mask(a.PrefixLength)}\n");
        foreach (var a in i.Addresses.Where(a => a.Address.IsV6))
            text.Append(CultureInfo.InvariantCulture, $"          inet6 addr: {a} Scope:{(loop ? "Host" : a.Address.IsLinkLocal ? "Link" : "Global")}\n");
        string flags = loop ? "UP LOOPBACK RUNNING" : $"{(i.Up ? "UP " : "")}BROADCAST {(i.Carrier ? "RUNNING " : "")}MULTICAST";
        return text.Append(CultureInfo.InvariantCulture, $"          {flags}  MTU:{i.Mtu}  Metric:1\n          RX packets:0 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:{(loop ? 1000 : 0)} \n          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)\n\n").ToString();
    }

    /// <summary>"255.255.0.0".</summary>
    public static IpAddress Mask(int length) => IpAddress.FromV4(length == 0 ? 0 : uint.MaxValue << (32 - length));
}

/// <summary>route of busybox, and netstat -r: the routes of IPv4.</summary>
internal sealed class RouteTool : IProgram
{
    public string Name => "route";

    public Task<int> Run(ProcessContext process)
    {
        if (process.Arguments.Skip(1).Any(w => w is "add" or "del"))
        {
            process.Warn($"{string.Join(' ', process.Arguments)} changes nothing: use ip route");
            return Task.FromResult(process.Spec.NetAdmin ? 0 : process.Fail(1, "route: SIOCADDRT: Operation not permitted"));
        }
        process.Output.Write(Table(process.Inspect(), "Metric Ref    Use"));
        return Task.FromResult(0);
    }

    /// <summary>The table; the columns after the flags differ between the programs.</summary>
    public static string Table(NetworkNamespace space, string columns)
    {
        var text = new StringBuilder($"Kernel IP routing table\nDestination     Gateway         Genmask         Flags {columns} Iface\n");
        bool metric = columns.StartsWith("Metric", StringComparison.Ordinal);
        foreach (var r in space.Routes.Routes.Where(r => r.Destination.Address.IsV4))
        {
            string flags = "U" + (r.Gateway is null ? "" : "G") + (r.Destination.PrefixLength == 32 ? "H" : "");
            text.Append(CultureInfo.InvariantCulture, $"{r.Destination.Address,-15} {r.Gateway?.ToString() ?? "0.0.0.0",-15} {Ifconfig.Mask(r.Destination.PrefixLength),-15} {flags,-5} {(metric ? $"{r.Metric,-6} 0        0" : "    0 0          0")} {r.Interface}\n");
        }
        return text.ToString();
    }
}

/// <summary>netstat of busybox: -t -u -l -a -n -r.</summary>
internal sealed class Netstat : IProgram
{
    public string Name => "netstat";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        var space = process.Inspect();
        if (arguments.Has("r"))
        {
            process.Output.Write(RouteTool.Table(space, "  MSS Window  irtt"));
            return Task.FromResult(0);
        }
        bool tcp = arguments.Has("t"), udp = arguments.Has("u"), both = tcp == udp, listening = arguments.Has("l"), all = arguments.Has("a");
        process.Output.Write($"Active Internet connections ({(all ? "servers and established" : listening ? "only servers" : "w/o servers")})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n");
        foreach (var s in space.Sockets.OrderBy(s => s.Protocol != IpProtocol.Tcp))
        {
            bool stream = s.Protocol == IpProtocol.Tcp;
            if (!both && (stream ? !tcp : !udp) || !all && (s.Remote is null) != listening) continue;
            string peer = s.Remote is { } r ? $"{r.Destination}:{r.DestinationPort}" : s.Address.IsV6 ? ":::*" : "0.0.0.0:*";
            string state = !stream ? "" : s.Remote is null ? "LISTEN" : "ESTABLISHED";
            process.Output.Write($"{(stream ? "tcp" : "udp"),-5} {0,6} {0,6} {$"{s.Address}:{s.Port}",-23} {peer,-23} {state,-11} \n");
        }
        return Task.FromResult(0);
    }
}
