using NetSim.Docker.Engine;
using NetSim.Docker.Firewall;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Books;

/// <summary>A host port asked for: "0.0.0.0:8080", ":8080-8090", ":".</summary>
/// <param name="HostAddress">As written; empty for the default.</param>
/// <param name="HostPort">"8080", "8080-8090" or empty.</param>
internal sealed record RequestedBinding(string HostAddress, string HostPort);

/// <summary>A container in dockerd's books.</summary>
internal sealed class Container
{
    /// <summary>Without the slash.</summary>
    public required string Name { get; set; }

    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>First 12 digits.</summary>
    public string ShortId => Id[..12];

    /// <summary>Did the user name it?</summary>
    public bool NamedByUser { get; init; }

    /// <summary>When it was made.</summary>
    public SimTime Created { get; init; }

    /// <summary>As the user wrote it.</summary>
    public required string Image { get; init; }

    /// <summary>What is known of the image.</summary>
    public required ImageFacts Facts { get; init; }

    /// <summary>CMD that is in force.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>ENTRYPOINT that is in force.</summary>
    public required IReadOnlyList<string> Entrypoint { get; init; }

    /// <summary>What the user asked for.</summary>
    public required ContainerOptions Options { get; set; }

    /// <summary>Host name: --hostname, else the short id (host network: the host's).</summary>
    public required string Hostname { get; init; }

    /// <summary>--domainname.</summary>
    public string Domainname => Options.Domainname;

    /// <summary>What inspect shows under HostConfig.NetworkMode.</summary>
    public required string NetworkMode { get; init; }

    /// <summary>"container:X": the other container's id, else null.</summary>
    public string? SharedWith => NetworkMode.StartsWith("container:", StringComparison.Ordinal) ? NetworkMode[10..] : null;

    /// <summary>Settings by network name, sorted as Go's JSON has them; the order of connecting is <see cref="Joined"/>.</summary>
    public SortedDictionary<string, EndpointSettings> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>Network names in the order of connecting.</summary>
    public List<string> Joined { get; } = [];

    /// <summary>Ports exposed by image, --expose and -p: "80/tcp", sorted.</summary>
    public SortedSet<string> Exposed { get; } = new(StringComparer.Ordinal);

    /// <summary>"created", "running", "paused", "exited", "restarting", "dead".</summary>
    public string Status { get; set; } = "created";

    /// <summary>Is a process there?</summary>
    public bool IsRunning => Status is "running" or "paused";

    /// <summary>Exit code of the last run.</summary>
    public int ExitCode { get; set; }

    /// <summary>What the last start failed with.</summary>
    public string Error { get; set; } = "";

    /// <summary>Start of the last run; null before the first.</summary>
    public SimTime? StartedAt { get; set; }

    /// <summary>End of the last run; null before the first.</summary>
    public SimTime? FinishedAt { get; set; }

    /// <summary>How often the restart policy started it.</summary>
    public int RestartCount { get; set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; set; }

    /// <summary>Did the user stop it (so that the restart policy keeps quiet)?</summary>
    public bool StoppedByUser { get; set; }

    /// <summary>The namespace and its endpoints while it runs (with "container:X" the other's).</summary>
    public Sandbox? Sandbox { get; set; }

    /// <summary>The sandbox's id that inspect shows after the container stopped (up to 24).</summary>
    public string LastSandboxId { get; set; } = "";

    /// <summary>Id of its main process, or empty.</summary>
    public string ProcessId { get; set; } = "";

    /// <summary>Ids of the main processes of all its starts, whose output docker logs shows.</summary>
    public List<string> Logged { get; } = [];

    /// <summary>Process number that inspect shows.</summary>
    public int Pid { get; set; }

    /// <summary>Legacy links: the child's name and the alias, in order.</summary>
    public List<(Container Child, string Alias)> Links { get; } = [];

    /// <summary>Containers that have a legacy link to this one.</summary>
    public List<Container> LinkedFrom { get; } = [];

    /// <summary>Variables that the links gave at the last start.</summary>
    public List<(string Name, string Value)> LinkVariables { get; } = [];

    /// <summary>Files were written at some start?</summary>
    public bool HasFiles { get; set; }

    /// <summary>With "container:X": whose files it uses since its last start.</summary>
    public Container? FilesOf { get; set; }

    /// <summary>Host ports that it had before the daemon restarted and gets again.</summary>
    public List<PortBinding> KeptPorts { get; } = [];

    /// <summary>Files that dockerd writes for it, by path, as they are now.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The bindings that inspect, port and ps show beside the exposed ports; null where they show no port at all.</summary>
    public IReadOnlyList<PortBinding>? ShownPorts { get; set; }

    /// <summary>Rules of legacy links that it opened, each with the linked endpoint of that moment.</summary>
    public List<(FirewallLink Rule, Endpoint Other)> OpenedLinks { get; } = [];

    /// <summary>"container webapp".</summary>
    public string OriginObject => "container " + Name;

    /// <summary>Ports published now.</summary>
    public IReadOnlyList<PublishedPort> Published => Sandbox is null || SharedWith is not null ? [] : Sandbox.Endpoints.SelectMany(e => e.Ports).Where(p => p.IsOnHost).Select(p => p.Facts).ToList();

    /// <summary>As the trace tells it.</summary>
    public ContainerFacts FactsOf() => new(Name, Id, Image, Status, Sandbox?.Namespace ?? "", Published, Options.Labels) { Exposed = [.. Exposed] };
}

/// <summary>The flags of docker run and create, as they are kept.</summary>
internal sealed record ContainerOptions
{
    /// <summary>-p, by "80/tcp" in the order given.</summary>
    public IReadOnlyList<(string Port, RequestedBinding Binding, string Option)> Publish { get; init; } = [];

    /// <summary>-P.</summary>
    public bool PublishAll { get; init; }

    /// <summary>--dns.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>--dns-search.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>--dns-option.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>--add-host, "name:address" as kept.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>--link as written (normalised to name:alias).</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>-e.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>--label.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>--sysctl.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>--cap-add.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>--cap-drop.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>--domainname.</summary>
    public string Domainname { get; init; } = "";

    /// <summary>--mac-address as written.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>--restart: "no", "always", "unless-stopped", "on-failure".</summary>
    public string Restart { get; init; } = "no";

    /// <summary>The number of on-failure:N.</summary>
    public int RestartLimit { get; init; }

    /// <summary>--rm.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>-t.</summary>
    public bool Terminal { get; init; }

    /// <summary>-i.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>-d.</summary>
    public bool Detached { get; init; }

    /// <summary>--privileged.</summary>
    public bool Privileged { get; init; }

    /// <summary>Was -h given?</summary>
    public bool HostnameGiven { get; init; }

    /// <summary>-u.</summary>
    public string User { get; init; } = "";

    /// <summary>-w.</summary>
    public string WorkingDirectory { get; init; } = "";
}
