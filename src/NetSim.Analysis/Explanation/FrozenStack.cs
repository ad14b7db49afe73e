using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>The tables of one namespace at one instant, ready to be asked many times.</summary>
internal sealed class FrozenStack : IAddressTypes
{
    private readonly Dictionary<IpAddress, FrozenRoute> _routes = [];
    private readonly Dictionary<IpAddress, Interface> _local = [];
    private readonly Dictionary<IpAddress, Interface> _broadcast = [];

    /// <summary>Reads a namespace.</summary>
    public FrozenStack(NetworkNamespace space, string name)
    {
        (Space, Name) = (space, name);
        foreach (var i in space.Interfaces.Where(i => i.Up))
            foreach (var a in i.Addresses)
            {
                _local.TryAdd(a.Address, i);
                if (a.Address.IsV4 && a.PrefixLength < 31) _broadcast.TryAdd(a.Subnet.Last, i);
            }
        Rules4 = !space.Rules.IsEmpty ? new(space.Rules) : null;
        Rules6 = !space.Rules6.IsEmpty ? new(space.Rules6) : null;
    }

    /// <summary>What listens, by protocol and port, in order of opening.</summary>
    public ILookup<(IpProtocol, Port), (IpAddress Address, string Program)> Listeners => field ??= Space.Sockets.Where(s => s.Remote is null).ToLookup(s => (s.Protocol, s.Port), s => (s.Address, s.Program));

    /// <summary>The docker-proxies of the namespace, by protocol and port of the host.</summary>
    public ILookup<(string, string), ProcessSpec> Proxies => field ??= Space.Processes.Values.Where(p => p.Arguments.Count > 0 && p.Arguments[0].EndsWith("docker-proxy", StringComparison.Ordinal)).ToLookup(p => (Option(p, "-proto"), Option(p, "-host-port")));

    /// <summary>What follows an option on the command line of a process; empty when it is not there.</summary>
    public static string Option(ProcessSpec process, string option)
    {
        for (int i = 0; i + 1 < process.Arguments.Count; i++)
            if (process.Arguments[i] == option) return process.Arguments[i + 1];
        return "";
    }

    /// <summary>The namespace.</summary>
    public NetworkNamespace Space { get; }

    /// <summary>As people call it: "host", "outside", the container's name.</summary>
    public string Name { get; }

    /// <summary>iptables, or null when no table is in use.</summary>
    public CompiledRuleset? Rules4 { get; }

    /// <summary>ip6tables, or null when no table is in use.</summary>
    public CompiledRuleset? Rules6 { get; }

    /// <summary>The tables of a family.</summary>
    public CompiledRuleset? Rules(IpFamily family) => family == IpFamily.V4 ? Rules4 : Rules6;

    /// <summary>Does it pass packets on?</summary>
    public bool Forwards(IpFamily family) => family == IpFamily.V4 ? Is("net.ipv4.ip_forward") || Is("net.ipv4.conf.all.forwarding") : Is("net.ipv6.conf.all.forwarding");

    /// <summary>Do bridges show packets to iptables?</summary>
    public bool BridgeCalls(IpFamily family) => Is(family == IpFamily.V4 ? "net.bridge.bridge-nf-call-iptables" : "net.bridge.bridge-nf-call-ip6tables");

    /// <summary>May 127.0.0.0/8 pass an interface?</summary>
    public bool RoutesLocalnet(string device) => Is("net.ipv4.conf.all.route_localnet") || Is($"net.ipv4.conf.{device}.route_localnet");

    /// <summary>Does it keep silent when pinged?</summary>
    public bool IgnoresEcho(IpFamily family) => Is(family == IpFamily.V4 ? "net.ipv4.icmp_echo_ignore_all" : "net.ipv6.icmp.echo_ignore_all");

    /// <summary>The stricter of all's and the interface's rp_filter: 0 off, 1 strict, 2 loose. Source: linux include/linux/inetdevice.h IN_DEV_RPFILTER.</summary>
    public int ReversePathFilter(string device) => Math.Max(Number("net.ipv4.conf.all.rp_filter"), Number($"net.ipv4.conf.{device}.rp_filter"));

    /// <summary>Is it an address of this namespace?</summary>
    public bool IsLocal(IpAddress address) => _local.ContainsKey(address) || address is { IsV4: true, IsLoopback: true } && Space.Find("lo") is { Up: true };

    /// <summary>The decision for a destination.</summary>
    public FrozenRoute Decide(IpAddress destination)
    {
        if (!_routes.TryGetValue(destination, out var known)) _routes.Add(destination, known = Make(destination));
        return known;
    }

    /// <summary>The address that an interface shows towards a target.</summary>
    public static IpAddress? AddressOn(Interface device, IpAddress target)
    {
        if (target.IsV4)
        {
            var v4 = device.Addresses.Where(a => a.Address.IsV4).ToList();
            return v4.Count == 0 ? null : (v4.Find(a => a.Subnet.Contains(target)) is { PrefixLength: > 0 } own ? own : v4[0]).Address;
        }
        return device.Addresses.Where(a => a.Address.IsV6 && (!a.Address.IsLoopback || target.IsLoopback))
            .OrderByDescending(a => (a.Address.IsLinkLocal == target.IsLinkLocal ? 256 : 0) + Math.Min(a.PrefixLength, (int)UInt128.LeadingZeroCount(a.Address.Bits ^ target.Bits)))
            .Select(a => (IpAddress?)a.Address).FirstOrDefault();
    }

    /// <inheritdoc/>
    public AddressTypes TypeOf(IpAddress address)
    {
        if (address.IsAny) return AddressTypes.Unspecified;
        if (IsLocal(address)) return AddressTypes.Local;
        if (address.IsMulticast) return AddressTypes.Multicast;
        var route = Decide(address);
        return route.Kind switch
        {
            FrozenRouteKind.Broadcast => AddressTypes.Broadcast,
            FrozenRouteKind.Forbidden => route.Row!.Type switch { RouteType.Blackhole => AddressTypes.Blackhole, RouteType.Prohibit => AddressTypes.Prohibit, _ => AddressTypes.Unreachable },
            _ => address.IsLimitedBroadcast ? AddressTypes.Broadcast : AddressTypes.Unicast,
        };
    }

    private FrozenRoute Make(IpAddress to)
    {
        var lo = Space.Find("lo");
        if (IsLocal(to)) return new(FrozenRouteKind.Local, lo, to, to.IsLoopback && !_local.ContainsKey(to) ? IpAddress.LoopbackV4 : to, null, $"local {to}{(_local.TryGetValue(to, out var own) ? " dev " + own.Name : "")}");
        if (_broadcast.TryGetValue(to, out var link)) return new(FrozenRouteKind.Broadcast, link, to, AddressOn(link, to) ?? to, null, $"broadcast {to} dev {link.Name}");
        if (to is { IsV6: true, IsLoopback: true } or { IsAny: true } || Space.Routes.Lookup(to, n => Space.Find(n) is { Up: true }) is not { } row) return new(FrozenRouteKind.None, null, to, default, null, "no route");
        if (row.Type != RouteType.Unicast) return new(FrozenRouteKind.Forbidden, null, to, default, row, row.ToString());
        var device = Space.Find(row.Interface);
        var hop = row.Gateway is { } g && g.IsV6 == to.IsV6 ? g : to;
        if (device is null || (row.PreferredSource ?? AddressOn(device, hop) ?? Other(hop)) is not { } source) return new(FrozenRouteKind.None, null, to, default, null, "no route");
        return new(FrozenRouteKind.Unicast, device, hop, to.IsV6 && source.IsLinkLocal && !to.IsLinkLocal ? Other(to) ?? source : source, row, row.ToString());
    }

    /// <summary>An address of another interface: over one without its own a sender takes that.</summary>
    private IpAddress? Other(IpAddress target) =>
        Space.Interfaces.Where(i => i.Up && i.Kind != InterfaceKind.Loopback).Select(i => AddressOn(i, target)).FirstOrDefault(a => a is { IsLinkLocal: false });

    private int Number(string key) => Space.Sysctls.TryGetValue(key, out var value) && int.TryParse(value.Trim(), out int n) ? n : 0;

    private bool Is(string key) => Space.Sysctls.TryGetValue(key, out var value) && value.Trim() is not ("0" or "");
}
