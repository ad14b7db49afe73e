using System.Text.RegularExpressions;
using NetSim.Docker.Engine;
using NetSim.Docker.Firewall;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Tests.Docker.Firewall;

/// <summary>A daemon of which only the firewall is there, and a host that makes its changes.</summary>
internal sealed class Daemon
{
    private readonly Topology _host = new();
    private readonly FirewallProgram _program;

    public Daemon(string engine, FirewallSettings? settings = null)
    {
        if (!EngineVersion.TryParse(engine, out var version)) throw new ArgumentException("no version", nameof(engine));
        _program = new(version, settings ?? new());
        _host.Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        Do(_program.DaemonStarted());
    }

    public List<Change> Changes { get; } = [];

    public string Rules => RulesetText.Write(_host["host"].Rules);

    public Ruleset Ruleset => _host["host"].Rules;

    /// <summary>"ip" or "ip6": the table of the nftables backend, as nft prints it but without what counters have counted.</summary>
    public string Nft(string family)
    {
        var rules = family == "ip" ? _host["host"].Rules : _host["host"].Rules6;
        return NftText.Write(rules.Find($"{family} docker-bridges")!).Replace(" packets 0 bytes 0", "", StringComparison.Ordinal);
    }

    public string Rules6 => RulesetText.Write(_host["host"].Rules6, IpFamily.V6);

    public static string Recorded(string file) => File.ReadAllText(Path.Combine(Folder.Tests("Model/Netfilter/Data"), file));

    /// <summary>The bridge that a recording has for a subnet.</summary>
    public static string Bridge(string recorded, string subnet)
    {
        var m = Regex.Match(recorded, $@"(?:-s|-d) {Regex.Escape(subnet)} (?:! )?-[io] (\S+)", RegexOptions.None, TimeSpan.FromSeconds(5));
        return m.Success ? m.Groups[1].Value : throw new InvalidOperationException($"no bridge for {subnet}");
    }

    public void Start() => Do(_program.DaemonStarted());

    public FirewallNetwork Docker0(string subnet = "172.17.0.0/16") => Network(new() { Name = "bridge", Bridge = "docker0", V4 = Subnet.Parse(subnet) });

    public FirewallNetwork Network(FirewallNetwork network)
    {
        Do(_program.NetworkAdded(network));
        return network;
    }

    public FirewallNetwork Network(string recorded, string subnet) => Network(new() { Name = subnet, Bridge = Bridge(recorded, subnet), V4 = Subnet.Parse(subnet) });

    public void Remove(FirewallNetwork network) => Do(_program.NetworkRemoved(network));

    /// <summary>Plugs a container in and publishes "[address:]host:container[/udp]" each.</summary>
    public void Run(FirewallNetwork network, string address, params string[] ports)
    {
        var a = IpAddress.Parse(address);
        Do(_program.EndpointAdded(new(network, address, a.IsV6 ? null : a, a.IsV6 ? a : null)));
        foreach (string p in ports) Do(_program.PortPublished(Port(network, a, p)));
    }

    public void Stop(FirewallNetwork network, string address, params string[] ports)
    {
        var a = IpAddress.Parse(address);
        foreach (string p in ports) Do(_program.PortWithdrawn(Port(network, a, p)));
        Do(_program.EndpointRemoved(new(network, address, a.IsV6 ? null : a, a.IsV6 ? a : null)));
    }

    public void Link(FirewallLink link) => Do(_program.LinkAdded(link));

    public void Unlink(FirewallLink link) => Do(_program.LinkRemoved(link));

    private static FirewallPort Port(FirewallNetwork network, IpAddress container, string text)
    {
        string protocol = text.EndsWith("/udp", StringComparison.Ordinal) ? "udp" : "tcp";
        var parts = text.Replace("/udp", "", StringComparison.Ordinal).Split(':');
        var host = parts.Length > 2 ? IpAddress.Parse(parts[0]) : container.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4;
        return new(network, container.ToString(), protocol, host, new(ushort.Parse(parts[^2])), container, new(ushort.Parse(parts[^1])), $"-p {text}");
    }

    private void Do(IReadOnlyList<Change> changes)
    {
        Changes.AddRange(changes);
        foreach (var c in changes) _host.Apply(c);
    }
}
