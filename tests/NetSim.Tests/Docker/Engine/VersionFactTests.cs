using NetSim.Docker.Engine;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Engine;

/// <summary>What differs between versions by moby's source, and was recorded of none.</summary>
public sealed class VersionFactTests
{
    [TestCase("29.0.0", "user specified IP address is supported only when connecting to networks with user configured subnets")]
    [TestCase("29.1.0", "no configured subnet contains IP address 10.99.0.9")]
    public void An_address_may_be_asked_for_on_a_network_whose_subnet_was_chosen_by_the_engine_from_29_1(string engine, string fault)
    {
        var host = Host(engine).With("docker network create app");

        Assert.That(host.Run("docker run -d --net app --ip 10.99.0.9 lab/busybox").Error, Does.Contain(fault));
    }

    [Test]
    public void In_29_1_a_container_gets_the_address_it_asks_for_in_a_subnet_of_the_engines()
    {
        var host = Host("29.1.0").With("docker network create app", "docker run -d --net app --ip 172.18.0.9 --name c1 lab/busybox");

        Assert.That(host.Inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "c1"), Is.EqualTo("172.18.0.9"));
    }

    [Test]
    public void In_29_a_network_tells_how_much_of_its_pools_is_used()
    {
        var host = Host("29.7.2").With("docker network create --subnet 10.1.0.0/24 --ip-range 10.1.0.16/28 app", "docker run -d --net app --name c1 lab/busybox");

        Assert.That(host.Inspect("{{json .Status}}", "app"), Is.EqualTo("{\"IPAM\":{\"Subnets\":{\"10.1.0.0/24\":{\"IPsInUse\":4,\"DynamicIPsAvailable\":14}}}}"));
    }

    [TestCase("28.5.2", "")]
    [TestCase("29.7.2", "10.1.0.1")]
    public void From_29_a_gateway_that_the_engine_chose_is_shown(string engine, string gateway)
    {
        var host = Host(engine).With("docker network create --subnet 10.1.0.0/24 app");

        Assert.That(host.Inspect("{{range .IPAM.Config}}{{.Gateway}}{{end}}", "app"), Is.EqualTo(gateway));
    }

    [Test]
    public void From_29_a_container_has_no_copy_of_the_default_networks_address() =>
        Assert.That(Host("29.7.2").With("docker run -d --name c1 lab/busybox").Run("docker inspect -f '{{.NetworkSettings.IPAddress}}' c1").Error, Does.Contain("map has no entry for key \"IPAddress\""));

    [TestCase("28.5.2", "{\"ip-forward\": false}", "ACCEPT")]
    [TestCase("28.5.2", "{\"ip-forward-no-drop\": true}", "ACCEPT")]
    [TestCase("27.5.1", "{\"ip-forward-no-drop\": true}", "DROP")]
    [TestCase("28.5.2", "{}", "DROP")]
    public void The_policy_of_FORWARD_is_set_by_a_daemon_that_turns_forwarding_on(string engine, string daemon, string policy) =>
        Assert.That(Host(engine, daemon).Topology["host"].Rules.Table("filter").Chain("FORWARD")!.Policy, Is.EqualTo(policy));

    [TestCase("28.5.2", false)]
    [TestCase("28.1.1", true)]
    public void With_direct_routing_allowed_the_raw_table_guards_nothing(string engine, bool guards)
    {
        var host = Host(engine, "{\"allow-direct-routing\": true}").With("docker run -d -p 80:80 lab/busybox");

        Assert.That(host.Topology["host"].Rules.Find("raw")?.Chain("PREROUTING")!.Rules.Count > 0, Is.EqualTo(guards));
    }

    [TestCase("28.5.2", 0)]
    [TestCase("29.7.2", 1)]
    public void Marked_packets_are_let_through_from_29(string engine, int rules) =>
        Assert.That(Host(engine, "{\"bridge-accept-fwmark\": \"0x1/0x3\"}").Topology["host"].Rules.Table("filter").Chain("DOCKER-FORWARD")!.Rules.Count(r => r.ToString() == "-m mark --mark 0x1/0x3 -j ACCEPT"), Is.EqualTo(rules));

    [TestCase("23.0.6", "1500")]
    [TestCase("24.0.9", "1400")]
    public void Options_for_all_bridges_come_from_the_daemon_from_24(string engine, string mtu)
    {
        var host = Host(engine, "{\"default-network-opts\": {\"bridge\": {\"com.docker.network.driver.mtu\": \"1400\"}}}").With("docker network create app", "docker run -d --net app --name c1 lab/busybox");

        Assert.That($"{host.Topology["c1"].Find("eth0")!.Mtu}", Is.EqualTo(mtu));
    }

    [TestCase("28.5.2", "true {iptables}")]
    [TestCase("29.7.2", "{iptables}")]
    public void Info_tells_who_makes_the_rules(string engine, string told)
    {
        string format = engine[1] == '8' ? "{{.BridgeNfIptables}} {{`{`}}{{.FirewallBackend.Driver}}{{`}`}}" : "{{`{`}}{{.FirewallBackend.Driver}}{{`}`}}";

        Assert.That(Host(engine).Run($"docker info -f '{format}'").Output.TrimEnd('\n'), Is.EqualTo(told));
    }

    [TestCase("26.1.5", "routed", "")]
    [TestCase("27.5.1", "routed", "")]
    [TestCase("27.5.1", "nat-unprotected", "unknown gateway mode nat-unprotected")]
    [TestCase("28.0.0", "nat-unprotected", "")]
    [TestCase("28.0.0", "isolated", "gateway mode 'isolated' can only be used for an internal network")]
    public void Gateway_modes_come_with_27_and_28(string engine, string mode, string fault) =>
        Assert.That(Host(engine).Run($"docker network create -o com.docker.network.bridge.gateway_mode_ipv4={mode} app").Error, fault.Length == 0 ? Is.Empty : Does.Contain(fault));

    [TestCase("26.1.5", true)]
    [TestCase("27.5.1", false)]
    public void A_routed_network_is_masqueraded_by_engines_that_know_no_modes(string engine, bool masquerades)
    {
        var host = Host(engine).With("docker network create --subnet 10.1.0.0/24 -o com.docker.network.bridge.gateway_mode_ipv4=routed app");

        Assert.That(host.Topology["host"].Rules.Table("nat").Chain("POSTROUTING")!.Rules.Any(r => r.ToString().StartsWith("-s 10.1.0.0/24", StringComparison.Ordinal)), Is.EqualTo(masquerades));
    }

    private static LabHost Host(string engine, string daemon = "") => EngineVersion.TryParse(engine, out var version) ? new(version, daemon) : throw new ArgumentException(engine, nameof(engine));
}
