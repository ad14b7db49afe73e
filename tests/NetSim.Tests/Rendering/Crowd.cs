using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Tests.Rendering;

/// <summary>Stories with many containers and networks, for what a layout must hold.</summary>
internal static class Crowd
{
    /// <summary>Every third container is on a second network, every fourth publishes a port, names are short, long or not ASCII.</summary>
    public static Trace Make(int containers, int networks, bool v6 = false, bool oddNames = true)
    {
        var b = new StoryBuilder().Host();
        b.Network("bridge", "docker0", "172.17.0.0/16");
        b.Rules("nat", "POSTROUTING", 3);
        b.Rules("filter", "FORWARD", 1200);
        for (int n = 0; n < networks; n++)
        {
            b.Step($"docker network create {Network(n, oddNames)}");
            b.Network(Network(n, oddNames), $"br-{n:x2}dc0a208ea2", $"172.{18 + n}.0.0/16", v6 ? $"fd00:{n + 1:x}::/64" : null);
        }
        for (int i = 0; i < containers; i++) Container(b, i, networks, (v6, oddNames));
        string a = Name(0, oddNames), c = Name(networks, oddNames);
        if (containers <= networks) return b.Trace;
        b.Step($"docker exec {a} curl http://{c}/");
        var syn = FrameForge.Tcp(b.Ends[a] with { Port = 40000 }, b.Ends[c] with { Port = 80 }, 2);
        b.Bridged(a, c, Network(0, oddNames), syn);
        return b.Trace;
    }

    private static void Container(StoryBuilder b, int i, int networks, (bool V6, bool Odd) how)
    {
        string name = Name(i, how.Odd);
        int n = i % networks, host = 2 + i / networks;
        b.Step($"docker run -d --name {name} --net={Network(n, how.Odd)} some/image");
        List<PublishedPort> published = i % 4 == 0 ? [new("tcp", IpAddress.AnyV4, new((ushort)(32768 + i)), new(80)), new("udp", IpAddress.AnyV4, new((ushort)(32768 + i)), new(53))] : [];
        b.Container(name, i % 5 == 0 ? "registry.example.org/team/some-service:2026-11-24" : "nginx", Network(n, how.Odd), $"172.{18 + n}.0.{host}", published, how.V6 ? $"fd00:{n + 1:x}::{host:x}" : null);
        if (networks > 1 && i % 3 == 0) b.Plug(name, Network((n + 1) % networks, how.Odd), $"172.{18 + (n + 1) % networks}.1.{host}");
        b.Listen(name, 80, "nginx");
        if (i % 2 == 0) b.Listen(name, 9090, "metrics-exporter");
        if (i % 6 == 0) b.Listen(name, 8443, "nginx");
    }

    public static string Network(int n, bool odd) => !odd ? $"net{n}" : (n % 3) switch { 0 => $"net{n}", 1 => $"project-with-a-very-long-name_default-network-number-{n}", _ => $"réseau-дом-{n}" };

    public static string Name(int i, bool odd) => !odd ? $"c{i}" : (i % 4) switch { 1 => $"project-with-a-long-name-backend-service-{i}", 3 => $"задача-été-{i}", _ => $"c{i}" };
}
