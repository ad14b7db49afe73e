using NetSim.Docker.Books;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>What `docker create` asks the daemon for.</summary>
internal sealed record ContainerRequest(string Image)
{
    /// <summary>--name; empty for one that Docker makes up.</summary>
    public string Name { get; init; } = "";

    /// <summary>-h.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>The command after the image; empty for the image's.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>--entrypoint; null for the image's.</summary>
    public string? Entrypoint { get; init; }

    /// <summary>An entrypoint of several words, or of none; null for <see cref="Entrypoint"/>.</summary>
    public IReadOnlyList<string>? EntrypointWords { get; init; }

    /// <summary>The network mode: "default", "bridge", "host", "none", "container:X", or a network.</summary>
    public string Mode { get; init; } = "default";

    /// <summary>Settings per network, first the one of the mode.</summary>
    public IReadOnlyList<EndpointSettings> Endpoints { get; init; } = [];

    /// <summary>--expose, with ranges taken apart: "80/tcp".</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];

    /// <summary>The other flags.</summary>
    public ContainerOptions Options { get; init; } = new();
}

/// <summary>Makes containers (without starting them). Source: moby v28.5.2 daemon/create.go; recorded in 11-errors, 31-none-host-container.</summary>
internal static class ContainerMaker
{
    /// <summary>`docker create`.</summary>
    /// <exception cref="DaemonException">It is refused; nothing was made.</exception>
    public static Container Create(Daemon d, ContainerRequest request)
    {
        ModeConflicts.Check(d.Version, request);
        var facts = d.Image(request.Image);
        CheckEndpoints(d, request);
        string id = d.Ids.NewId();
        string name = Name(d, request);
        var links = request.Options.Links.Select(l => Link(d, request, l)).OfType<(Container, string)>().ToList();
        string mode = Mode(d, request);
        var shared = mode.StartsWith("container:", StringComparison.Ordinal) ? d.Containers.Find(mode[10..]) : null;
        var c = new Container
        {
            Name = name,
            NamedByUser = request.Name.Length > 0,
            Id = id,
            Created = d.Now,
            Image = request.Image,
            Facts = facts,
            Command = request.Command.Count > 0 ? request.Command : request.Entrypoint is null && request.EntrypointWords is not { Count: > 0 } ? facts.Command : [],
            Entrypoint = request.EntrypointWords ?? (request.Entrypoint is { } e ? e.Length > 0 ? [e] : [] : facts.Entrypoint),
            Options = request.Options,
            Hostname = request.Hostname.Length > 0 ? request.Hostname : shared?.Hostname ?? (mode == "host" ? d.Host.Hostname : id[..12]),
            NetworkMode = mode,
        };
        c.Links.AddRange(links);
        foreach (var (child, _) in links) child.LinkedFrom.Add(c);
        foreach (string port in facts.Exposed.Concat(request.Expose).Concat(request.Options.Publish.Select(p => p.Port))) c.Exposed.Add(port);
        if (shared is null && !mode.StartsWith("container:", StringComparison.Ordinal)) AddNetworks(d, c, request);
        d.Containers.Add(c);
        d.Make(new Change.ContainerSet(c.FactsOf()) { Origin = new(c.OriginObject, "", "container-create") });
        d.Events.Of(d.Now, c, "create");
        return c;
    }

    private static void AddNetworks(Daemon d, Container c, ContainerRequest request)
    {
        foreach (var settings in request.Endpoints)
        {
            string name = settings.NetworkName is "default" ? "bridge" : d.Networks.Find(settings.NetworkName)?.Name ?? settings.NetworkName;
            var own = name == settings.NetworkName ? settings : Renamed(settings, name);
            c.Networks[name] = own;
            c.Joined.Add(name);
        }
    }

    private static EndpointSettings Renamed(EndpointSettings s, string name) => new(name)
    {
        Ipv4 = s.Ipv4,
        Ipv6 = s.Ipv6,
        Mac = s.Mac,
        Aliases = s.Aliases,
        Links = s.Links,
        DriverOptions = s.DriverOptions,
        GatewayPriority = s.GatewayPriority,
        LinkLocal = s.LinkLocal,
        IpamSent = s.IpamSent,
    };

    /// <summary>Up to 26.0 the mode "default" is kept as it is; later it becomes "bridge". A container's name becomes its id.</summary>
    private static string Mode(Daemon d, ContainerRequest request)
    {
        if (request.Mode == "default") return d.Version.AtLeast(26, 1) ? "bridge" : "default";
        if (!request.Mode.StartsWith("container:", StringComparison.Ordinal)) return request.Mode;
        return "container:" + (d.Containers.Find(request.Mode[10..])?.Id ?? request.Mode[10..]);
    }

    private static void CheckEndpoints(Daemon d, ContainerRequest request)
    {
        if (request.Mode.StartsWith("container:", StringComparison.Ordinal)) return;
        if (request.Endpoints.Count > 1 && !d.Version.AtLeast(25))
            throw new DaemonException($"Container cannot be connected to network endpoints: {string.Join(", ", request.Endpoints.Select(e => e.NetworkName))}");
        foreach (var s in request.Endpoints)
        {
            string name = s.NetworkName == "default" ? "bridge" : s.NetworkName;
            if (!d.Version.AtLeast(25))
            {
                if (s.Ipv4 is { Length: > 0 } v4 && !(IpAddress.TryParse(v4, out var a4) && a4.IsV4)) throw new DaemonException($"invalid IPv4 address: {v4}");
                if (s.Ipv6 is { Length: > 0 } v6 && !(IpAddress.TryParse(v6, out var a6) && a6.IsV6)) throw new DaemonException($"invalid IPv6 address: {v6}");
                continue;
            }
            if (d.Networks.Find(name) is not { } network) continue;
            var faults = EndpointValidation.Faults(d, network, s, connecting: false);
            if (faults.Count > 0) throw new DaemonException($"invalid config for network {name}: invalid endpoint settings:\n" + SubnetValidation.Join(faults));
        }
    }

    private static string Name(Daemon d, ContainerRequest request)
    {
        string name = request.Name.TrimStart('/');
        if (request.Name.Length == 0) return GeneratedName.Next(d);
        if (name.Length < 2 || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(x => char.IsAsciiLetterOrDigit(x) || x is '_' or '.' or '-'))
            throw new DaemonException($"Invalid container name ({request.Name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        CheckFree(d, name);
        return name;
    }

    /// <summary>Refuses a name that is taken.</summary>
    /// <exception cref="DaemonException">It is taken.</exception>
    public static void CheckFree(Daemon d, string name)
    {
        if (d.Containers.All.FirstOrDefault(c => c.Name == name) is { } other)
            throw new DaemonException($"Conflict. The container name \"/{name}\" is already in use by container \"{other.Id}\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    private static (Container, string)? Link(Daemon d, ContainerRequest request, string link)
    {
        if (request.Mode is not ("default" or "bridge")) return null;
        int colon = link.IndexOf(':', StringComparison.Ordinal);
        string term = colon < 0 ? link : link[..colon];
        if (term.Length == 0) throw new DaemonException("could not get container for : invalid name or ID supplied: \"\"");
        if (d.Containers.Find(term) is not { } child) throw new DaemonException($"could not get container for {term}: No such container: {term}");
        return (child, colon < 0 ? child.Name : link[(colon + 1)..]);
    }
}
