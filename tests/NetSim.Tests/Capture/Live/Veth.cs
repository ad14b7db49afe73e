using System.Runtime.InteropServices;

namespace NetSim.Tests.Capture.Live;

/// <summary>Shell lines for a veth pair a0 and b0 in a namespace of its own, and what runs there.</summary>
internal static class Veth
{
    /// <summary>Makes the pair. What is sent to 10.9.0.9 goes over it, without a question first.</summary>
    public const string Make = """
        set -e
        for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done
        ip link set lo up
        ip link add a0 type veth peer name b0
        ip addr add 10.9.0.1/24 dev a0
        ip link set a0 up
        ip link set b0 up
        ip neigh add 10.9.0.9 lladdr 02:00:00:00:00:09 dev a0
        set +e
        """;

    /// <summary>Waits until a capture in the background says in its output that it has begun.</summary>
    public static string Begun(string output) => $"for i in $(seq 600); do grep -qs '^capturing' '{output}' && break; sleep 0.05; done";

    /// <summary>Waits for the capture's end, shows the rest of its output, and gives its exit code.</summary>
    public static string Ended(string output) => $"wait $p; ended=$?; grep -v '^capturing' '{output}'; (exit $ended)";

    /// <summary>The netsim command.</summary>
    public static string Netsim => Probe + " netsim";

    /// <summary>Sends datagrams.</summary>
    public static string Send(int count, int size = 4) => $"{Probe} send {count} {size}";

    /// <summary>The host that runs these tests: three folders above the runtime's own.</summary>
    private static string Probe => $"'{Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"))}' '{typeof(LiveProbe).Assembly.Location}'";
}
