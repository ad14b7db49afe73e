using System.Globalization;
using NetSim.Model.Topology;
using NetSim.Simulation.Netfilter;

namespace NetSim.Simulation.Stacks;

/// <summary>The sysctls of a namespace that its stack heeds, with Linux's defaults.</summary>
internal sealed class Sysctls(NetworkNamespace facts)
{
    /// <summary>net.ipv4.ip_forward.</summary>
    public bool Forwarding { get; private set; }

    /// <summary>net.ipv6.conf.all.forwarding.</summary>
    public bool Forwarding6 { get; private set; }

    /// <summary>net.bridge.bridge-nf-call-ip6tables.</summary>
    public bool BridgeCallsIp6tables { get; private set; }

    /// <summary>net.ipv6.icmp.echo_ignore_all.</summary>
    public bool IgnoresEcho6 { get; private set; }

    /// <summary>net.bridge.bridge-nf-call-iptables.</summary>
    public bool BridgeCallsIptables { get; private set; }

    /// <summary>net.ipv4.icmp_echo_ignore_all.</summary>
    public bool IgnoresEcho { get; private set; }

    /// <summary>net.netfilter.nf_conntrack_*.</summary>
    public ConntrackSettings Tracking { get; private set; } = new(facts.Sysctls);

    /// <summary>Counts changes.</summary>
    public int Version { get; private set; }

    private readonly Dictionary<(string Device, string Key), int> _most = [];
    private (int First, int Last)? _localPorts;

    /// <summary>Takes over what changed.</summary>
    public void Changed()
    {
        Version++;
        _most.Clear();
        _localPorts = null;
        Tracking = new(facts.Sysctls);
        Forwarding = Is("net.ipv4.ip_forward") || Is("net.ipv4.conf.all.forwarding");
        Forwarding6 = Is("net.ipv6.conf.all.forwarding");
        BridgeCallsIp6tables = Is("net.bridge.bridge-nf-call-ip6tables");
        IgnoresEcho6 = Is("net.ipv6.icmp.echo_ignore_all");
        BridgeCallsIptables = Is("net.bridge.bridge-nf-call-iptables");
        IgnoresEcho = Is("net.ipv4.icmp_echo_ignore_all");
    }

    /// <summary>net.ipv4.conf.IF.route_localnet.</summary>
    public bool RouteLocalnet(string device) => Any(device, "route_localnet");

    /// <summary>A switch net.ipv4.conf.{all|IF}.KEY that one of both turns on. Source: linux v6.6 include/linux/inetdevice.h IN_DEV_ORCONF.</summary>
    public bool Any(string device, string key) => Most(device, key) != 0;

    /// <summary>The larger of net.ipv4.conf.all.KEY and net.ipv4.conf.IF.KEY (IN_DEV_MAXCONF); an interface that was not told takes the default's.</summary>
    public int Most(string device, string key) => _most.TryGetValue((device, key), out int known) ? known : _most[(device, key)] = ReadMost(device, key);

    private int ReadMost(string device, string key)
    {
        long own = Number($"net.ipv4.conf.{device}.{key}", Number($"net.ipv4.conf.default.{key}", 0));
        return (int)Math.Max(own, Number($"net.ipv4.conf.all.{key}", 0));
    }

    /// <summary>A number, or the usual one where it was not set.</summary>
    public long Number(string key, long usual) =>
        facts.Sysctls.TryGetValue(key, out var text) && long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ? n : usual;

    /// <summary>Is IPv6 off on an interface? Docker leaves it off inside containers but on networks with IPv6.</summary>
    public bool Ipv6Disabled(string device)
    {
        if (facts.Sysctls.TryGetValue($"net.ipv6.conf.{device}.disable_ipv6", out var own)) return own.Trim() != "0";
        return facts.Sysctls.TryGetValue("net.ipv6.conf.all.disable_ipv6", out var all) ? all.Trim() != "0"
            : Is("net.ipv6.conf.default.disable_ipv6");
    }

    /// <summary>The first port for those who don't ask for one, and the last.</summary>
    public (int First, int Last) LocalPorts => _localPorts ??= ReadLocalPorts();

    private (int First, int Last) ReadLocalPorts()
    {
        var words = facts.Sysctls.GetValueOrDefault("net.ipv4.ip_local_port_range", "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && int.TryParse(words[0], out int first) && int.TryParse(words[1], out int last) && first <= last ? (first, last) : (32768, 60999);
    }

    private bool Is(string key) => facts.Sysctls.TryGetValue(key, out var value) && value.Trim() is not ("0" or "");
}
