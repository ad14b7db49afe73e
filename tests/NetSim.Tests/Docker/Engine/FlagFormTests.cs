using NetSim.Docker.Engine;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Engine;

/// <summary>Flags in their less usual forms. Expected words are those of docker/cli and docker/go-connections of each client.</summary>
public sealed class FlagFormTests
{
    [Test]
    public void A_network_in_the_long_form_gives_address_aliases_interface_and_priority()
    {
        var host = new LabHost(EngineVersion.Default).With("docker network create --subnet 172.30.0.0/24 n1", "docker network create n2",
            "docker run -d --network Name=n1,alias=y,Alias=z,ip=172.30.0.20,driver-opt=com.docker.network.endpoint.ifname=lan0 --network name=n2,gw-priority=5 --name c1 lab/busybox");

        Assert.That((host.Topology["c1"].Find("lan0")!.Addresses[0].ToString(), host.Inspect("{{json .NetworkSettings.Networks.n1.Aliases}}", "c1"), host.Inspect("{{.NetworkSettings.Networks.n2.GwPriority}}", "c1")),
            Is.EqualTo(("172.30.0.20/24", "[\"y\",\"z\"]", "5")));
    }

    [Test]
    public void A_field_in_quotation_marks_may_hold_commas()
    {
        var host = new LabHost(EngineVersion.Default).With("docker network create n1",
            "docker run -d --network 'name=n1,\"driver-opt=com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1,net.ipv4.conf.IFNAME.forwarding=0\"' --name c1 lab/busybox");

        Assert.That((host.Topology["c1"].Sysctls["net.ipv4.conf.eth0.log_martians"], host.Topology["c1"].Sysctls["net.ipv4.conf.eth0.forwarding"]), Is.EqualTo(("1", "0")));
    }

    [Test]
    public void A_link_local_address_stands_beside_the_leased_one()
    {
        var host = new LabHost(EngineVersion.Default).With("docker network create --subnet 10.1.0.0/24 n", "docker run -d --net n --link-local-ip 169.254.9.9 --name c1 lab/busybox");

        Assert.That(host.Topology["c1"].Find("eth0")!.Addresses.Select(a => a.ToString()), Is.EqualTo(new[] { "10.1.0.2/24", "169.254.9.9/16" }));
    }

    [Test]
    public void The_daemon_names_another_gateway_of_IPv6()
    {
        var host = new LabHost(EngineVersion.Default, "{\"ipv6\": true, \"fixed-cidr-v6\": \"fd00:9::/64\", \"default-gateway-v6\": \"fd00:9::9\"}").With("docker run -d --name c1 lab/busybox");

        Assert.That(host.Inspect("{{.NetworkSettings.IPv6Gateway}}", "c1"), Is.EqualTo("fd00:9::9"));
    }

    [TestCase("28.5.2", "name=n,foo=1", "invalid argument \"name=n,foo=1\" for \"--network\" flag: invalid field key foo\n")]
    [TestCase("27.5.1", "name=n,gw-priority=1", "invalid argument \"name=n,gw-priority=1\" for \"--network\" flag: invalid field key gw-priority\n")]
    [TestCase("28.5.2", "name=n,gw-priority=x", "invalid argument \"name=n,gw-priority=x\" for \"--network\" flag: invalid gw-priority (x): invalid syntax\n")]
    [TestCase("24.0.9", "name=n,mac-address=02:00:00:00:00:01", "invalid argument \"name=n,mac-address=02:00:00:00:00:01\" for \"--network\" flag: invalid field key mac-address\n")]
    [TestCase("28.5.2", "alias=x", "invalid argument \"alias=x\" for \"--network\" flag: network name/id is not specified\n")]
    [TestCase("28.5.2", "name=n,alias", "invalid argument \"name=n,alias\" for \"--network\" flag: invalid field alias\n")]
    public void A_wrong_network_is_refused_in_the_words_of_the_client(string engine, string network, string error) =>
        Assert.That(Run(engine, $"docker run --network {network} lab/busybox"), Does.StartWith(error));

    [TestCase("28.5.2", "80:80/foo", "docker: Invalid proto: foo\n")]
    [TestCase("24.0.9", "80:80/foo", "docker: Invalid proto: foo.\n")]
    [TestCase("29.7.2", "1.2.3:80:80", "docker: invalid IP address: 1.2.3\n")]
    [TestCase("26.1.5", "a:80", "docker: Invalid hostPort: a.\n")]
    [TestCase("24.0.9", "1.2.3:80:80", "docker: Invalid ip address: 1.2.3.\n")]
    [TestCase("28.5.2", "1.2.3:80:80", "docker: Invalid ip address: 1.2.3\n")]
    [TestCase("28.5.2", "80-82:90-99", "docker: Invalid ranges specified for container and host Ports: 90-99 and 80-82\n")]
    [TestCase("28.5.2", "published=80,x", "docker: invalid publish opts format (should be name=value but got 'x')\n")]
    [TestCase("28.5.2", "published=80", "docker: No port specified: 80:/tcp<empty>\n")]
    public void A_wrong_port_is_refused_in_the_words_of_the_client(string engine, string port, string error) =>
        Assert.That(Run(engine, $"docker run -p {port} lab/busybox"), Does.StartWith(error));

    [TestCase("published=8080,target=80,protocol=udp", "80/udp 8080;")]
    [TestCase("target=80", "80/tcp 32768;")]
    [TestCase("[::1]:8081:80", "80/tcp 8081;")]
    [TestCase("80-82:80-82/udp", "80/udp 80;81/udp 81;82/udp 82;")]
    public void A_port_is_published_however_it_is_written(string port, string published)
    {
        var host = new LabHost(EngineVersion.Default).With($"docker run -d -p {port} --name c1 lab/busybox");

        Assert.That(host.Inspect("{{range $p, $b := .NetworkSettings.Ports}}{{$p}} {{(index $b 0).HostPort}};{{end}}", "c1"), Is.EqualTo(published));
    }

    [Test]
    public void A_switch_takes_what_Go_takes_for_a_Boolean() =>
        Assert.That(Run("28.5.2", "docker run --detach=foo lab/busybox"), Does.StartWith("invalid argument \"foo\" for \"-d, --detach\" flag: strconv.ParseBool: parsing \"foo\": invalid syntax\n"));

    private static string Run(string engine, string line) =>
        EngineVersion.TryParse(engine, out var version) ? new LabHost(version).Run(line).Error : throw new ArgumentException(engine, nameof(engine));
}
