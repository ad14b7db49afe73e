using NetSim.Docker.Engine;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Tests.Docker;

/// <summary>A host without packets: folds an engine's changes into a topology, adds the connected routes and sockets that a kernel would, and shows itself to the engine.</summary>
internal sealed class LabHost
{
    private double _now;

    public LabHost(EngineVersion version, string daemon = "")
    {
        Engine = new DockerEngine(version, EngineSettings.Parse(daemon), Images, new Random(1));
        Apply(new Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = "lo", Index = 1, Kind = InterfaceKind.Loopback, Mtu = 65536 }));
        Apply(new Change.InterfaceMade("host", new InterfaceSpec { Name = "up0", Index = 2, Mac = MacAddress.Parse("02:00:cb:00:71:02") }));
        Apply(new Change.InterfaceChanged("host", "up0", Up: true));
        Apply(new Change.AddressAdded("host", "up0", new(IpAddress.Parse("203.0.113.2"), 24)));
        foreach (var change in Engine.Boot(View)) Apply(change);
    }

    public DockerEngine Engine { get; }

    public Topology Topology { get; } = new();

    public List<Change> Changes { get; } = [];

    public string ResolvConf { get; set; } = "nameserver 203.0.113.1\n";

    public IReadOnlyList<string> Lacks { get; set; } = [];

    public static IReadOnlyDictionary<string, ImageFacts> Images { get; } = new[]
    {
        Image("redis", ["redis-server", "--protected-mode", "no", "--save", ""], "6379/tcp"),
        Image("lab/webapp", ["python3", "/app/webapp.py"], "4567/tcp"),
        Image("lab/tools", ["bash"]),
        Image("lab/busybox", ["sh"]),
        Image("tiny", ["sh"]) with { Programs = ["sh", "sleep"] },
        Image("lab/web", ["sh", "-c", "hostname >/www/name; exec httpd -f -p 80 -h /www"], "80/tcp"),
    }.ToDictionary(i => i.Name, StringComparer.Ordinal);

    public HostView View
    {
        get
        {
            var host = Topology["host"];
            return new HostView
            {
                Now = SimTime.FromMilliseconds(_now += 500),
                Interfaces = host.Interfaces.Select(i => (i.Name, i.Index, i.Up, (IReadOnlyList<InterfaceAddress>)i.Addresses.ToList())).ToList(),
                Routes = host.Routes.Routes.ToList(),
                Listening = host.Sockets.Select(s => (s.Protocol, s.Address, s.Port)).ToList(),
                ResolvConf = ResolvConf,
                Hosts = "127.0.0.1\tlocalhost\n127.0.1.1\tdockerhost\n::1\tlocalhost ip6-localhost ip6-loopback\n",
                Hostname = "dockerhost",
                Lacks = Lacks,
            };
        }
    }

    /// <summary>Runs a docker line: "docker network create app".</summary>
    public CommandResult Run(string line)
    {
        var result = Engine.Execute(Words(line).Skip(1).ToList(), View);
        foreach (var change in result.Changes) Apply(change);
        return result;
    }

    /// <summary>Runs several, each of which must go well.</summary>
    public LabHost With(params string[] lines)
    {
        foreach (string line in lines)
            if (Run(line) is { ExitCode: not 0 } bad) throw new InvalidOperationException($"{line}: {bad.Error}");
        return this;
    }

    /// <summary>What `docker inspect -f` says of something.</summary>
    public string Inspect(string format, string name) => Run($"docker inspect -f '{format}' {name}").Output.TrimEnd('\n');

    public void Restart()
    {
        foreach (var change in Engine.Restart(View)) Apply(change);
    }

    public void Apply(Change change)
    {
        Changes.Add(change);
        if (change is Change.SysctlSet { Key: var key } && key.StartsWith("netsim.", StringComparison.Ordinal)) return;
        if (change is Change.ProcessSignalled { Id: var id } && id.StartsWith("proxy:", StringComparison.Ordinal)) EndProxy(id);
        Topology.Apply(change);
        if (change is Change.AddressAdded a) Connected(a.Namespace, a.Interface);
        if (change is Change.InterfaceChanged { Up: true } u) Connected(u.Namespace, u.Name);
        if (change is Change.InterfaceChanged { Up: false } d) Topology["host"].Routes.RemoveInterface(d.Name);
        if (change is Change.ProcessStarted { Process: { Arguments: ["docker-proxy", ..] } proxy }) Apply(Socket(proxy));
    }

    public static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        bool any = false;
        char quote = '\0';
        foreach (char c in line + " ")
        {
            if (quote != '\0' && c == quote) quote = '\0';
            else if (quote == '\0' && c is '\'' or '"') (quote, any) = (c, true);
            else if (quote != '\0' || c != ' ') word.Append(c);
            else
            {
                if (any || word.Length > 0) words.Add(word.ToString());
                word.Clear();
                any = false;
            }
        }
        return words;
    }

    private static ImageFacts Image(string name, string[] command, params string[] exposed) => new(name, command, [], exposed, new Dictionary<string, string>(StringComparer.Ordinal));

    private static Change.SocketOpened Socket(ProcessSpec proxy) =>
        new("host", proxy.Arguments[2] == "udp" ? IpProtocol.Udp : IpProtocol.Tcp, IpAddress.Parse(proxy.Arguments[4]), new(ushort.Parse(proxy.Arguments[6])), proxy.Id);

    private void EndProxy(string id)
    {
        var socket = Socket(Topology["host"].Processes[id]);
        Apply(new Change.SocketClosed("host", socket.Protocol, socket.Address, socket.Port));
        Apply(new Change.ProcessEnded("host", id, 0));
    }

    private void Connected(string space, string name)
    {
        if (Topology[space].Find(name) is not { Up: true, Kind: not InterfaceKind.Loopback } i) return;
        foreach (var address in i.Addresses.Where(a => a.Address.IsV4))
        {
            var route = new Route { Destination = address.Subnet, Interface = name, Protocol = "kernel", Scope = "link", PreferredSource = address.Address };
            if (!Topology[space].Routes.Routes.Any(r => r.Destination == route.Destination && r.Interface == name)) Topology.Apply(new Change.RouteAdded(space, route));
        }
    }
}
