using NetSim.Docker.Compose.Project;
using NetSim.Docker.Engine;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Compose.Up;

/// <summary>Docker command lines that do what Compose does through the API, for people to read and to type. Compose's own labels are left out.</summary>
internal static class DockerLines
{
    /// <summary>network create.</summary>
    public static IReadOnlyList<string> Of(NetworkRequest r)
    {
        var words = new List<string> { "network", "create" };
        if (r.Driver != "bridge") words.AddRange(["-d", r.Driver]);
        if (r.Internal) words.Add("--internal");
        if (r.Attachable) words.Add("--attachable");
        if (!r.Ipv4) words.Add("--ipv4=false");
        if (r.Ipv6) words.Add("--ipv6");
        foreach (var s in r.Subnets)
        {
            if (s.Subnet.Length > 0) words.AddRange(["--subnet", s.Subnet]);
            if (s.Range is { } range) words.AddRange(["--ip-range", range]);
            if (s.Gateway is { } gateway) words.AddRange(["--gateway", gateway]);
            foreach (var (name, address) in s.Auxiliary) words.AddRange(["--aux-address", $"{name}={address}"]);
        }
        foreach (var (name, value) in r.Options) words.AddRange(["-o", $"{name}={value}"]);
        foreach (var (name, value) in r.Labels) words.AddRange(["--label", $"{name}={value}"]);
        words.Add(r.Name);
        return words;
    }

    /// <summary>create.</summary>
    public static IReadOnlyList<string> Of(ComposeProject project, ComposeService s, int number, string name, EngineVersion version)
    {
        var words = new List<string> { "create", "--name", name };
        if (s.NetworkMode.Length > 0) words.AddRange(["--network", Mode(project, s)]);
        var networks = s.Networks.Take(ContainerRequests.OneNetworkOnly(version) ? 1 : int.MaxValue).ToList();
        foreach (var n in networks) words.AddRange(Network(project, s, number, n, networks.Count == 1));
        if (networks.Count < 2 && s.MacAddress.Length > 0) words.AddRange(["--mac-address", s.MacAddress]);
        if (s.Hostname.Length > 0) words.AddRange(["--hostname", s.Hostname]);
        if (s.Domainname.Length > 0) words.AddRange(["--domainname", s.Domainname]);
        Each(words, "-p", s.Ports.Select(ContainerRequests.PortWord));
        Each(words, "--expose", s.Expose.Select(p => p.EndsWith("/tcp", StringComparison.Ordinal) ? p[..^4] : p));
        Each(words, "--link", s.Links.Concat(s.ExternalLinks));
        Each(words, "--dns", s.Dns);
        Each(words, "--dns-search", s.DnsSearch);
        Each(words, "--dns-option", s.DnsOptions);
        Each(words, "--add-host", s.ExtraHosts);
        Each(words, "--sysctl", s.Sysctls.Select(p => $"{p.Key}={p.Value}"));
        Each(words, "--cap-add", s.CapAdd);
        Each(words, "--cap-drop", s.CapDrop);
        Each(words, "-e", s.Environment);
        Each(words, "--label", s.Labels.Select(p => $"{p.Key}={p.Value}"));
        if (s.Privileged) words.Add("--privileged");
        if (s.Terminal) words.Add("-t");
        if (s.OpenStdin) words.Add("-i");
        if (s.Restart != "no") words.AddRange(["--restart", s.RestartLimit > 0 ? $"{s.Restart}:{s.RestartLimit}" : s.Restart]);
        if (s.Entrypoint is { } e) words.AddRange(["--entrypoint", e.Count > 0 ? e[0] : ""]);
        words.Add(s.Image);
        words.AddRange(s.Entrypoint?.Skip(1) ?? []);
        words.AddRange(s.Command ?? []);
        return words;
    }

    /// <summary>network connect.</summary>
    public static IReadOnlyList<string> Connect(ComposeProject project, ComposeService s, int number, string container, ServiceNetwork n)
    {
        var words = new List<string> { "network", "connect" };
        Each(words, "--alias", [project.NameOf(s, number), s.Name, .. n.Aliases]);
        if (n.Ipv4.Length > 0) words.AddRange(["--ip", n.Ipv4]);
        if (n.Ipv6.Length > 0) words.AddRange(["--ip6", n.Ipv6]);
        words.AddRange([NameOf(project, n), container]);
        return words;
    }

    private static IEnumerable<string> Network(ComposeProject project, ComposeService s, int number, ServiceNetwork n, bool alone)
    {
        IReadOnlyList<string> aliases = [project.NameOf(s, number), s.Name, .. n.Aliases];
        bool plain = alone && n.DriverOptions is null && n.InterfaceName.Length == 0 && n.GatewayPriority == 0 && n.Mac.Length == 0;
        if (plain)
        {
            var words = new List<string> { "--network", NameOf(project, n) };
            Each(words, "--network-alias", aliases);
            if (n.Ipv4.Length > 0) words.AddRange(["--ip", n.Ipv4]);
            if (n.Ipv6.Length > 0) words.AddRange(["--ip6", n.Ipv6]);
            return words;
        }
        var fields = new List<string> { "name=" + NameOf(project, n) };
        fields.AddRange(aliases.Select(a => "alias=" + a));
        if (n.Ipv4.Length > 0) fields.Add("ip=" + n.Ipv4);
        if (n.Ipv6.Length > 0) fields.Add("ip6=" + n.Ipv6);
        if (n.Mac.Length > 0) fields.Add("mac-address=" + n.Mac);
        if (n.GatewayPriority != 0) fields.Add($"gw-priority={n.GatewayPriority}");
        if (n.InterfaceName.Length > 0) fields.Add($"driver-opt={Books.NetworkOptions.InterfaceName}={n.InterfaceName}");
        fields.AddRange((n.DriverOptions ?? []).Select(o => $"driver-opt={o.Key}={o.Value}"));
        return ["--network", string.Join(',', fields)];
    }

    private static string Mode(ComposeProject project, ComposeService s)
    {
        if (!s.NetworkMode.StartsWith("service:", StringComparison.Ordinal)) return s.NetworkMode;
        string other = s.NetworkMode["service:".Length..];
        return "container:" + (project.Services.FirstOrDefault(x => x.Name == other) is { } o ? project.NameOf(o, 1) : other);
    }

    private static string NameOf(ComposeProject project, ServiceNetwork n) => project.Networks.First(x => x.Key == n.Key).Name;

    private static void Each(List<string> words, string flag, IEnumerable<string> values)
    {
        foreach (string v in values) words.AddRange([flag, v]);
    }
}
