using NetSim.Model.Netfilter;
using NetSim.Simulation.Programs.Servers;
using NetSim.Simulation.Programs.Shell;
using NetSim.Simulation.Programs.Tools;

namespace NetSim.Simulation.Programs.BuiltIn;

/// <summary>The programs that are modelled: adding one is adding a file and a line here.</summary>
public static class BuiltInPrograms
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IProgram> All { get; } =
    [
        // talking
        new Ping(), new Dig(), new Curl(), new Getent(), new RedisCli(), new Socat(), new Netcat(), new Wget("wget"), new Wget("busybox wget"),
        new Nslookup("nslookup"), new Nslookup("busybox nslookup"), new BusyboxPing(), new Traceroute(),
        // serving
        new WebCounter(), new ServedHttp(), new Redis("redis-server"), new Redis("served-redis"), new BusyboxHttpd(), new Dnsmasq(), new FailingDns(), new DockerProxy(),
        // looking
        new Ip(), new BusyboxIp(), new Ss(), new IptablesSave("iptables-save", IpFamily.V4), new IptablesSave("ip6tables-save", IpFamily.V6), new Iptables("iptables", IpFamily.V4), new Iptables("ip6tables", IpFamily.V6),
        new SysctlTool(), new Hostname(), new EnvironmentTool(), new Date(),
        // shells
        new Shell.Shell("sh", isBusybox: false), new Shell.Shell("bash", isBusybox: false), new Shell.Shell("sh", isBusybox: true), new Shell.Shell("ash", isBusybox: true),
        new Echo(), new Printf(), new Test("test"), new Test("["), new Status("true", 0), new Status("false", 1),
        // text and time
        new Cat(), new Head(), new Tail(), new Grep(), new Cut(), new Tr(), new Wc(), new Sort("sort"), new Sort("uniq"), new Sequence(), new Sleep(), new TimeoutTool(),
        new Which(n => Catalogue!.Find(n) is not null),
    ];

    /// <summary>The same by name.</summary>
    public static ProgramCatalogue Catalogue { get; } = new(All);
}
