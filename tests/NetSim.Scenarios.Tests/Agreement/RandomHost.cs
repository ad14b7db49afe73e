using System.Globalization;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>A Docker host made by chance: networks with options, containers on one or two of them, published ports, rules of the user's, some containers stopped.</summary>
internal sealed class RandomHost
{
    private readonly Random _chance;
    private readonly List<string> _lines = [];
    private readonly List<string> _networks = ["bridge"];
    private readonly List<string> _containers = [];
    private readonly List<int> _ports = [];

    public RandomHost(int seed)
    {
        _chance = new(seed);
        Engine = Pick(["20.10.24", "26.1.5", "28.5.2"]);
        for (int i = _chance.Next(1, 4); i > 0; i--) AddNetwork();
        for (int i = _chance.Next(2, 6); i > 0; i--) AddContainer();
        for (int i = _chance.Next(0, 3); i > 0; i--) AddRule();
        if (_chance.Next(4) == 0) _lines.Add($"docker stop -t 0 {Pick(_containers)}");
        if (_chance.Next(4) == 0) _lines.Add($"docker network disconnect {Pick(_networks)} {Pick(_containers)}");
    }

    public string Engine { get; }

    /// <summary>The commands that make it.</summary>
    public string Steps => string.Join('\n', _lines) + "\n";

    /// <summary>Some that ask and whom they ask for: a port, or null for a ping.</summary>
    public IEnumerable<(string From, string To, int? Port)> Probes()
    {
        for (int i = 0; i < 8; i++)
        {
            string from = Pick([.. _containers, "host", "outside"]);
            string to = Pick([.. _containers, "172.18.0.2", "172.19.0.3", "172.18.0.1", "203.0.113.2", "203.0.113.10", "198.51.100.7", "nosuch"]);
            int? port = _chance.Next(3) switch { 0 => null, 1 => 80, _ => _ports.Count > 0 ? Pick(_ports) : 81 };
            if (from != to && (from is not ("host" or "outside") || char.IsDigit(to[0]))) yield return (from, to, port);
        }
    }

    private void AddNetwork()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"net{_networks.Count}");
        string option = Pick(["", "", "", "--internal ", "-o com.docker.network.bridge.enable_icc=false ", "-o com.docker.network.bridge.enable_ip_masquerade=false "]);
        _lines.Add($"docker network create {option}{name}");
        _networks.Add(name);
    }

    private void AddContainer()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"c{_containers.Count + 1}"), network = Pick(_networks);
        string publish = "";
        if (_chance.Next(3) == 0)
        {
            int port = 8080 + _ports.Count;
            _ports.Add(port);
            publish = string.Create(CultureInfo.InvariantCulture, $"-p {Pick(["", "127.0.0.1:", "203.0.113.2:"])}{port}:{Pick(["80", "81"])} ");
        }
        _lines.Add($"docker run -d --name {name} --net {network} {publish}{(_chance.Next(2) == 0 ? "lab/web" : "lab/tools sleep 1d")}");
        _containers.Add(name);
        if (_chance.Next(3) == 0) _lines.Add($"docker network connect {Pick(_networks)} {name}");
    }

    private void AddRule()
    {
        string match = Pick(["-s 172.18.0.0/16", "-d 172.18.0.0/16", "-d 172.19.0.2", "-p tcp --dport 80", "-p icmp", "-i up0 -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL", "-m conntrack --ctstate NEW -s 172.19.0.0/16"]);
        _lines.Add($"host iptables -I {Pick(["DOCKER-USER", "DOCKER-USER", "INPUT", "FORWARD"])} {match} -j {Pick(["DROP", "REJECT", "ACCEPT", "REJECT --reject-with icmp-host-unreachable", "RETURN"])}");
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_chance.Next(list.Count)];
}
