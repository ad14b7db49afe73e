using System.Globalization;
using NetSim.Docker.CommandLine;
using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Compose.Project;

/// <summary>Reads what a service says of its networks, ports and names. Source: compose-go v2 types/types.go NetworksByPriority, ServicePortConfig, types/hostList.go; compose v2 pkg/compose/create.go buildContainerPortBindingOptions.</summary>
internal sealed class ServiceNetworking(Fields f, ComposeWarnings warnings)
{
    private static readonly string[] Modes = ["bridge", "host", "none", "service:NAME", "container:NAME"];

    /// <summary>The service with it.</summary>
    /// <exception cref="Model.Input.InputException">A field can't be meant.</exception>
    public ComposeService AddTo(ComposeService service) => service with
    {
        NetworkMode = Mode(),
        Networks = Networks(),
        Ports = f.Items("ports").SelectMany(Port).ToList(),
        Expose = f.Scalars("expose").SelectMany(Expose).ToList(),
        Links = f.Texts("links"),
        ExternalLinks = f.Texts("external_links"),
        ExtraHosts = Hosts(),
        Dns = f.Scalars("dns").Where(s => s.Text.Length > 0).Select(s => Address(s, "dns")).ToList(),
        DnsSearch = f.Texts("dns_search"),
        DnsOptions = f.Texts("dns_opt"),
        Hostname = f.Text("hostname"),
        Domainname = f.Text("domainname"),
        MacAddress = Mac(f, "mac_address"),
        Sysctls = f.TextMap("sysctls"),
    };

    private string Mode()
    {
        string mode = f.Text("network_mode");
        if (mode.Length > 0 && f.Has("networks")) throw f.PlaceOf("network_mode").Wrong($"{f.PathOf("network_mode")}: service declares mutually exclusive `network_mode` and `networks`");
        if (mode is "service:" or "container:") throw f.PlaceOf("network_mode").Wrong($"{f.PathOf("network_mode")}: \"{mode}\" names nothing; it should be one of {string.Join(", ", Modes)}");
        return mode;
    }

    private IReadOnlyList<ServiceNetwork> Networks()
    {
        if (f.Text("network_mode").Length > 0 || f.Has("provider")) return [];
        var networks = f.Named("networks").Select(n => Network(n.Name, n.Place, n.Value)).ToList();
        if (networks.Count == 0) networks.Add(new ServiceNetwork("default", f.Place));
        return networks.OrderByDescending(n => n.Priority).ThenBy(n => n.Key, StringComparer.Ordinal).ToList();
    }

    private ServiceNetwork Network(string key, ComposePlace place, Fields? n)
    {
        if (n is null) return new ServiceNetwork(key, place);
        if (n.Has("link_local_ips")) warnings.Add($"{n.PlaceOf("link_local_ips")}: {n.PathOf("link_local_ips")} is not modelled");
        return new ServiceNetwork(key, place)
        {
            Configured = true,
            Aliases = n.Texts("aliases"),
            Ipv4 = Fixed(n, "ipv4_address", v6: false),
            Ipv6 = Fixed(n, "ipv6_address", v6: true),
            LinkLocal = n.Texts("link_local_ips"),
            Mac = Mac(n, "mac_address"),
            InterfaceName = n.Text("interface_name"),
            DriverOptions = n.Has("driver_opts") ? n.TextMap("driver_opts") : null,
            Priority = n.Integer("priority") ?? 0,
            GatewayPriority = n.Integer("gw_priority") ?? 0,
        };
    }

    private static string Fixed(Fields n, string key, bool v6)
    {
        string text = n.Text(key);
        if (text.Length == 0 || (IpAddress.TryParse(text, out var a) && a.IsV6 == v6)) return text;
        throw n.PlaceOf(key).Wrong($"{n.PathOf(key)}: \"{text}\" is no {(v6 ? "IPv6" : "IPv4")} address; write it like {(v6 ? "\"fd00::10\"" : "172.28.0.10, without a prefix length")}");
    }

    private static string Mac(Fields n, string key)
    {
        string text = n.Text(key);
        if (text.Length == 0 || MacAddress.TryParse(text, out _)) return text;
        throw n.PlaceOf(key).Wrong($"{n.PathOf(key)}: \"{text}\" is no MAC address; write it like \"02:42:ac:11:65:43\", in quotes");
    }

    /// <summary>The long form; the short one was lengthened before.</summary>
    private static IEnumerable<ServicePort> Port(Fields p)
    {
        if (!p.Has("target")) throw p.Place.Wrong($"{p.PathOf("target")} is missing: a port must say which port of the container it means");
        string target = p.Text("target"), published = p.Text("published"), host = p.Text("host_ip"), protocol = p.Text("protocol") is { Length: > 0 } t ? t.ToLowerInvariant() : "tcp";
        if (host.Length > 0 && !IpAddress.TryParse(host, out _)) throw p.PlaceOf("host_ip").Wrong($"{p.PathOf("host_ip")}: invalid ip address: {host}");
        if (!ushort.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) || n == 0) throw p.PlaceOf("target").Wrong($"{p.PathOf("target")} should be a port from 1 to 65535, but it is \"{target}\"");
        if (protocol is not ("tcp" or "udp" or "sctp")) throw p.PlaceOf("protocol").Wrong($"{p.PathOf("protocol")}: \"{protocol}\" is no protocol; it should be tcp, udp or sctp");
        if (published is "0") published = "";
        if (published.Length > 0 && !IsRange(published)) throw p.PlaceOf("published").Wrong($"{p.PathOf("published")} should be a port or a range such as \"8080-8090\", but it is \"{published}\"");
        yield return new ServicePort($"{n}/{protocol}", host, published, p.Place);
    }

    private static bool IsRange(string text)
    {
        var ends = text.Split('-');
        return ends.Length <= 2 && ends.All(e => ushort.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) && n > 0) && (ends.Length == 1 || int.Parse(ends[0], CultureInfo.InvariantCulture) <= int.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    private IEnumerable<string> Expose(ComposeScalar s)
    {
        try
        {
            return PortFlags.Expose(s.Text).ToList();
        }
        catch (UsageException)
        {
            throw s.Place.Wrong($"{f.PathOf("expose")}: \"{s.Text}\" is no port to expose; write it like \"3000\", \"3000-3005\" or \"53/udp\"");
        }
    }

    /// <summary>"name=address" or "name:address", a mapping of a name to one address or several; in brackets or not.</summary>
    private List<string> Hosts()
    {
        var all = new List<string>();
        if (f.Map["extra_hosts"] is ComposeMap m)
            foreach (var e in m.Entries)
                foreach (var s in e.Value is ComposeList l ? l.Items.OfType<ComposeScalar>() : [(ComposeScalar)e.Value]) all.Add(Host(e.Key, s.Text, s.Place));
        if (f.Map["extra_hosts"] is not ComposeList list) return all;
        foreach (var s in list.Items.OfType<ComposeScalar>())
        {
            int at = s.Text.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) at = s.Text.IndexOf(':', StringComparison.Ordinal);
            if (at < 0) throw s.Place.Wrong($"{f.PathOf("extra_hosts")}: invalid additional host, missing IP: {s.Text}");
            all.AddRange(s.Text[(at + 1)..].Split(',').Select(ip => Host(s.Text[..at], ip, s.Place)));
        }
        return all;
    }

    private string Host(string name, string address, ComposePlace place)
    {
        if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || name.Contains('=', StringComparison.Ordinal)) throw place.Wrong($"{f.PathOf("extra_hosts")}: bad host name '{name}'");
        string bare = address.StartsWith('[') && address.EndsWith(']') ? address[1..^1] : address;
        if (bare != "host-gateway" && !IpAddress.TryParse(bare, out _)) throw place.Wrong($"{f.PathOf("extra_hosts")}: \"{address}\" of {name} is no address (and not host-gateway)");
        return $"{name}:{bare}";
    }

    private string Address(ComposeScalar s, string key) => IpAddress.TryParse(s.Text, out _) ? s.Text : throw s.Place.Wrong($"{f.PathOf(key)}: invalid DNS address: \"{s.Text}\"");
}
