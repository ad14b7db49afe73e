namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>A fact in which NetSim is allowed to differ from a real engine.</summary>
/// <param name="Engine">Which engine's recording; "" is any.</param>
/// <param name="Case">Which case; "" is any.</param>
/// <param name="Fact">The fact's name ("category | subject | what"), or its beginning.</param>
/// <param name="Why">Why it is so.</param>
internal sealed record KnownMiss(string Engine, string Case, string Fact, string Why)
{
    public bool Allows(string engine, string name, Judged judged) =>
        (Engine.Length == 0 || Engine == engine) && (Case.Length == 0 || Case == name) && judged.Name.StartsWith(Fact, StringComparison.Ordinal);
}

/// <summary>All that is allowed to differ. Chance on the engine's side stands here too; to hold nothing else is the aim.</summary>
internal static class KnownMisses
{
    private const string Map = "the engine plugs several networks in the order of a map; NetSim in the order of connecting";
    private const string Race = "containers race after a daemon restart, for addresses too";
    private const string Cut = "the packets were cut by the snap length within a date";
    private const string Figures = "figures of iperf3 and ethtool, and segments that follow from them, are not the same twice";
    private const string Shared = "a namespace outlives its container while another shares it";
    private const string Relay = "the recording's own relay devices stand between the container and the bridge";

    public static readonly IReadOnlyList<KnownMiss> All =
    [
        new("28.5.2", "12-connect-disconnect", "steps | line 25: docker exec c1 ip -br addr | output", Map),
        new("28.5.2", "12-connect-disconnect", "steps | line 34: docker exec c1 ip -br addr | output", Map),
        new("28.5.2", "13-multihome-order", "steps | line 17: docker exec c1 ip -br addr | output", Map),
        new("28.5.2", "13-multihome-order", "steps | line 24: docker exec c2 ip -br addr | output", Map),
        new("26.1.5", "13-multihome-order", "steps | line 19: docker exec c1 cat /etc/hosts | output", Map),
        new("26.1.5", "13-multihome-order", "steps | line 26: docker exec c2 cat /etc/hosts | output", Map),
        new("", "15-dns-records", "packets | ctr.c1.lo tcp 127.0.0.1:* > 127.0.0.11:<port>", "numbers and cookies of DNS over TCP are random, and dig keeps its segments small"),
        new("", "31-none-host-container", "steps | line 9: docker exec host1 ip link | output", "busybox takes the number of the other end of up0, which is in another namespace, for one of its own"),
        new("", "31-none-host-container", "steps | line 36: docker exec side ip addr | output", Shared),
        new("", "31-none-host-container", "steps | line 39: docker exec side ip addr | output", Shared),
        new("28.5.2", "31-none-host-container", "steps | line 40: docker exec base ip -br addr | output", Shared),
        new("28.5.2", "31-none-host-container", "steps | line 42: docker exec side ip addr | output", Shared),
        new("", "34-mtu", "packets | ", Cut),
        new("26.1.5", "35-ipv6-network", "steps | line 8: docker exec s1 ip addr show eth0 | output", "whether the link-local address is still tentative is a matter of milliseconds"),
        new("", "37-iperf", "packets | ", Figures),
        new("", "37-iperf", "steps | ", Figures),
        new("", "38-iperf-loss", "packets | ", Figures),
        new("", "38-iperf-loss", "steps | ", Figures),
        new("", "38-iperf-loss", "links | ", Relay),
        new("", "38-iperf-loss", "routes | host | -6 fe80::/64", Relay),
        new("26.1.5", "44-daemon-restart", "", Race),
        new("28.5.2", "44-daemon-restart", "", Race),
        new("28.5.2", "47-mac-address", "steps | line 13: docker exec m3 ip link | output", Map),
        new("", "52-hairpin-promiscuous", "packets | ", "a promiscuous bridge hears its own hairpinned frames again"),
    ];

    public static bool Allows(string engine, string name, Judged judged) => All.Any(k => k.Allows(engine, name, judged));
}
