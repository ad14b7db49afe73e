using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Restoring;

/// <summary>Puts inspected containers into a daemon's books, and starts those that run, with the addresses, MAC addresses and host ports that they have.</summary>
internal sealed class RestoredContainers(Daemon d)
{
    /// <summary>Restores all: in order of their starts, those that share another's namespace after it.</summary>
    public void Restore(IReadOnlyList<InspectedContainer> containers)
    {
        var made = new List<(InspectedContainer Inspected, Container Container)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var c in containers)
        {
            if (!names.Add(c.Name)) d.Warnings.Add($"there are two containers {c.Name}: the second is left out");
            else made.Add((c, Add(c)));
        }
        foreach (var (inspected, container) in made) Link(inspected, container);
        foreach (var (inspected, container) in made.Where(m => !m.Inspected.Runs)) Rest(inspected, container);
        var running = made.Where(m => m.Inspected.Runs).OrderBy(m => m.Container.SharedWith is not null).ThenBy(m => m.Inspected.Started, StringComparer.Ordinal);
        foreach (var (inspected, container) in running) Start(inspected, container);
    }

    private Container Add(InspectedContainer c)
    {
        var container = new Container
        {
            Name = c.Name,
            NamedByUser = true,
            Id = c.Id,
            Image = c.Image,
            Facts = new(c.Image, [], [], c.Exposed, new Dictionary<string, string>(StringComparer.Ordinal)),
            Command = c.Command,
            Entrypoint = c.Entrypoint,
            Options = OptionsOf(c),
            Hostname = c.Hostname.Length > 0 ? c.Hostname : c.Id[..Math.Min(12, c.Id.Length)],
            NetworkMode = Mode(c.Mode),
        };
        foreach (string port in c.Exposed.Concat(c.Asked.Select(a => a.Key)).Where(IsPort)) container.Exposed.Add(port);
        if (container.SharedWith is null)
            foreach (var e in c.Endpoints) AddNetwork(container, e);
        d.Containers.Add(container);
        return container;
    }

    private static bool IsPort(string key) => key.Split('/') is [var number, "tcp" or "udp" or "sctp"] && ushort.TryParse(number, out _);

    private string Mode(string mode) => mode is "" ? d.Version.AtLeast(26, 1) ? "bridge" : "default" : mode;

    private void AddNetwork(Container container, InspectedEndpoint e)
    {
        var network = (e.NetworkId.Length > 0 ? d.Networks.Find(e.NetworkId) : null) ?? d.Networks.Find(e.Network);
        if (network is null) d.Warnings.Add($"container {container.Name} is on network {e.Network}, of which nothing more is known: that side of it is left out");
        if (network is null || container.Networks.ContainsKey(network.Name)) return;
        container.Networks[network.Name] = new(network.Name)
        {
            NetworkId = network.Id,
            Ipv4 = e.AskedV4,
            Ipv6 = e.AskedV6,
            Aliases = Aliases(container, e),
            Links = e.Links?.ToList(),
            DriverOptions = e.DriverOptions is { } options ? new(options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) : null,
            GatewayPriority = e.GatewayPriority,
            Known = e.EndpointId.Length > 0 ? new(e.EndpointId, e.V4, e.V6, e.Mac) : null,
        };
        container.Joined.Add(network.Name);
    }

    /// <summary>Up to 24 the short id and the host name are shown among the aliases; they are names anyway.</summary>
    private List<string>? Aliases(Container container, InspectedEndpoint e) =>
        e.Aliases is null ? null : d.Version.AtLeast(25) ? e.Aliases.ToList() : e.Aliases.Where(a => a != container.ShortId && a != container.Hostname).ToList() is { Count: > 0 } own ? own : null;

    private static ContainerOptions OptionsOf(InspectedContainer c) => new()
    {
        Publish = RestoredPorts.Requests(c).Where(p => IsPort(p.Port)).ToList(),
        PublishAll = c.PublishAll,
        Dns = c.Dns,
        DnsSearch = c.DnsSearch,
        DnsOptions = c.DnsOptions,
        ExtraHosts = c.ExtraHosts,
        Environment = c.Environment,
        Labels = c.Labels,
        Sysctls = c.Sysctls,
        Domainname = c.Domainname,
        Restart = c.Restart,
        Terminal = c.Terminal,
    };

    /// <summary>"/db:/web/cache": the child and its alias.</summary>
    private void Link(InspectedContainer inspected, Container container)
    {
        foreach (string link in inspected.Links)
        {
            int colon = link.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || d.Containers.Find(link[..colon]) is not { } child) continue;
            container.Links.Add((child, link[(link.LastIndexOf('/') + 1)..]));
            child.LinkedFrom.Add(container);
        }
    }

    private void Rest(InspectedContainer inspected, Container container)
    {
        container.Status = inspected.Status.Length > 0 ? inspected.Status : "created";
        container.ExitCode = inspected.ExitCode;
        d.Make(new Change.ContainerSet(container.FactsOf()) { Origin = new(container.OriginObject, "", "container-create") });
    }

    private void Start(InspectedContainer inspected, Container container)
    {
        container.KeptPorts.AddRange(RestoredPorts.Of(inspected, container, d.Version));
        try
        {
            ContainerStart.Start(d, container, foreground: true);
            if (inspected.Status == "paused") Pause(container);
        }
        catch (DaemonException fault)
        {
            d.Warnings.Add($"container {container.Name} runs, but what inspect says of it does not fit: {fault.Message}");
        }
        foreach (var settings in container.Networks.Values) settings.Known = null;
    }

    private void Pause(Container container)
    {
        container.Status = "paused";
        d.Make(new Change.ContainerSet(container.FactsOf()) { Origin = new(container.OriginObject, "", "container-pause") });
    }
}
