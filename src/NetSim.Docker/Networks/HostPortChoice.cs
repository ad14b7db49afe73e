using NetSim.Docker.Books;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Docker.Networks;

/// <summary>Which host port and addresses a published port gets. Up to 27 IPv4 and IPv6 are given out apart, first all of IPv4; from 28 a port has one number in both families.
/// Source: moby v26.1.5 libnetwork/drivers/bridge/port_mapping.go allocatePorts, v28.5.2 port_mapping_linux.go bindHostPorts; recorded in 25-publish.</summary>
internal static class HostPortChoice
{
    private const int Tries = 10;

    /// <summary>The rule up to 27.</summary>
    public static void FamilyByFamily(Daemon d, Endpoint e, IReadOnlyList<PortRequest> requests)
    {
        foreach (bool v6 in new[] { false, true })
            foreach (var r in requests)
                if (Address(d, e, r, v6) is { } address) Bind(d, e, r, [address]);
    }

    /// <summary>The rule from 28.</summary>
    public static void Together(Daemon d, Endpoint e, PortRequest request)
    {
        var addresses = new[] { false, true }.Select(v6 => Address(d, e, request, v6)).OfType<IpAddress>().ToList();
        if (addresses.Count > 0) Bind(d, e, request, addresses);
    }

    /// <summary>The host address of one family; null where the request has none there.</summary>
    private static IpAddress? Address(Daemon d, Endpoint e, PortRequest request, bool v6)
    {
        if (v6 && e.V6 is null && !d.Settings.UserlandProxy) return null;
        if (!v6 && e.V4 is null) return null;
        if (IpAddress.TryParse(request.HostAddress, out var asked)) return asked.IsV6 == v6 ? asked : null;
        var usual = IpAddress.TryParse(e.Network.Options.GetValueOrDefault(NetworkOptions.HostBinding), out var binding) ? binding : IpAddress.AnyV4;
        if (usual.IsAny) return v6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        return usual.IsV6 == v6 ? usual : null;
    }

    private static void Bind(Daemon d, Endpoint e, PortRequest r, IReadOnlyList<IpAddress> addresses)
    {
        if (r.Protocol == "sctp" && d.Settings.UserlandProxy && d.Host.Lacks.Contains("sctp"))
            throw new DaemonException(d.Version.AtLeast(28) ? $"error starting userland proxy: failed to listen on {(addresses[0].IsV6 ? $"[{addresses[0]}]" : addresses[0])}:{r.From}: protocol not supported" : "Error starting userland proxy: protocol not supported");
        foreach (var a in addresses.Where(a => IsRouted(e, a))) e.Ports.Add(new(r.Protocol, r.ContainerPort, a, 0, Inside(e, a), r.Option));
        addresses = [.. addresses.Where(a => !IsRouted(e, a))];
        if (addresses.Count == 0) return;
        bool exact = r.From > 0 && r.From == r.To;
        var (from, to) = r.From > 0 ? (r.From, r.To) : d.Ports.Ephemeral;
        for (int n = 0; n < Tries; n++)
        {
            ushort port = exact ? Exact(d, r, addresses) : d.Ports.Next(r.Protocol, addresses, from, to)
                ?? throw new DaemonException("all ports are allocated");
            if (addresses.FirstOrDefault(a => !IsOfHost(d, a), IpAddress.AnyV4) is { IsAny: false } foreign) throw new DaemonException(Refused(d, e, r, foreign, port, "cannot assign requested address"));
            if (addresses.FirstOrDefault(a => IsHeld(d, r.Protocol, a, port), IpAddress.Parse("255.255.255.255")) is var held && held.IsLimitedBroadcast)
            {
                foreach (var a in addresses) Take(d, e, r, a, port);
                return;
            }
            if (exact || n == Tries - 1) throw new DaemonException(Refused(d, e, r, held, port, "address already in use"));
        }
    }

    private static ushort Exact(Daemon d, PortRequest r, IReadOnlyList<IpAddress> addresses)
    {
        // From 28.3 a wildcard and an address of its family are told apart by the daemon itself, which names the one that has the port.
        foreach (var a in addresses)
            if (d.Ports.IsTaken(r.Protocol, a, r.From) || d.Version.AtLeast(28, 3))
                if (d.Ports.Holder(r.Protocol, a, r.From) is { } holder)
                    throw new DaemonException($"Bind for {holder}:{r.From} failed: port is already allocated");
        return r.From;
    }

    private static void Take(Daemon d, Endpoint e, PortRequest r, IpAddress address, ushort port)
    {
        d.Ports.Take(r.Protocol, address, port);
        e.Ports.Add(new(r.Protocol, r.ContainerPort, address, port, Inside(e, address), r.Option));
    }

    private static IpAddress Inside(Endpoint e, IpAddress address) => address.IsV6 && e.V6 is { } v6 ? v6 : e.V4 ?? e.V6!.Value;

    /// <summary>In a routed family the port is open at the container's own address and takes none of the host's. Recorded of 28.5.2.</summary>
    private static bool IsRouted(Endpoint e, IpAddress address) => e.Network.GatewayMode(address.IsV6) == "routed";

    /// <summary>Would the kernel refuse the socket?</summary>
    private static bool IsHeld(Daemon d, string protocol, IpAddress address, ushort port)
    {
        if (d.Ports.IsShared(protocol, address, port)) return true;
        return IpProtocolNames.TryParse(protocol, out var number) && d.Host.Listening.Any(s => s.Protocol == number && s.Port.Number == port && s.Address.IsV6 == address.IsV6
            && (s.Address == address || s.Address.IsAny || address.IsAny) && !d.Ports.WasOurs(protocol, s.Address, port));
    }

    private static bool IsOfHost(Daemon d, IpAddress address) =>
        address.IsAny || address.IsLoopback || d.Host.Interfaces.Any(i => i.Addresses.Any(a => a.Address == address));

    private static string Refused(Daemon d, Endpoint e, PortRequest r, IpAddress address, ushort port, string why)
    {
        string end = address.IsV6 ? $"[{address}]:{port}" : $"{address}:{port}";
        if (d.Version.AtLeast(28)) return $"failed to bind host port for {end}:{(e.V4 ?? e.V6)}:{r.ContainerPort}/{r.Protocol}: {why}";
        string family = address.IsV6 ? "6" : "4";
        return d.Settings.UserlandProxy ? $"Error starting userland proxy: listen {r.Protocol}{family} {end}: bind: {why}"
            : $"listen {r.Protocol}{family} {end}: bind: {why}";
    }
}
