using NetSim.Docker.Restoring;
using NetSim.Model.Input;

namespace NetSim.Workbench.Opening;

/// <summary>Reads what `docker network inspect` and `docker inspect` print, of any version since 20.10. Fields that are missing, null or unknown do no harm.</summary>
internal static class InspectReading
{
    /// <summary>A network.</summary>
    /// <exception cref="InputException">It is Podman's, has no name or id, or a field is of another kind.</exception>
    public static InspectedNetwork Network(BundleJson json)
    {
        if (json["network_interface"].Value is not null || (json["name"].Value is not null && json["Name"].Value is null)) throw Podman(json);
        return new()
        {
            Name = Needed(json, "Name"),
            Id = Id(json),
            Driver = json["Driver"].Text is { Length: > 0 } driver ? driver : "bridge",
            Created = json["Created"].Text,
            Internal = json["Internal"].Flag,
            Attachable = json["Attachable"].Flag,
            EnableIpv4 = json["EnableIPv4"].Value is null || json["EnableIPv4"].Flag,
            EnableIpv6 = json["EnableIPv6"].Flag,
            IpamDriver = json["IPAM"]["Driver"].Text is { Length: > 0 } ipam ? ipam : "default",
            Pools = json["IPAM"]["Config"].Items.Where(c => c["Subnet"].Text.Length > 0).Select(Pool).ToList(),
            Options = Options(json["Options"]),
            Labels = Map(json["Labels"]),
        };
    }

    /// <summary>A container.</summary>
    /// <exception cref="InputException">It is Podman's, has no name or id, or a field is of another kind.</exception>
    public static InspectedContainer Container(BundleJson json)
    {
        if (json["ImageName"].Value is not null && (json["OCIRuntime"].Value is not null || json["ConmonPidFile"].Value is not null)) throw Podman(json);
        BundleJson config = json["Config"], host = json["HostConfig"], state = json["State"];
        return new()
        {
            Name = Needed(json, "Name").TrimStart('/'),
            Id = Id(json),
            Image = config["Image"].Text,
            Status = state["Status"].Text is { Length: > 0 } status ? status : state["Running"].Flag ? "running" : "created",
            Started = state["StartedAt"].Text,
            ExitCode = state["ExitCode"].Number,
            Mode = host["NetworkMode"].Text,
            Hostname = config["Hostname"].Text,
            Domainname = config["Domainname"].Text,
            Command = Words(config["Cmd"]),
            Entrypoint = Words(config["Entrypoint"]),
            Environment = Words(config["Env"]),
            Exposed = config["ExposedPorts"].Fields.Select(p => p.Key).ToList(),
            Labels = Map(config["Labels"]),
            Asked = Ports(host["PortBindings"]),
            PublishAll = host["PublishAllPorts"].Flag,
            Given = Ports(json["NetworkSettings"]["Ports"]),
            Dns = Words(host["Dns"]),
            DnsSearch = Words(host["DnsSearch"]),
            DnsOptions = Words(host["DnsOptions"]),
            ExtraHosts = Words(host["ExtraHosts"]),
            Links = Words(host["Links"]),
            Sysctls = Map(host["Sysctls"]),
            Restart = host["RestartPolicy"]["Name"].Text is { Length: > 0 } restart ? restart : "no",
            Terminal = config["Tty"].Flag,
            Endpoints = json["NetworkSettings"]["Networks"].Fields.Where(e => e.Value.Value is not null).Select(e => Endpoint(e.Key, e.Value)).ToList(),
        };
    }

    private static InspectedEndpoint Endpoint(string network, BundleJson e) => new()
    {
        Network = network,
        NetworkId = e["NetworkID"].Text,
        EndpointId = e["EndpointID"].Text,
        AskedV4 = e["IPAMConfig"]["IPv4Address"].Text is { Length: > 0 } v4 ? v4 : null,
        AskedV6 = e["IPAMConfig"]["IPv6Address"].Text is { Length: > 0 } v6 ? v6 : null,
        V4 = e["IPAddress"].Address,
        V6 = e["GlobalIPv6Address"].Address,
        Mac = e["MacAddress"].Text.Length > 0 ? e["MacAddress"].Mac : null,
        Aliases = e["Aliases"].Value is null ? null : Words(e["Aliases"]),
        Links = e["Links"].Value is null ? null : Words(e["Links"]),
        DriverOptions = e["DriverOpts"].Value is null ? null : Map(e["DriverOpts"]),
        GatewayPriority = e["GwPriority"].Number,
    };

    private static InspectedPool Pool(BundleJson row)
    {
        var gateway = row["Gateway"].Address;
        return new(row["Subnet"].Subnet!.Value, row["IPRange"].Text is { Length: > 0 } range ? range : null, gateway, Map(row["AuxiliaryAddresses"]));
    }

    private static List<InspectedPort> Ports(BundleJson map) =>
        map.Fields.SelectMany(p => p.Value.Items.Select(b => new InspectedPort(p.Key.Contains('/') ? p.Key : p.Key + "/tcp", b["HostIp"].Text, b["HostPort"].Text))).ToList();

    private static List<string> Words(BundleJson list) => list.Items.Select(w => w.Text).ToList();

    private static SortedDictionary<string, string> Map(BundleJson map)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Fields) all[key] = value.Text;
        return all;
    }

    /// <summary>Options without empty ones; a name of an interface has no blanks.</summary>
    private static SortedDictionary<string, string> Options(BundleJson map)
    {
        var all = Map(map);
        foreach (var (key, value) in all.ToList())
        {
            if (value.Length == 0) all.Remove(key);
            else if (key.StartsWith("com.docker.network.bridge.", StringComparison.Ordinal) && value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '/'))
                throw new InputException(map.File, map[key].Value!.GetPath(), "a word was expected, such as the name of an interface");
        }
        return all;
    }

    private static string Id(BundleJson json) => Needed(json, "Id") is { Length: >= 12 } id && id.All(char.IsAsciiHexDigit) ? id
        : throw new InputException(json.File, json["Id"].Value!.GetPath(), "an id of 64 hexadecimal digits was expected");

    private static string Needed(BundleJson json, string key) => json[key].Text is { Length: > 0 } text ? text : throw new InputException(json.File, json.Value?.GetPath() ?? "", $"has no \"{key}\", as every row that docker's inspect prints");

    private static InputException Podman(BundleJson json) => new(json.File, "", "is the output of Podman, which is not modelled; a bundle holds what docker's inspect prints");
}
