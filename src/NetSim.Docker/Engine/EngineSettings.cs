using System.Text.Json;
using NetSim.Docker.Ipam;
using NetSim.Model.Addressing;
using NetSim.Model.Input;

namespace NetSim.Docker.Engine;

/// <summary>The settings of dockerd (daemon.json) that concern networking.</summary>
public sealed record EngineSettings
{
    private static readonly string[] Unrelated =
        ["hosts", "pidfile", "cgroup-parent", "exec-opts", "log-level", "log-driver", "log-opts", "data-root", "exec-root", "storage-driver", "debug", "group",
         "registry-mirrors", "insecure-registries", "containerd", "labels", "features", "default-runtime", "runtimes", "tls", "tlsverify", "selinux-enabled",
         "userland-proxy-path", "max-concurrent-downloads", "max-concurrent-uploads", "max-download-attempts", "shutdown-timeout", "builder", "default-ulimits", "default-shm-size", "metrics-addr",
         "storage-opts", "tlscacert", "tlscert", "tlskey", "init", "init-path", "oom-score-adjust", "no-new-privileges", "seccomp-profile", "http-proxy", "https-proxy", "no-proxy", "proxies"];

    /// <summary>bip: docker0's address and subnet, or null.</summary>
    public InterfaceAddress? Bip { get; init; }

    /// <summary>bip6: docker0's IPv6 address and subnet, or null.</summary>
    public InterfaceAddress? Bip6 { get; init; }

    /// <summary>fixed-cidr: where docker0's containers get their addresses from, or null.</summary>
    public Subnet? FixedCidr { get; init; }

    /// <summary>fixed-cidr-v6: docker0's IPv6 subnet, or null.</summary>
    public Subnet? FixedCidrV6 { get; init; }

    /// <summary>default-gateway: what docker0's containers use, or null for docker0 itself.</summary>
    public IpAddress? DefaultGateway { get; init; }

    /// <summary>default-gateway-v6: what docker0's containers use for IPv6, or null for docker0 itself.</summary>
    public IpAddress? DefaultGatewayV6 { get; init; }

    /// <summary>mtu of docker0 and its containers.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>icc: may containers of docker0 talk to each other?</summary>
    public bool Icc { get; init; } = true;

    /// <summary>ip-masq: is docker0's subnet masqueraded?</summary>
    public bool IpMasquerade { get; init; } = true;

    /// <summary>userland-proxy: is there a docker-proxy for every published port?</summary>
    public bool UserlandProxy { get; init; } = true;

    /// <summary>iptables: does dockerd make rules?</summary>
    public bool Iptables { get; init; } = true;

    /// <summary>firewall-backend (29) is "nftables": rules in tables of nft's own.</summary>
    public bool Nftables { get; init; }

    /// <summary>ip6tables: does dockerd make IPv6 rules? Null is the version's default.</summary>
    public bool? Ip6tables { get; init; }

    /// <summary>ipv6: has docker0 IPv6?</summary>
    public bool Ipv6 { get; init; }

    /// <summary>ip-forward: does dockerd switch forwarding on?</summary>
    public bool IpForward { get; init; } = true;

    /// <summary>dns: servers for all containers, or empty.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>dns-search.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>dns-opts.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>ip: the host address that docker0's published ports are bound to, 0.0.0.0 by default.</summary>
    public IpAddress HostBinding { get; init; } = IpAddress.AnyV4;

    /// <summary>host-gateway-ip, or null for docker0's address.</summary>
    public IpAddress? HostGateway { get; init; }

    /// <summary>allow-direct-routing (28.2): no rules against direct access to containers' addresses.</summary>
    public bool AllowDirectRouting { get; init; }

    /// <summary>ip-forward-no-drop (28): the policy of FORWARD stays as it is.</summary>
    public bool KeepForwardPolicy { get; init; }

    /// <summary>bridge-accept-fwmark (29): "0x1" or "0x1/0x3", or empty.</summary>
    public string AcceptMark { get; init; } = "";

    /// <summary>default-network-opts (24) of the driver "bridge": options of every network of a user's.</summary>
    public IReadOnlyDictionary<string, string> NetworkOptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>bridge: "none" is no docker0.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>Settings that are not modelled, each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>default-address-pools; empty is Docker's own list.</summary>
    internal IReadOnlyList<PoolBlock> AddressPools { get; init; } = [];

    /// <summary>Reads the text of a daemon.json.</summary>
    /// <exception cref="InputException">The text is no JSON object, or a value has the wrong shape.</exception>
    public static EngineSettings Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
            return Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InputException("daemon.json", $"{(e.LineNumber ?? 0) + 1}", "is not JSON; a setting is written {\"mtu\": 1450}");
        }
    }

    /// <summary>Reads a daemon.json.</summary>
    /// <exception cref="InputException">A value has the wrong shape.</exception>
    public static EngineSettings Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new InputException("daemon.json", "", "must be a JSON object such as {\"mtu\": 1450}");
        var settings = new EngineSettings();
        foreach (var property in json.EnumerateObject())
        {
            try
            {
                settings = Addressing(settings, property.Name, property.Value) ?? Behaviour(settings, property.Name, property.Value) ?? Other(settings, property.Name);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
            {
                throw new InputException("daemon.json", "", $"\"{property.Name}\" has a value that dockerd does not take: {property.Value.GetRawText()}");
            }
        }
        return settings;
    }

    private static EngineSettings? Addressing(EngineSettings s, string name, JsonElement v) => name switch
    {
        "bip" => s with { Bip = Address(v) },
        "bip6" => s with { Bip6 = Address(v) },
        "fixed-cidr" => s with { FixedCidr = Subnet.Parse(v.GetString()!) },
        "fixed-cidr-v6" => s with { FixedCidrV6 = Subnet.Parse(v.GetString()!) },
        "default-gateway" => s with { DefaultGateway = IpAddress.Parse(v.GetString()!) },
        "default-gateway-v6" => s with { DefaultGatewayV6 = IpAddress.Parse(v.GetString()!) },
        "default-address-pools" => s with { AddressPools = v.EnumerateArray().Select(p => new PoolBlock(Subnet.Parse(p.GetProperty("base").GetString()!), p.GetProperty("size").GetInt32())).ToList() },
        "dns" => s with { Dns = Words(v) },
        "dns-search" => s with { DnsSearch = Words(v) },
        "dns-opts" => s with { DnsOptions = Words(v) },
        "ip" => s with { HostBinding = IpAddress.Parse(v.GetString()!) },
        "host-gateway-ip" => s with { HostGateway = IpAddress.Parse(v.GetString()!) },
        _ => null,
    };

    private static EngineSettings? Behaviour(EngineSettings s, string name, JsonElement v) => name switch
    {
        "mtu" => s with { Mtu = v.GetInt32() },
        "icc" => s with { Icc = v.GetBoolean() },
        "ip-masq" => s with { IpMasquerade = v.GetBoolean() },
        "userland-proxy" => s with { UserlandProxy = v.GetBoolean() },
        "iptables" => s with { Iptables = v.GetBoolean() },
        "ip6tables" => s with { Ip6tables = v.GetBoolean() },
        "ipv6" => s with { Ipv6 = v.GetBoolean() },
        "ip-forward" => s with { IpForward = v.GetBoolean() },
        "allow-direct-routing" => s with { AllowDirectRouting = v.GetBoolean() },
        "ip-forward-no-drop" => s with { KeepForwardPolicy = v.GetBoolean() },
        "bridge-accept-fwmark" => s with { AcceptMark = v.GetString()! },
        "default-network-opts" => s with { NetworkOptions = v.TryGetProperty("bridge", out var o) ? o.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal) : s.NetworkOptions },
        "firewall-backend" => s with { Nftables = v.GetString() is var backend and ("" or "iptables" or "nftables") ? backend == "nftables" : throw new FormatException() },
        "bridge" => s with { Bridge = v.GetString()! },
        "experimental" => s,
        _ => null,
    };

    private static EngineSettings Other(EngineSettings s, string name) =>
        Unrelated.Contains(name) ? s : s with { Warnings = [.. s.Warnings, $"daemon.json: \"{name}\" is not modelled"] };

    private static InterfaceAddress Address(JsonElement v) => InterfaceAddress.TryParse(v.GetString(), out var a) ? a : throw new FormatException();

    private static List<string> Words(JsonElement v) => v.EnumerateArray().Select(w => w.GetString()!).ToList();
}
