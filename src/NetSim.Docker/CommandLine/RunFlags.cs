using NetSim.Docker.Books;
using NetSim.Docker.Containers;
using NetSim.Model.Addressing;

namespace NetSim.Docker.CommandLine;

/// <summary>The flags of docker run and create. Source: docker/cli v28.5.2 cli/command/container/opts.go addFlags, parse.</summary>
internal static class RunFlags
{
    private static readonly string[] Ipc =
        ["kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"];

    private static readonly string[] Restarts = ["no", "always", "unless-stopped", "on-failure"];

    /// <summary>The flags of both commands.</summary>
    public static FlagSet Set() => new FlagSet { EndAtArgument = true }
        .Switches("detach d", "tty t", "interactive i", "rm", "publish-all P", "privileged", "init", "read-only", "no-healthcheck", "sig-proxy", "quiet q", "oom-kill-disable")
        .Texts("name", "hostname h", "domainname", "ip", "ip6", "mac-address", "restart", "entrypoint", "user u", "workdir w", "pull", "platform", "stop-signal", "stop-timeout")
        .Lists("network", "network-alias", "link", "link-local-ip", "publish p", "expose", "dns", "dns-search", "dns-option", "add-host", "sysctl", "cap-add", "cap-drop",
            "env e", "label l", "volume v", "attach a", "env-file")
        .Alias("net", "network").Alias("net-alias", "network-alias").Alias("dns-opt", "dns-option")
        .Unmodelled("mount", "tmpfs", "device", "ulimit", "memory m", "memory-swap", "memory-reservation", "cpus", "cpu-shares c", "cpuset-cpus", "pids-limit", "security-opt", "log-driver",
            "log-opt", "health-cmd", "health-interval", "health-retries", "health-timeout", "health-start-period", "ipc", "pid", "uts", "userns", "cgroupns", "cgroup-parent", "runtime",
            "shm-size", "storage-opt", "volumes-from", "volume-driver", "gpus", "group-add", "label-file", "cidfile", "isolation", "annotation", "blkio-weight", "oom-score-adj", "detach-keys",
            "device-cgroup-rule", "device-read-bps", "device-read-iops", "device-write-bps", "device-write-iops", "blkio-weight-device", "cpuset-mems", "cpu-count", "cpu-percent", "cpu-period",
            "cpu-quota", "cpu-rt-period", "cpu-rt-runtime", "io-maxbandwidth", "io-maxiops", "kernel-memory", "memory-swappiness", "health-start-interval");

    /// <summary>What they ask for.</summary>
    /// <exception cref="UsageException">They are wrong, or do not go together.</exception>
    public static ContainerRequest Read(Daemon d, ParsedLine line)
    {
        var links = line.List("link").ToList();
        var endpoints = NetworkFlags.Read(line, d.Version, links);
        var publish = line.List("publish").SelectMany(p => PortFlags.Publish(p, d.Version)).ToList();
        if (line.Is("rm") && (line.Text("restart") ?? "no") != "no")
            throw new UsageException(d.Version.AtLeast(25) ? "conflicting options: cannot specify both --restart and --rm" : "Conflicting options: --restart and --rm");
        foreach (string link in links.Where(l => l.Split(':').Length > 2)) throw Flag(link, "link", $"bad format for links: {link}");
        foreach (string sysctl in line.List("sysctl")) CheckSysctl(d, sysctl);
        return new ContainerRequest(line.Arguments[0])
        {
            Name = line.Text("name") ?? "",
            Hostname = line.Text("hostname") ?? "",
            Command = line.Arguments.Skip(1).ToList(),
            Entrypoint = line.Text("entrypoint"),
            Mode = endpoints[0].NetworkName,
            Endpoints = endpoints,
            Expose = line.List("expose").SelectMany(PortFlags.Expose).ToList(),
            Options = Options(d, line, links) with { Publish = publish },
        };
    }

    private static ContainerOptions Options(Daemon d, ParsedLine line, List<string> links)
    {
        var (restart, limit) = Restart(d, line.Text("restart") ?? "no");
        return new ContainerOptions
        {
            PublishAll = line.Is("publish-all"),
            Dns = line.List("dns").Select(s => Server(d, s)).ToList(),
            DnsSearch = line.List("dns-search"),
            DnsOptions = line.List("dns-option"),
            ExtraHosts = line.List("add-host").Select(Host).ToList(),
            Links = links,
            Environment = line.List("env"),
            Labels = new SortedDictionary<string, string>(line.Map("label"), StringComparer.Ordinal),
            Sysctls = new SortedDictionary<string, string>(line.Map("sysctl"), StringComparer.Ordinal),
            CapAdd = line.List("cap-add"),
            CapDrop = line.List("cap-drop"),
            Domainname = line.Text("domainname") ?? "",
            MacAddress = line.Text("mac-address") ?? "",
            Restart = restart,
            RestartLimit = limit,
            AutoRemove = line.Is("rm"),
            Terminal = line.Is("tty"),
            OpenStdin = line.Is("interactive"),
            Detached = line.Is("detach"),
            Privileged = line.Is("privileged"),
            HostnameGiven = line.Has("hostname"),
            User = line.Text("user") ?? "",
            WorkingDirectory = line.Text("workdir") ?? "",
        };
    }

    /// <summary>Takes "on-failure:3" apart.</summary>
    /// <exception cref="DaemonException">There is no such policy.</exception>
    public static (string, int) Restart(Daemon d, string text)
    {
        var parts = text.Split(':');
        if (!Restarts.Contains(parts[0])) throw new DaemonException(d.Version.AtLeast(25) ? $"invalid restart policy: unknown policy '{parts[0]}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'" : $"invalid restart policy '{parts[0]}'");
        return (parts[0], parts.Length > 1 && int.TryParse(parts[1], out int n) ? n : 0);
    }

    private static string Server(Daemon d, string text) => IpAddress.TryParse(text, out _) ? text
        : throw Flag(text, "dns", d.Version.AtLeast(25) ? $"IP address is not correctly formatted: {text}" : $"{text} is not an ip address");

    private static UsageException Flag(string value, string flag, string fault) => new($"invalid argument \"{value}\" for \"--{flag}\" flag: {fault}") { ExitCode = 125, WithHint = true };

    /// <summary>The client takes sysctls of namespaces alone; from 28 the daemon wants those of one interface as options of the endpoint.
    /// Source: docker/cli v28.5.2 opts/opts.go ValidateSysctl; moby v28.5.2 api/server/router/container/container_routes.go handleSysctlBC.</summary>
    private static void CheckSysctl(Daemon d, string text)
    {
        string key = text.Split('=', 2)[0];
        if (!key.StartsWith("net.", StringComparison.Ordinal) && !key.StartsWith("fs.mqueue.", StringComparison.Ordinal) && !Ipc.Contains(key))
            throw Flag(text, "sysctl", $"sysctl '{text}' is not {(d.Version.AtLeast(23) ? "allowed" : "whitelisted")}");
        if (d.Version.AtLeast(28) && key.Split('.') is ["net", _, _, var name, ..] && name.StartsWith("eth", StringComparison.Ordinal))
            throw new DaemonException($"interface specific sysctl setting \"{key}\" must be supplied using driver option 'com.docker.network.endpoint.sysctls'");
    }

    private static string Host(string text)
    {
        int at = text.IndexOfAny([':', '=']);
        if (at <= 0) throw Flag(text, "add-host", $"bad format for add-host: \"{text}\"");
        string address = text[(at + 1)..].Trim('[', ']');
        if (address != "host-gateway" && !IpAddress.TryParse(address, out _))
            throw Flag(text, "add-host", $"invalid IP address in add-host: \"{address}\"");
        return $"{text[..at]}:{address}";
    }
}
