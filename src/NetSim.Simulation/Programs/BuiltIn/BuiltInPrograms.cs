using NetSim.Model.Netfilter;
using NetSim.Simulation.Programs.Files;
using NetSim.Simulation.Programs.Filters;
using NetSim.Simulation.Programs.Iperf;
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
        new Ping(), new Dig(), new Curl(), new Getent(), new RedisCli(), new Socat(), new Netcat("nc"), new Netcat("nc", isBusybox: true), new Netcat("netcat"), new Wget("wget"), new Wget("busybox wget"),
        new Nslookup("nslookup"), new Nslookup("busybox nslookup"), new BusyboxPing(), new Traceroute("traceroute"), new Traceroute("traceroute6"), new Tracepath("tracepath"), new Tracepath("tracepath6"), new Arping(), new Iperf3(),
        // serving
        new WebCounter(), new ServedHttp(), new ServedPort("served-tcp", udp: false), new ServedPort("served-udp", udp: true), new Redis("redis-server"), new Redis("served-redis"), new BusyboxHttpd(), new Python("python3"), new Python("python"), new Dnsmasq(), new FailingDns(), new DockerProxy(),
        // looking
        new Ip(), new BusyboxIp(), new BridgeTool(), new TrafficControl(), new Ethtool(), new Ss(), new IptablesSave("iptables-save", IpFamily.V4), new IptablesSave("ip6tables-save", IpFamily.V6), new Nft(), new Iptables("iptables", IpFamily.V4), new Iptables("ip6tables", IpFamily.V6),
        new SysctlTool(), new Hostname(), new EnvironmentTool(), new Date(), new Arp(), new Ifconfig(), new RouteTool(), new Netstat(),
        new Ps(), new Pidof("pidof"), new Pidof("pgrep"), new Kill("kill"), new Kill("pkill"), new Kill("killall"), new Identity(), new Uname(), new Told("whoami", p => Users.Of(p).Name), new Told("pwd", p => p.Folder ?? "/"), new Said("nproc", "2"), new Said("arch", "x86_64"),
        // shells
        new Shell.Shell("sh", isBusybox: false), new Shell.Shell("bash", isBusybox: false), new Shell.Shell("sh", isBusybox: true), new Shell.Shell("ash", isBusybox: true),
        new Echo(), new Printf(), new Test("test"), new Test("["), new Status("true", 0), new Status("false", 1),
        // files
        new Ls(isBusybox: false), new Ls(isBusybox: true), new FileCommand("mkdir"), new FileCommand("rmdir"), new FileCommand("touch"), new FileCommand("rm"), new FileCommand("cp"), new FileCommand("mv"),
        // text and time
        new Sed(), new Awk("awk"), new Awk("gawk"), new Awk("mawk"), new Tee(), new Reversed("rev"), new Reversed("tac"), new Checksums("md5sum"), new Checksums("sha1sum"), new Checksums("sha256sum"), new Xargs(),
        new PathParts("basename"), new PathParts("dirname"), new Expr(),
        new Cat(isBusybox: false), new Cat(isBusybox: true), new Head(), new Tail(), new Grep(), new Cut(), new Tr(), new Wc(), new Sort("sort"), new Sort("uniq"), new Sequence(), new Sleep(), new TimeoutTool(),
        new Which(n => Catalogue!.Find(n) is not null),
    ];

    /// <summary>The same by name.</summary>
    public static ProgramCatalogue Catalogue { get; } = new(All);
}
