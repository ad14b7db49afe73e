using System.IO.Compression;
using System.Text.Json.Nodes;
using NetSim.Model.Addressing;
using NetSim.Model.Input;
using NetSim.Model.Netfilter;
using NetSim.Model.Topology;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Tests.Workbench.Opening;

/// <summary>Recorded case 01-seed of engines 20.10.24 and 28.5.2, whole and in parts.</summary>
public sealed class BundleOpeningTests
{
    private string _scratch = "";

    private static string Recorded(string engine) => RecordedFolder.Of(engine == "20" ? "20.10.24" : "28.5.2", "01-seed");

    [SetUp]
    public void Make_a_folder() => _scratch = Directory.CreateTempSubdirectory("bundle").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_scratch, recursive: true);

    [TestCase("20")]
    [TestCase("28")]
    public void The_links_of_the_host_are_those_of_the_recording(string engine)
    {
        var topology = BundleOpening.Read(Recorded(engine)).Topology();
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(Recorded(engine), "host.json")))!["link"]!.AsArray();

        var own = IpJson.Links(topology, topology["host"]);

        Assert.That(own.Select(Words), Is.EqualTo(recorded.Select(Words)));

        static string Words(JsonNode? l) => $"{l!["ifindex"]} {l["ifname"]} {l["address"]} {l["mtu"]} {l["master"]} {string.Join(',', l["flags"]!.AsArray().Select(f => f!.ToString()))}";
    }

    [TestCase("20")]
    [TestCase("28")]
    public void The_routes_and_rules_of_the_host_are_those_of_the_recording(string engine)
    {
        var topology = BundleOpening.Read(Recorded(engine)).Topology();
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(Recorded(engine), "host.json")))!["route"]!;

        string rules = RulesetText.Write(topology["host"].Rules);

        Assert.That((IpJson.Routes(topology["host"], v6: false).ToJsonString(), rules), Is.EqualTo((recorded.ToJsonString(), File.ReadAllText(Path.Combine(Recorded(engine), "host-iptables.txt")))));
    }

    [TestCase("20", "veth160670c")]
    [TestCase("28", "veth11a09c1")]
    public void A_containers_interface_is_joined_with_its_veth(string engine, string veth)
    {
        var topology = BundleOpening.Read(Recorded(engine)).Topology();

        var eth0 = topology["webapp"].Find("eth0")!;

        Assert.That((eth0.Peer!.Name, eth0.Peer.Master!.Kind, eth0.Addresses[0].ToString(), topology.Names.Addresses("app", "db")[0].ToString()), Is.EqualTo((veth, InterfaceKind.Bridge, "172.18.0.3/16", "172.18.0.2")));
    }

    [TestCase("20")]
    [TestCase("28")]
    public void The_two_files_that_are_needed_are_enough(string engine)
    {
        Copy(engine, "network-inspect.json", "container-inspect.json");

        var topology = BundleOpening.Read(_scratch).Topology();

        Assert.That(topology.Path(topology["webapp"].Find("eth0")!, topology["db"].Find("eth0")!), Has.Count.EqualTo(5));
    }

    [TestCase("20")]
    [TestCase("28")]
    public void Without_the_rules_they_are_those_that_the_engine_would_write(string engine)
    {
        Copy(engine, "network-inspect.json", "container-inspect.json", "host.json");

        var topology = BundleOpening.Read(_scratch).Topology();

        Assert.That(RulesetText.Write(topology["host"].Rules).Split('\n').Order(StringComparer.Ordinal), Is.EqualTo(File.ReadAllText(Path.Combine(Recorded(engine), "host-iptables.txt")).Split('\n').Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Containers_of_which_the_inside_is_not_known_are_found_by_the_addresses_that_bridges_learned()
    {
        Copy("28", "network-inspect.json", "container-inspect.json", "host.json");

        var topology = BundleOpening.Read(_scratch).Topology();

        Assert.That(topology["webapp"].Find("eth0")!.Peer!.Name, Is.EqualTo("veth11a09c1"));
    }

    [Test]
    public void A_zip_is_as_good_as_a_directory()
    {
        string zip = Path.Combine(_scratch, "b.zip");
        ZipFile.CreateFromDirectory(Recorded("28"), zip, CompressionLevel.Fastest, includeBaseDirectory: true);

        Assert.That(BundleOpening.Read(zip).Topology()["webapp"].Find("eth0")!.Addresses[0].Address, Is.EqualTo(IpAddress.Parse("172.18.0.3")));
    }

    [Test]
    public void The_captures_of_a_bundle_have_their_places()
    {
        Assert.That(BundleOpening.Read(Recorded("28")).Files["pcap/veth.webapp.app.pcap"].ToString(), Is.EqualTo("host veth11a09c1"));
    }

    [TestCase("network-inspect.json", "[{\"Name\": 3}]", "$[0].Name")]
    [TestCase("network-inspect.json", "[{\"Name\": \"x\",\n \"Id\" \"y\"}]", "network-inspect.json:2:")]
    [TestCase("network-inspect.json", "{\"message\": \"no\"}", "an array was expected")]
    [TestCase("network-inspect.json", "[{\"Name\": \"n\", \"Id\": \"0123456789ab\", \"Driver\": \"bridge\", \"IPAM\": {\"Config\": [{\"Subnet\": \"172.18.0.0\"}]}}]", "$[0].IPAM.Config[0].Subnet")]
    [TestCase("container-inspect.json", "[{\"Name\": \"/c\", \"Id\": \"0123456789ab\", \"State\": []}]", "$[0].State")]
    [TestCase("host-iptables.txt", "*filter\n-A NOSUCH -j DROP\n", "host-iptables.txt:2: there is no chain")]
    [TestCase("host.json", "{\"link\": [{\"ifname\": \"lo\", \"ifindex\": \"1\"}]}", "$.link[0].ifindex")]
    public void A_file_that_is_not_what_it_should_be_is_refused_with_its_place(string file, string text, string place)
    {
        Copy("28", "network-inspect.json", "container-inspect.json", "host.json", "host-iptables.txt");
        File.WriteAllText(Path.Combine(_scratch, file), text);

        var refused = Assert.Throws<InputException>(() => BundleOpening.Read(_scratch));

        Assert.That(refused.Message, Does.Contain(place));
    }

    [Test]
    public void What_is_missing_is_named_with_the_command_that_makes_it()
    {
        Copy("28", "network-inspect.json");

        var refused = Assert.Throws<InputException>(() => BundleOpening.Read(_scratch));

        Assert.That(refused.Message, Does.Contain("has no container-inspect.json; it comes from `docker inspect"));
    }

    private void Copy(string engine, params string[] files)
    {
        foreach (string f in files) File.Copy(Path.Combine(Recorded(engine), f), Path.Combine(_scratch, f));
    }
}
