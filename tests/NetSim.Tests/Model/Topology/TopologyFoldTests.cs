using System.Reflection;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Topology;

public sealed class TopologyFoldTests
{
    private static readonly MacAddress Mac = MacAddress.Parse("02:42:ac:12:00:02");
    private static readonly IpAddress Address = IpAddress.Parse("172.18.0.2");
    private NetSim.Model.Topology.Topology _topology = null!;

    [SetUp]
    public void Build_the_host() => _topology = TwoNetworks.Build();

    [Test]
    public void A_veth_pair_is_two_interfaces_that_know_each_other() =>
        Assert.That((_topology["web"].Find("eth0")!.Peer, _topology["host"].Find("vethweb")!.Peer), Is.EqualTo((_topology["host"].Find("vethweb"), _topology["web"].Find("eth0"))));

    [Test]
    public void A_bridge_lists_its_ports_in_order_of_joining() =>
        Assert.That(_topology["host"].Find("br-app")!.Ports.Select(p => p.Name), Is.EqualTo(new[] { "vethweb", "vethdb" }));

    [Test]
    public void An_interface_keeps_its_number_when_it_moves() =>
        Assert.That(_topology["web"].Find("eth0")!.Index, Is.EqualTo(_topology["host"].Find("vethweb")!.Index + 1));

    [Test]
    public void What_moves_arrives_down_and_without_addresses_and_bridge()
    {
        Apply(new Change.AddressAdded("host", "vethweb", new(Address, 16)));

        Apply(new Change.InterfaceMoved("host", "vethweb", "db", "eth7"));

        var moved = _topology["db"].Find("eth7")!;
        Assert.That((moved.Up, moved.Addresses.Count, moved.Master, _topology["host"].Find("br-app")!.Ports.Count), Is.EqualTo((false, 0, (Interface?)null, 1)));
    }

    [Test]
    public void A_mere_new_name_leaves_an_interface_as_it_is()
    {
        Apply(new Change.InterfaceMoved("web", "eth0", "web", "wan0"));

        Assert.That((_topology["web"].Find("wan0")!.Up, _topology["web"].Find("wan0")!.Addresses.Count), Is.EqualTo((true, 1)));
    }

    [Test]
    public void Removing_one_end_of_a_pair_removes_the_other()
    {
        Apply(new Change.InterfaceRemoved("host", "vethweb"));

        Assert.That((_topology["web"].Find("eth0"), _topology["host"].Find("br-app")!.Ports.Count), Is.EqualTo(((Interface?)null, 1)));
    }

    [Test]
    public void A_namespace_that_goes_takes_the_ends_of_its_pairs_along()
    {
        Apply(new Change.NamespaceRemoved("db"));

        Assert.That((_topology.Find("db"), _topology["host"].Find("vethdb")), Is.EqualTo(((NetworkNamespace?)null, (Interface?)null)));
    }

    [Test]
    public void Routes_and_neighbours_of_an_interface_go_with_it()
    {
        Apply(new Change.RouteAdded("web", new Route { Destination = Subnet.AllV4, Interface = "eth0" }), new Change.NeighbourSet("web", "eth0", Address, Mac, "REACHABLE"));

        Apply(new Change.InterfaceRemoved("web", "eth0"));

        Assert.That((_topology["web"].Routes.Routes.Count, _topology["web"].Neighbours.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_bridge_forgets_what_it_learned_behind_a_port_that_leaves()
    {
        Apply(new Change.FdbSet("host", "br-app", Mac, "vethweb"));

        Apply(new Change.InterfaceChanged("host", "vethweb", Master: ""));

        Assert.That((_topology["host"].Find("br-app")!.Fdb.Count, _topology["host"].Find("vethweb")!.Master), Is.EqualTo((0, (Interface?)null)));
    }

    [Test]
    public void An_interface_that_changes_bridges_is_a_port_of_one()
    {
        Apply(new Change.InterfaceChanged("host", "vethweb", Master: "br-back"));

        Assert.That((_topology["host"].Find("br-app")!.Ports.Count, _topology["host"].Find("br-back")!.Ports.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_bridge_has_a_carrier_when_a_port_has_one()
    {
        Apply(new Change.InterfaceRemoved("host", "vethcache"));

        Assert.That((_topology["host"].Find("br-app")!.Carrier, _topology["host"].Find("br-back")!.Carrier), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_rule_is_inserted_at_its_number_and_removed_by_its_text()
    {
        Rule drop = new() { Target = new Target.Drop() }, accept = new() { Target = new Target.Accept() };
        Apply(new Change.RuleAdded("host", IpFamily.V4, "filter", "FORWARD", null, drop), new Change.RuleAdded("host", IpFamily.V4, "filter", "FORWARD", 1, accept));

        var rules = _topology["host"].Rules.Table("filter").Chain("FORWARD")!.Rules;

        Assert.That(rules.Select(r => r.Target), Is.EqualTo(new Target[] { new Target.Accept(), new Target.Drop() }));
    }

    [Test]
    public void A_chain_keeps_its_rules_when_its_policy_changes()
    {
        Apply(new Change.RuleAdded("host", IpFamily.V4, "filter", "FORWARD", null, new Rule()), new Change.ChainSet("host", IpFamily.V4, "filter", "FORWARD", "DROP"));

        var chain = _topology["host"].Rules.Table("filter").Chain("FORWARD")!;

        Assert.That((chain.Policy, chain.Rules.Count), Is.EqualTo(("DROP", 1)));
    }

    [Test]
    public void A_removed_file_is_gone()
    {
        Apply(new Change.FileWritten("web", "/etc/hosts", "127.0.0.1 localhost"), new Change.FileWritten("web", "/etc/hosts", null));

        Assert.That(_topology.Files, Is.Empty);
    }

    [Test]
    public void A_container_that_is_renamed_is_listed_once()
    {
        var old = new ContainerFacts("web", "id", "image", "running", "web", [], new Dictionary<string, string>(StringComparer.Ordinal));
        Apply(new Change.ContainerSet(old), new Change.ContainerSet(old with { Name = "www" }, "web"));

        Assert.That((_topology.Containers.Single().Name, _topology["web"].Label), Is.EqualTo(("www", "www")));
    }

    [Test]
    public void A_closed_socket_is_gone_and_another_stays()
    {
        Apply(new Change.SocketOpened("db", IpProtocol.Tcp, Address, new(6379), "redis"), new Change.SocketOpened("db", IpProtocol.Tcp, Address, new(22), "sshd"), new Change.SocketClosed("db", IpProtocol.Tcp, Address, new(6379)));

        Assert.That(_topology["db"].Sockets.Select(s => s.Program), Is.EqualTo(new[] { "sshd" }));
    }

    [Test]
    public void A_change_about_something_unknown_makes_it_known()
    {
        Apply(new Change.NeighbourSet("stranger", "eth0", Address, Mac, "REACHABLE"));

        Assert.That(_topology["stranger"].Neighbours.Keys, Is.EqualTo(new[] { Address }));
    }

    [Test]
    public void The_state_at_an_instant_is_that_of_the_changes_until_then()
    {
        var trace = new Trace();
        long t = 0;
        foreach (var c in TwoNetworks.Changes()) trace.Add(new SimTime(t++), c);
        long made = trace.Changes.ToList().FindIndex(c => c is Change.NamespaceMade { Namespace: "db" });

        Assert.That((NetSim.Model.Topology.Topology.At(trace, new(made - 1)).Find("db") is null, NetSim.Model.Topology.Topology.At(trace, new(made)).Find("db") is null), Is.EqualTo((true, false)));
    }

    [Test]
    public void Namespaces_are_listed_in_order_of_making() =>
        Assert.That(_topology.Namespaces.Select(n => n.Key), Is.EqualTo(new[] { "host", "web", "db", "cache" }));

    [Test]
    public void Every_kind_of_change_has_its_place_in_the_fold()
    {
        var kinds = typeof(Change).GetNestedTypes().Where(t => t.IsSealed).ToList();
        var fold = File.ReadAllText(Path.Combine(Root(), "src/NetSim.Model/Topology/TopologyFold.cs"));

        Assert.That(kinds.Where(k => !fold.Contains($"Change.{k.Name}", StringComparison.Ordinal)).Select(k => k.Name), Is.Empty);
    }

    private void Apply(params Change[] changes)
    {
        foreach (var c in changes) _topology.Apply(c);
    }

    private static string Root()
    {
        string at = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Combine(at, "NetSim.sln"))) at = Path.GetDirectoryName(at)!;
        return at;
    }
}
