using NetSim.Docker.Books;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;

namespace NetSim.Docker.CommandLine;

/// <summary>docker network create. Source: docker/cli v28.5.2 cli/command/network/create.go; recorded in 11-errors.</summary>
internal static class NetworkCreateCommand
{
    /// <summary>The command.</summary>
    public static Command Command { get; } = new("network create", "[OPTIONS] NETWORK", 1, 1,
        new FlagSet().Texts("driver d", "ipam-driver", "scope").Switches("internal", "attachable", "ipv6", "ipv4", "ingress", "config-only")
            .Lists("subnet", "ip-range", "gateway", "aux-address", "opt o", "label").Texts("config-from").Unmodelled("ipam-opt").Since(28, "ipv4"), Run);

    private static void Run(Daemon d, ParsedLine line, Reply reply)
    {
        if (line.Text("ipam-driver") is { } ipam && ipam is not ("" or "default")) d.Warnings.Add($"docker network create --ipam-driver {ipam} is not modelled: addresses are Docker's own choice");
        var network = NetworkMaker.Create(d, new NetworkRequest(line.Arguments[0])
        {
            Driver = line.Text("driver") ?? "bridge",
            Subnets = Consolidate(line),
            Options = line.Map("opt"),
            Labels = line.Map("label"),
            IpamDriver = line.Text("ipam-driver") ?? "default",
            Internal = line.Is("internal"),
            Attachable = line.Is("attachable"),
            ConfigOnly = line.Is("config-only"),
            ConfigFrom = line.Text("config-from") ?? "",
            Scope = line.Text("scope") ?? "",
            Ingress = line.Is("ingress"),
            Ipv6 = line.Is("ipv6"),
            Ipv4 = line.Is("ipv4", otherwise: true),
        });
        reply.Line(network.Id);
    }

    /// <summary>Gives each range, gateway and auxiliary address to its subnet.</summary>
    private static List<SubnetRequest> Consolidate(ParsedLine line)
    {
        var subnets = line.List("subnet").SelectMany(s => s.Split(',')).ToList();
        var ranges = line.List("ip-range").SelectMany(s => s.Split(',')).ToList();
        var gateways = line.List("gateway").SelectMany(s => s.Split(',')).ToList();
        if (subnets.Count < ranges.Count || subnets.Count < gateways.Count) throw new UsageException("every ip-range or gateway must have a corresponding subnet");
        for (int i = 0; i < subnets.Count; i++)
            for (int k = i + 1; k < subnets.Count; k++)
                if (Subnet.TryParse(subnets[i], out var a) && Subnet.TryParse(subnets[k], out var b) && a.Overlaps(b)) throw new UsageException("multiple overlapping subnet configuration is not supported");
        var rows = subnets.ConvertAll(s => new SubnetRequest(s, null, null, new Dictionary<string, string>(StringComparer.Ordinal)));
        foreach (string range in ranges)
            Assign(rows, "range", range, range.Split('/')[0], r => r.Range is null, r => r with { Range = range }, "ranges");
        foreach (string gateway in gateways)
            Assign(rows, "gateway", gateway, gateway, r => r.Gateway is null, r => r with { Gateway = gateway }, "gateways");
        foreach (var (name, address) in line.Map("aux-address"))
            Assign(rows, "aux-address", address, address, _ => true, r => r with { Auxiliary = new Dictionary<string, string>(r.Auxiliary, StringComparer.Ordinal) { [name] = address } }, "");
        return rows;
    }

    private static void Assign(List<SubnetRequest> rows, string what, string value, string address, Func<SubnetRequest, bool> free, Func<SubnetRequest, SubnetRequest> with, string plural)
    {
        if (value.Contains('/', StringComparison.Ordinal) && rows.Count > 0 && !InterfaceAddress.TryParse(value, out _)) throw new UsageException($"invalid CIDR address: {value}");
        int at = rows.FindIndex(r => IpAddress.TryParse(address, out var ip) && Subnet.TryParse(r.Subnet, out var subnet) && subnet.Contains(ip));
        if (at < 0) throw new UsageException($"no matching subnet for {what} {value}");
        if (!free(rows[at])) throw new UsageException($"cannot configure multiple {plural} ({value}, {rows[at].Range ?? rows[at].Gateway}) on the same subnet ({rows[at].Subnet})");
        rows[at] = with(rows[at]);
    }
}
