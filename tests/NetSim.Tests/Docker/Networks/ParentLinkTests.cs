using NetSim.Docker.Engine;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Networks;

public sealed class ParentLinkTests
{
    private static readonly EngineVersion V20 = new(20, 10, 24), V26 = new(26, 1, 5), V27 = new(27, 5, 1), V28 = new(28, 5, 2), V29 = new(29, 7, 2);

    private static EngineVersion Version(string text) => EngineVersion.TryParse(text, out var version) ? version : throw new FormatException(text);

    [Test]
    public void A_vlan_parent_is_made_and_removed_with_its_last_network()
    {
        var host = new LabHost(V28).With("docker network create -d macvlan --subnet 10.1.0.0/24 -o parent=up0.10 a1", "docker network create -d macvlan --subnet 10.2.0.0/24 -o parent=up0.10 a2");
        var made = host.Topology["host"].Find("up0.10");
        host.With("docker network rm a1");
        bool kept = host.Topology["host"].Find("up0.10") is not null;
        host.With("docker network rm a2");

        Assert.That((made!.Kind, made.VlanId, made.Mac, kept, host.Topology["host"].Find("up0.10")), Is.EqualTo((InterfaceKind.Vlan, 10, MacAddress.Parse("02:00:cb:00:71:02"), true, (Interface?)null)));
    }

    [TestCase("macvlan", "dm-")]
    [TestCase("ipvlan", "di-")]
    public void Without_a_parent_there_is_a_dummy_named_after_the_network(string driver, string prefix)
    {
        var host = new LabHost(V28);
        string id = host.Run($"docker network create -d {driver} alone").Output;

        Assert.That(host.Topology["host"].Find(prefix + id[..12])!.Kind, Is.EqualTo(InterfaceKind.Dummy));
    }

    [Test]
    public void A_container_keeps_the_number_that_its_device_had_in_the_host()
    {
        var host = new LabHost(V28).With("docker network create -d macvlan --subnet 203.0.113.0/24 -o parent=up0 lan", "docker run -d --name web --net lan lab/web");

        var eth0 = host.Topology["web"].Find("eth0")!;

        Assert.That((eth0.Index, eth0.Parent!.Name, eth0.Kind), Is.EqualTo((4, "up0", InterfaceKind.Macvlan)));
    }

    [Test]
    public void An_ipvlan_of_layer_3_has_its_default_route_on_the_link()
    {
        var host = new LabHost(V28).With("docker network create -d ipvlan --subnet 10.70.0.0/24 -o parent=up0 -o ipvlan_mode=l3 far", "docker run -d --name web --net far lab/web");

        Assert.That(host.Topology["web"].Routes.Routes.Select(r => r.ToString()), Has.Member("default dev eth0 scope link"));
    }

    [TestCase("28.5.2", "default via 10.1.0.1 dev eth0")]
    [TestCase("29.7.2", "")]
    public void From_29_a_network_without_a_gateway_of_its_own_gives_no_default_route(string engine, string expected)
    {
        var host = new LabHost(Version(engine)).With("docker network create -d macvlan --subnet 10.1.0.0/24 -o parent=up0 lan", "docker run -d --name web --net lan lab/web");

        Assert.That(string.Join(", ", host.Topology["web"].Routes.Routes.Where(r => r.Destination.IsAll)), Is.EqualTo(expected));
    }

    [TestCase("20.10.24", "network dm-")]
    [TestCase("26.1.5", "network dm-")]
    [TestCase("27.5.1", "")]
    [TestCase("28.5.2", "")]
    public void Up_to_26_a_parent_serves_one_macvlan_network(string engine, string error)
    {
        var host = new LabHost(Version(engine)).With("docker network create -d macvlan --subnet 10.1.0.0/24 -o parent=up0 a1");

        string said = host.Run("docker network create -d macvlan --subnet 10.2.0.0/24 -o parent=up0 a2").Error;

        Assert.That(said.Replace("Error response from daemon: ", "", StringComparison.Ordinal), error.Length == 0 ? Is.Empty : Does.StartWith(error));
    }

    [Test]
    public void A_passthru_wants_its_parent_alone()
    {
        var host = new LabHost(V27).With("docker network create -d macvlan --subnet 10.1.0.0/24 -o parent=up0 -o macvlan_mode=passthru a1");

        Assert.That(host.Run("docker network create -d macvlan --subnet 10.2.0.0/24 -o parent=up0 a2").Error, Does.EndWith("is already using parent interface up0 in mode passthru\n"));
    }

    [Test]
    public void An_ipvlan_takes_no_hardware_address()
    {
        var host = new LabHost(V28).With("docker network create -d ipvlan --subnet 10.1.0.0/24 -o parent=up0 a1");

        Assert.That(host.Run("docker run -d --net a1 --mac-address 02:00:00:00:00:09 lab/web").Error, Does.Contain("ipvlan interfaces do not support custom mac address assignment"));
    }

    [Test]
    public void A_macvlan_and_an_ipvlan_do_not_run_on_one_parent_at_a_time()
    {
        var host = new LabHost(V28).With("docker network create -d macvlan --subnet 10.1.0.0/24 -o parent=up0 a1", "docker network create -d ipvlan --subnet 10.2.0.0/24 -o parent=up0 a2", "docker run -d --net a1 lab/web");

        Assert.That(host.Run("docker run -d --net a2 lab/web").Error, Does.Contain("failed to create the ipvlan port: device or resource busy"));
    }

    [Test]
    public void Networks_with_ranges_of_one_subnet_share_its_addresses()
    {
        var host = new LabHost(V28).With("docker network create -d macvlan --subnet 10.1.0.0/24 --ip-range 10.1.0.16/28 -o parent=up0 a1",
            "docker network create -d macvlan --subnet 10.1.0.0/24 --ip-range 10.1.0.32/28 -o parent=up0.5 a2", "docker run -d --net a1 --ip 10.1.0.40 lab/web");

        Assert.That(host.Run("docker run -d --net a2 --ip 10.1.0.40 lab/web").Error, Does.Contain("Address already in use"));
    }

    [Test]
    public void The_second_subnet_of_a_network_gives_addresses_too()
    {
        var host = new LabHost(V28).With("docker network create -d ipvlan --subnet 10.1.0.0/24 --subnet 10.2.0.0/24 -o parent=up0 -o ipvlan_mode=l3 a1", "docker run -d --name web --net a1 --ip 10.2.0.7 lab/web");

        Assert.That(host.Topology["web"].Find("eth0")!.Addresses, Has.Member(new InterfaceAddress(IpAddress.Parse("10.2.0.7"), 24)));
    }

    [Test]
    public void A_daemon_without_a_swarm_refuses_what_needs_one() =>
        Assert.That(new LabHost(V26).Run("docker service ls").Error, Is.EqualTo("Error response from daemon: This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.\n"));

    [Test]
    public void A_network_takes_the_settings_of_its_configuration_network()
    {
        var host = new LabHost(V20).With("docker network create --config-only --subnet 10.40.0.0/24 -o com.docker.network.bridge.name=br-forty plan", "docker network create --config-from plan real");

        Assert.That(host.Topology["host"].Find("br-forty")!.Addresses[0].ToString(), Is.EqualTo("10.40.0.1/24"));
    }

    [Test]
    public void Sysctls_of_an_interface_come_by_its_driver_option()
    {
        var host = new LabHost(V28).With("docker network create app", "docker run -d --name web --network name=app,driver-opt=com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.proxy_arp=1 lab/web");

        Assert.That(host.Topology["web"].Sysctls["net.ipv4.conf.eth0.proxy_arp"], Is.EqualTo("1"));
    }
}
