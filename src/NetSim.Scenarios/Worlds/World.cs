using NetSim.Docker.Engine;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Simulation.Programs;

namespace NetSim.Scenarios.Worlds;

/// <summary>What is there before the first command: the images that containers are made of, the Docker host, and the world beyond its uplink.</summary>
/// <param name="Images">By name; a later one of the same name replaces an earlier.</param>
/// <param name="Host">The Docker host.</param>
/// <param name="Outside">The machine at the other end of the uplink.</param>
public sealed record World(IReadOnlyList<ImageSpec> Images, SiteSpec Host, SiteSpec Outside)
{
    /// <summary>The image of a name ("redis", "redis:latest", "docker.io/library/redis"), or null.</summary>
    public ImageSpec? FindImage(string name) => Images.LastOrDefault(i => i.Facts.Name == Plain(name));

    /// <summary>A name as the catalogue has it: without registry, "library/" and tag.</summary>
    public static string Plain(string name)
    {
        int at = name.IndexOf('@');
        if (at >= 0) name = name[..at];
        int colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/')) name = name[..colon];
        if (name.StartsWith("docker.io/", StringComparison.Ordinal)) name = name["docker.io/".Length..];
        return name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name;
    }
}

/// <summary>An image: what it says of itself, and how its programs behave.</summary>
/// <param name="Facts">Command, entrypoint, ports, environment.</param>
/// <param name="Programs">Its files, which programs it has, and command lines with a behaviour.</param>
public sealed record ImageSpec(ImageFacts Facts, ImagePrograms Programs);

/// <summary>A machine at one end of the uplink: its name, interface, addresses, routes, files and what runs on it from the start.</summary>
public sealed record SiteSpec
{
    /// <summary>What `hostname` prints.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>The image whose programs it has.</summary>
    public string Image { get; init; } = "";

    /// <summary>Name of its end of the uplink.</summary>
    public string Interface { get; init; } = "";

    /// <summary>Number of that interface.</summary>
    public int Index { get; init; } = 2;

    /// <summary>Hardware address of that interface.</summary>
    public MacAddress Mac { get; init; }

    /// <summary>Its addresses, in order.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>Its routes beyond the connected ones.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>Sysctls that are set.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Kinds of devices that its kernel does not know: "ipvlan".</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>Text by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>DNS servers that run on it.</summary>
    public IReadOnlyList<DnsServerSpec> Dns { get; init; } = [];

    /// <summary>Other programs that run on it, as command lines.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Runs { get; init; } = [];
}

/// <summary>A DNS server of the outside world.</summary>
/// <param name="Addresses">Where it listens.</param>
/// <param name="TimeToLive">TTL of its answers, in seconds.</param>
/// <param name="Records">Its names, in order.</param>
public sealed record DnsServerSpec(IReadOnlyList<IpAddress> Addresses, int TimeToLive, IReadOnlyList<DnsName> Records)
{
    /// <summary>The command line that serves these records, in dnsmasq's words.</summary>
    public IReadOnlyList<string> ToCommand()
    {
        var words = new List<string> { "dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--bind-interfaces", "--cache-size=0" };
        words.AddRange(Addresses.Select(a => $"--listen-address={a}"));
        words.Add($"--local-ttl={TimeToLive}");
        words.Add("--local=/./");
        foreach (var r in Records)
        {
            words.AddRange(r.HostRecords());
            if (r.Alias is { } target) words.Add($"--cname={r.Name},{target}");
            words.AddRange(r.Texts.Select(t => $"--txt-record={r.Name},{t}"));
            words.AddRange(r.MailServers.Select(m => $"--mx-host={r.Name},{m.Server},{m.Preference}"));
        }
        return words;
    }
}

/// <summary>What a DNS server knows of a name.</summary>
/// <param name="Name">The name, without a dot at its end.</param>
/// <param name="Addresses">A and AAAA records.</param>
/// <param name="Alias">CNAME target, or null.</param>
/// <param name="Texts">TXT records.</param>
/// <param name="MailServers">MX records.</param>
public sealed record DnsName(string Name, IReadOnlyList<IpAddress> Addresses, string? Alias, IReadOnlyList<string> Texts, IReadOnlyList<(int Preference, string Server)> MailServers)
{
    /// <summary>dnsmasq takes one address of each family in a host-record.</summary>
    internal IEnumerable<string> HostRecords()
    {
        var v4 = Addresses.Where(a => a.IsV4).ToList();
        var v6 = Addresses.Where(a => a.IsV6).ToList();
        for (int i = 0; i < Math.Max(v4.Count, v6.Count); i++)
            yield return $"--host-record={Name}{(i < v4.Count ? "," + v4[i] : "")}{(i < v6.Count ? "," + v6[i] : "")}";
    }
}
