using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Compose.Project;

/// <summary>Reads `networks:`. Source: compose-go v2 loader/normalize.go normalizeNetworks, setNameFromKey; transform/external.go; validation/external.go; compose v2 pkg/compose/create.go createNetwork.</summary>
internal sealed class NetworkReader(string project, ComposeWarnings warnings)
{
    private static readonly ComposePath Path = ComposePath.Top.Next("networks");

    /// <summary>The networks of a file; with "default" where a service is on it.</summary>
    /// <exception cref="Model.Input.InputException">One can't be meant.</exception>
    public IReadOnlyList<ComposeNetwork> Read(ComposeMap file, bool withDefault)
    {
        var networks = (file["networks"] as ComposeMap)?.Entries.Select(Network).ToList() ?? [];
        if (withDefault && !networks.Exists(n => n.Key == "default"))
            networks.Add(new ComposeNetwork("default", file.Find("services")?.Place ?? file.Place) { Name = project + "_default", Request = new NetworkRequest(project + "_default"), Hash = Fingerprint.Of("default") });
        return networks;
    }

    private ComposeNetwork Network(ComposeEntry e)
    {
        var map = e.Value as ComposeMap ?? new ComposeMap(e.Place, []);
        var f = new Fields(map, Path.Next(e.Key));
        bool external = External(e, f, out string name);
        if (external && map.Entries.FirstOrDefault(x => x.Key is not ("name" or "external") && !x.Key.StartsWith("x-", StringComparison.Ordinal)) is { } odd)
            throw odd.Place.Wrong($"networks.{e.Key}: conflicting parameters \"external\" and \"{odd.Key}\" specified; an external network is made elsewhere");
        name = name.Length > 0 ? name : external ? e.Key : $"{project}_{e.Key}";
        return new ComposeNetwork(e.Key, e.Place) { Name = name, External = external, Request = Request(name, f), Hash = Fingerprint.Of(map) };
    }

    private bool External(ComposeEntry e, Fields f, out string name)
    {
        name = f.Text("name");
        if (f.Below("external") is not { } old) return f.Flag("external") ?? false;
        if (old.Text("name") is { Length: > 0 } text)
        {
            warnings.Add($"{old.Place}: networks.{e.Key}: external.name is deprecated; set name and external: true");
            if (name.Length > 0 && name != text) throw old.Place.Wrong($"networks.{e.Key}: name and external.name conflict; only use name");
            name = text;
        }
        return true;
    }

    private NetworkRequest Request(string name, Fields f)
    {
        var ipam = f.Below("ipam");
        if (ipam?.Text("driver") is { Length: > 0 } driver and not "default") warnings.Add($"{ipam.PlaceOf("driver")}: the IPAM driver {driver} is not modelled; addresses are given out as by default");
        if (ipam?.Has("options") == true) warnings.Add($"{ipam.PlaceOf("options")}: IPAM options are not modelled");
        return new NetworkRequest(name)
        {
            Driver = f.Text("driver") is { Length: > 0 } d ? d : "bridge",
            Options = f.TextMap("driver_opts"),
            Labels = f.TextMap("labels"),
            Internal = f.Flag("internal") ?? false,
            Attachable = f.Flag("attachable") ?? false,
            Ipv6 = f.Flag("enable_ipv6") ?? false,
            Ipv4 = f.Flag("enable_ipv4") ?? true,
            Subnets = ipam?.Items("config").Select(Pool).ToList() ?? [],
        };
    }

    private static SubnetRequest Pool(Fields f)
    {
        Check(f, "subnet", t => InterfaceAddress.TryParse(t, out _), "10.0.0.0/24");
        Check(f, "ip_range", t => InterfaceAddress.TryParse(t, out _), "10.0.0.128/25");
        Check(f, "gateway", t => IpAddress.TryParse(t, out _), "10.0.0.1");
        var auxiliary = f.TextMap("aux_addresses");
        foreach (var (host, address) in auxiliary)
            if (!IpAddress.TryParse(address, out _)) throw f.PlaceOf("aux_addresses").Wrong($"{f.PathOf("aux_addresses")}: \"{address}\" of {host} is no address");
        if (!f.Has("subnet") && (f.Has("ip_range") || f.Has("gateway") || auxiliary.Count > 0))
            throw f.Place.Wrong($"{f.PathOf("subnet")} is missing: a range, a gateway or an auxiliary address needs its subnet");
        return new SubnetRequest(f.Text("subnet"), f.Has("ip_range") ? f.Text("ip_range") : null, f.Has("gateway") ? f.Text("gateway") : null, auxiliary);
    }

    private static void Check(Fields f, string key, Func<string, bool> fits, string like)
    {
        if (f.Has(key) && !fits(f.Text(key))) throw f.PlaceOf(key).Wrong($"{f.PathOf(key)}: \"{f.Text(key)}\" is none; write it like {like}");
    }
}
