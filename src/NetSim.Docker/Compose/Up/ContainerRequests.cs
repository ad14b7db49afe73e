using System.Security.Cryptography;
using System.Text;
using NetSim.Docker.Books;
using NetSim.Docker.Compose.Project;
using NetSim.Docker.Containers;
using NetSim.Docker.Engine;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Compose.Up;

/// <summary>What Compose asks of the engine for one container of a service. Source: compose v2 pkg/compose/create.go getCreateConfigs, defaultNetworkSettings, createEndpointSettings, getAliases; convergence.go getLinks, resolveSharedNamespaces.</summary>
internal sealed class ContainerRequests(Daemon d, ComposeProject project, ComposeService service, int number)
{
    private readonly string _name = project.NameOf(service, number);

    /// <summary>Up to 24 the engine takes one network with the container; the others are connected afterwards.</summary>
    public static bool OneNetworkOnly(EngineVersion version) => !version.AtLeast(25);

    /// <summary>The request.</summary>
    /// <param name="name">The container's name for now.</param>
    /// <exception cref="DaemonException">Another service's container is missing, or the engine is too old.</exception>
    public ContainerRequest Make(string name)
    {
        string mode = Mode();
        var links = Links();
        var endpoints = service.NetworkMode.Length > 0 ? [new EndpointSettings(mode)]
            : service.Networks.Take(OneNetworkOnly(d.Version) ? 1 : int.MaxValue).Select((n, i) => Endpoint(n, links, first: i == 0)).ToList();
        return new ContainerRequest(service.Image)
        {
            Name = name,
            Hostname = service.Hostname,
            Command = service.Command ?? [],
            EntrypointWords = service.Entrypoint,
            Mode = mode,
            Endpoints = endpoints,
            Expose = service.Expose,
            Options = Options(links),
        };
    }

    /// <summary>The settings of one of its networks.</summary>
    public EndpointSettings Endpoint(ServiceNetwork n) => Endpoint(n, Links(), first: false);

    /// <summary>The labels that Compose gives.</summary>
    public SortedDictionary<string, string> Labels() => new(service.Labels, StringComparer.Ordinal)
    {
        ["com.docker.compose.config-hash"] = service.Hash,
        ["com.docker.compose.container-number"] = $"{number}",
        ["com.docker.compose.depends_on"] = string.Join(',', service.DependsOn.Select(x => $"{x.Service}:{x.Condition}:{(x.Restart ? "true" : "false")}")),
        ["com.docker.compose.image"] = ImageId(service.Image),
        ["com.docker.compose.oneoff"] = "False",
        ["com.docker.compose.project"] = project.Name,
        ["com.docker.compose.project.config_files"] = string.Join(',', project.Files.Select(f => $"{project.Folder}/{Path.GetFileName(f)}")),
        ["com.docker.compose.project.working_dir"] = project.Folder,
        ["com.docker.compose.service"] = service.Name,
        ["com.docker.compose.version"] = ComposeVersion.Number,
    };

    private EndpointSettings Endpoint(ServiceNetwork n, IReadOnlyList<string> links, bool first)
    {
        if (n.InterfaceName.Length > 0 && !d.Version.AtLeast(28, 1)) throw new DaemonException("interface_name requires Docker Engine v28.1 or later");
        var network = project.Networks.First(x => x.Key == n.Key);
        string mac = n.Mac.Length > 0 ? n.Mac : first ? service.MacAddress : "";
        return new EndpointSettings(network.Name)
        {
            Ipv4 = n.Ipv4.Length > 0 ? n.Ipv4 : null,
            Ipv6 = n.Ipv6.Length > 0 ? n.Ipv6 : null,
            LinkLocal = [.. n.LinkLocal],
            IpamSent = n.Configured,
            Mac = MacAddress.TryParse(mac, out var address) ? address : null,
            Aliases = [_name, service.Name, .. n.Aliases],
            Links = links.Count > 0 ? [.. links] : null,
            DriverOptions = DriverOptions(n),
            GatewayPriority = d.Version.AtLeast(28) ? n.GatewayPriority : 0,
        };
    }

    private static SortedDictionary<string, string>? DriverOptions(ServiceNetwork n)
    {
        if (n.InterfaceName.Length == 0) return n.DriverOptions;
        return new(n.DriverOptions ?? [], StringComparer.Ordinal) { [NetworkOptions.InterfaceName] = n.InterfaceName };
    }

    private string Mode()
    {
        string mode = service.NetworkMode;
        if (mode.StartsWith("service:", StringComparison.Ordinal))
        {
            string other = mode["service:".Length..];
            var first = Observed.Of(d, project.Name, other).OrderBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault()
                ?? throw new DaemonException($"cannot share network namespace with service {other}: container missing");
            return "container:" + first.Id;
        }
        if (mode.Length > 0) return mode;
        return service.Networks.Count == 0 ? "none" : project.Networks.First(n => n.Key == service.Networks[0].Key).Name;
    }

    /// <summary>For each container of a linked service its alias, SERVICE-NUMBER and PROJECT-SERVICE-NUMBER.</summary>
    private List<string> Links()
    {
        var links = new List<string>();
        foreach (string link in service.Links)
        {
            var parts = link.Split(':', 2);
            string other = parts[0], alias = parts.Length > 1 ? parts[1] : parts[0];
            foreach (var c in Observed.Of(d, project.Name, other))
                links.AddRange([$"{c.Name}:{alias}", $"{c.Name}:{other}-{number}", $"{c.Name}:{project.Name}-{other}-{number}"]);
        }
        links.AddRange(service.ExternalLinks.Select(l => l.Contains(':', StringComparison.Ordinal) ? l : $"{l}:{l}"));
        return links;
    }

    private ContainerOptions Options(IReadOnlyList<string> links) => new()
    {
        Publish = service.Ports.Select(p => (p.Target, new RequestedBinding(p.HostAddress, p.Published), $"ports: {PortWord(p)}")).ToList(),
        Dns = service.Dns,
        DnsSearch = service.DnsSearch,
        DnsOptions = service.DnsOptions,
        ExtraHosts = service.ExtraHosts,
        Links = links,
        Environment = service.Environment,
        Labels = Labels(),
        Sysctls = service.Sysctls,
        CapAdd = service.CapAdd,
        CapDrop = service.CapDrop,
        Domainname = service.Domainname,
        MacAddress = d.Version.AtLeast(25) ? "" : FirstMac(),
        Restart = service.Restart,
        RestartLimit = service.RestartLimit,
        Terminal = service.Terminal,
        OpenStdin = service.OpenStdin,
        Privileged = service.Privileged,
        HostnameGiven = service.Hostname.Length > 0,
        User = service.User,
        WorkingDirectory = service.WorkingDirectory,
    };

    private string FirstMac() => service.Networks.Count > 0 && service.Networks[0].Mac.Length > 0 ? service.Networks[0].Mac : service.MacAddress;

    /// <summary>"127.0.0.1:8080:80/udp", as -p has it.</summary>
    public static string PortWord(ServicePort p)
    {
        string target = p.Target.EndsWith("/tcp", StringComparison.Ordinal) ? p.Target[..^4] : p.Target;
        string host = p.HostAddress.Contains(':', StringComparison.Ordinal) ? $"[{p.HostAddress}]" : p.HostAddress;
        return host.Length > 0 ? $"{host}:{p.Published}:{target}" : p.Published.Length > 0 ? $"{p.Published}:{target}" : target;
    }

    /// <summary>As docker inspect shows it.</summary>
    private static string ImageId(string image)
    {
        int colon = image.LastIndexOf(':');
        string bare = colon > image.LastIndexOf('/') ? image[..colon] : image;
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bare)));
    }
}
