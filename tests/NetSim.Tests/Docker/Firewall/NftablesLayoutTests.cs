using NetSim.Docker.Firewall;
using NetSim.Model.Addressing;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Firewall;

/// <summary>The tables of the nftables backend. The expected chains are those of moby's own tests and listings (tag docker-v29.7.2, daemon/libnetwork/drivers/bridge/internal/nftabler/testdata/TestNftabler;
/// integration/network/bridge/nftablesdoc/generated); the layout was equal to all 204 expected files of those tests, routed ones but for the ports, to which those tests give a host port that the engine never does.</summary>
public sealed class NftablesLayoutTests
{
    private const string Empty = """
        table ip docker-bridges {
        	map filter-forward-in-jumps {
        		type ifname : verdict
        	}

        	map filter-forward-out-jumps {
        		type ifname : verdict
        	}

        	map nat-postrouting-in-jumps {
        		type ifname : verdict
        	}

        	map nat-postrouting-out-jumps {
        		type ifname : verdict
        	}

        	chain filter-FORWARD {
        		type filter hook forward priority filter; policy accept;
        		oifname vmap @filter-forward-in-jumps
        		iifname vmap @filter-forward-out-jumps
        	}

        	chain nat-OUTPUT {
        		type nat hook output priority dstnat; policy accept;
        		ip daddr != 127.0.0.0/8 fib daddr type local counter jump nat-prerouting-and-output
        	}

        	chain nat-POSTROUTING {
        		type nat hook postrouting priority srcnat; policy accept;
        		iifname vmap @nat-postrouting-out-jumps
        		oifname vmap @nat-postrouting-in-jumps
        	}

        	chain nat-PREROUTING {
        		type nat hook prerouting priority dstnat; policy accept;
        		fib daddr type local counter jump nat-prerouting-and-output
        	}

        	chain nat-prerouting-and-output {
        	}

        	chain raw-PREROUTING {
        		type filter hook prerouting priority raw; policy accept;
        	}
        }

        """;

    private static FirewallSettings Backend => new() { Nftables = true };

    private static FirewallNetwork Dummy => new() { Name = "dummy", Bridge = "br-dummy", V4 = Subnet.Parse("192.168.0.0/24"), V6 = Subnet.Parse("fd49:efd7:54aa::/64") };

    [Test]
    public void A_new_daemon_has_base_chains_and_empty_maps_and_nothing_in_iptables()
    {
        var daemon = new Daemon("29.7.2", Backend);

        Assert.That(daemon.Nft("ip") + daemon.Rules, Is.EqualTo(Empty));
    }

    [TestCase("filter-forward-in__br-dummy", "ct state established,related counter accept|iifname \"br-dummy\" counter accept comment \"ICC\"|ip daddr 192.168.0.2 tcp dport 80 counter accept|counter drop comment \"UNPUBLISHED PORT DROP\"")]
    [TestCase("filter-forward-out__br-dummy", "ct state established,related counter accept|counter accept comment \"OUTGOING\"")]
    [TestCase("nat-postrouting-in__br-dummy", "")]
    [TestCase("nat-postrouting-out__br-dummy", "oifname != \"br-dummy\" ip saddr 192.168.0.0/24 counter masquerade comment \"MASQUERADE\"")]
    [TestCase("nat-prerouting-and-output", "iifname != \"br-dummy\" tcp dport 8080 counter dnat to 192.168.0.2:80 comment \"DNAT\"")]
    [TestCase("raw-PREROUTING", "ip daddr 192.168.0.2 iifname != \"br-dummy\" counter drop comment \"DROP DIRECT ACCESS\"")]
    public void A_published_port_is_in_each_chain_as_moby_expects_it(string chain, string rules) =>
        Assert.That(Chain(Made(Dummy, Backend, "8080:80"), "ip", chain), Is.EqualTo(rules));

    [TestCase(false, "nat-postrouting-in__br-dummy", "fib saddr type local counter snat to 192.168.123.0 comment \"SNAT FROM HOST\"|ip saddr 192.168.0.2 ip daddr 192.168.0.2 tcp dport 80 counter masquerade comment \"MASQ TO OWN PORT\"")]
    [TestCase(false, "nat-prerouting-and-output", "ip daddr 127.0.0.1 tcp dport 8080 counter dnat to 192.168.0.2:80 comment \"DNAT\"")]
    [TestCase(false, "nat-OUTPUT", "fib daddr type local counter jump nat-prerouting-and-output")]
    [TestCase(true, "nat-postrouting-out__br-dummy", "oifname != \"br-dummy\" ip saddr 192.168.0.0/24 counter snat to 192.168.123.0 comment \"SNAT\"")]
    [TestCase(true, "raw-PREROUTING", "ip daddr 192.168.0.2 iifname != \"br-dummy\" counter drop comment \"DROP DIRECT ACCESS\"|iifname != \"lo\" ip daddr 127.0.0.1 tcp dport 8080 counter drop comment \"DROP REMOTE LOOPBACK\"")]
    public void Docker_proxy_and_loopback_ports_and_a_named_address_change_what_moby_says_they_change(bool proxy, string chain, string rules) =>
        Assert.That(Chain(Made(Dummy with { HostIpv4 = IpAddress.Parse("192.168.123.0") }, Backend with { UserlandProxy = proxy }, "127.0.0.1:8080:80"), "ip", chain), Is.EqualTo(rules));

    [TestCase(true, "iifname != \"br-dummy\" counter drop comment \"INTERNAL NETWORK INGRESS\"|counter accept comment \"ICC\"")]
    [TestCase(false, "iifname != \"br-dummy\" counter drop comment \"INTERNAL NETWORK INGRESS\"|counter drop comment \"ICC\"")]
    public void An_internal_network_lets_nobody_in(bool icc, string rules) =>
        Assert.That(Chain(Made(Dummy with { Internal = true, Icc = icc }, Backend, "8080:80"), "ip", "filter-forward-in__br-dummy"), Is.EqualTo("ct state established,related counter accept|" + rules));

    [TestCase(GatewayMode.Routed, "meta l4proto ipv6-icmp counter accept comment \"ICMP\"|iifname \"br-dummy\" counter drop comment \"ICC\"|ip6 daddr fd49:efd7:54aa::1 tcp dport 80 counter accept|counter drop comment \"UNPUBLISHED PORT DROP\"")]
    [TestCase(GatewayMode.NatUnprotected, "iifname \"br-dummy\" counter drop comment \"ICC\"|counter accept comment \"UNPROTECTED\"")]
    public void Gateway_modes_and_icc_of_IPv6(GatewayMode mode, string rules)
    {
        var daemon = new Daemon("29.7.2", Backend);
        daemon.Run(daemon.Network(Dummy with { Mode6 = mode, Icc = false }), "fd49:efd7:54aa::1", "8080:80");

        Assert.That(Chain(daemon, "ip6", "filter-forward-in__br-dummy"), Is.EqualTo("ct state established,related counter accept|" + rules));
    }

    [Test]
    public void What_a_network_and_its_port_brought_goes_with_them()
    {
        var daemon = Made(Dummy, Backend, "8080:80");

        daemon.Stop(Dummy, "192.168.0.2", "8080:80");
        daemon.Remove(Dummy);

        Assert.That(daemon.Nft("ip"), Is.EqualTo(Empty));
    }

    [Test]
    public void A_daemon_that_starts_again_has_the_same_tables()
    {
        var daemon = new Daemon("29.7.2", Backend);
        daemon.Network(Dummy);
        string before = daemon.Nft("ip");

        daemon.Start();
        daemon.Network(Dummy);

        Assert.That(daemon.Nft("ip"), Is.EqualTo(before));
    }

    [Test]
    public void Links_stand_before_icc_and_the_accepted_mark_before_both()
    {
        var daemon = new Daemon("29.7.2", Backend with { AcceptMark = "0x1/0x3" });
        var network = daemon.Network(Dummy with { Icc = false });

        daemon.Link(new(network, "a", IpAddress.Parse("192.168.0.2"), IpAddress.Parse("192.168.0.3"), "tcp", new(80)));

        Assert.That(Chain(daemon, "ip", "filter-forward-in__br-dummy"), Is.EqualTo("ct state established,related counter accept|meta mark & 0x00000003 == 0x00000001 counter accept comment \"ALLOW FW MARK\"|"
            + "ip saddr 192.168.0.2 ip daddr 192.168.0.3 tcp dport 80 counter accept|ip saddr 192.168.0.3 tcp sport 80 ip daddr 192.168.0.2 counter accept|iifname \"br-dummy\" counter drop comment \"ICC\"|counter drop comment \"UNPUBLISHED PORT DROP\""));
    }

    [Test]
    public void Trusted_interfaces_are_named_in_the_order_of_nft() =>
        Assert.That(Chain(Made(Dummy with { TrustedInterfaces = ["eth1", "eth0"] }, Backend), "ip", "raw-PREROUTING"),
            Is.EqualTo("ip daddr 192.168.0.2 iifname != { \"eth0\", \"eth1\", \"br-dummy\" } counter drop comment \"DROP DIRECT ACCESS\""));

    private static Daemon Made(FirewallNetwork network, FirewallSettings settings, params string[] ports)
    {
        var daemon = new Daemon("29.7.2", settings);
        daemon.Run(daemon.Network(network), "192.168.0.2", ports);
        return daemon;
    }

    private static string Chain(Daemon daemon, string family, string chain)
    {
        string text = daemon.Nft(family);
        int from = text.IndexOf($"\tchain {chain} {{\n", StringComparison.Ordinal), to = text.IndexOf("\t}\n", from, StringComparison.Ordinal);
        return string.Join('|', text[from..to].Split('\n').Skip(1).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("type ", StringComparison.Ordinal)));
    }
}
