using NetSim.Docker.Engine;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Engine;

public sealed class DockerEngineTests
{
    private static readonly EngineVersion V20 = new(20, 10, 24);
    private static readonly EngineVersion V28 = new(28, 5, 2);

    [Test]
    public void A_terminal_run_without_d_hands_out_its_process_instead_of_starting_it()
    {
        var host = new LabHost(V28).With("docker network create app");

        var result = host.Run("docker run -p 4567 --net=app --name network_test -t -i lab/webapp bash");

        Assert.That((result.Foreground!.Id, result.Foreground.Terminal, result.Changes.OfType<Change.ProcessStarted>().Any(p => p.Process.Id == "ctr:network_test")), Is.EqualTo(("ctr:network_test", true, false)));
    }

    [Test]
    public void Up_to_27_a_veth_pair_takes_two_numbers_of_the_host_with_the_containers_end_first()
    {
        var host = new LabHost(V20).With("docker network create app", "docker run -d --name db --net app redis");

        Assert.That((host.Topology["db"].Find("eth0")!.Index, host.Topology["db"].Find("eth0")!.Peer!.Index), Is.EqualTo((5, 6)));
    }

    [Test]
    public void From_28_the_containers_end_is_the_second_interface_of_its_namespace()
    {
        var host = new LabHost(V28).With("docker network create app", "docker run -d --name db --net app redis");

        Assert.That((host.Topology["db"].Find("eth0")!.Index, host.Topology["db"].Find("eth0")!.Peer!.Index), Is.EqualTo((2, 5)));
    }

    [TestCase(true, 125)]
    [TestCase(false, 0)]
    public void An_ipvlan_endpoint_needs_a_kernel_that_knows_it(bool lacks, int exitCode)
    {
        var host = new LabHost(V28) { Lacks = lacks ? ["ipvlan"] : [] }.With("docker network create -d ipvlan --subnet 10.70.0.0/24 -o parent=up0 -o ipvlan_mode=l3 ipl3");

        Assert.That(host.Run("docker run -d --name l3 --net ipl3 lab/tools sleep 1d").ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public void A_range_gives_its_own_first_address_and_leaves_out_auxiliary_ones()
    {
        var host = new LabHost(V28).With("docker network create --subnet 10.10.0.0/16 --ip-range 10.10.5.0/24 --aux-address a=10.10.5.2 r",
            "docker run -d --name a1 --net r lab/busybox", "docker run -d --name a2 --net r lab/busybox");

        Assert.That(new[] { "a1", "a2" }.Select(c => host.Inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.Gateway}}{{end}}", c)), Is.EqualTo(new[] { "10.10.5.1 10.10.5.0", "10.10.5.3 10.10.5.0" }));
    }

    [Test]
    public void A_static_address_is_not_reserved_while_its_container_is_stopped()
    {
        var host = new LabHost(V28).With("docker network create --subnet 10.1.0.0/24 s", "docker run -d --name aa --net s --ip 10.1.0.9 lab/busybox", "docker stop -t 0 aa", "docker run -d --name bb --net s --ip 10.1.0.9 lab/busybox");

        Assert.That(host.Run("docker start aa").Error, Does.StartWith("Error response from daemon: failed to set up container networking: Address already in use"));
    }

    [Test]
    public void A_container_that_could_not_publish_its_port_starts_once_the_port_is_free()
    {
        var host = new LabHost(V20).With("docker run -d --name p1 -p 8080:80 lab/web");
        host.Run("docker run -d --name p2 -p 8080:80 lab/web");

        host.With("docker rm -f p1", "docker start p2");

        Assert.That(host.Run("docker port p2").Output, Is.EqualTo("80/tcp -> 0.0.0.0:8080\n80/tcp -> :::8080\n"));
    }

    [Test]
    public void An_internal_network_publishes_nothing_and_gives_no_default_route()
    {
        var host = new LabHost(V28).With("docker network create --internal i", "docker run -d --name cc --net i -p 80 lab/web");

        Assert.That((host.Run("docker port cc").Output, host.Topology["cc"].Routes.Routes.Count(r => r.Destination.IsAll)), Is.EqualTo(("", 0)));
    }

    [Test]
    public void Renaming_moves_the_name_in_dns_at_once()
    {
        var host = new LabHost(V28).With("docker network create app", "docker run -d --name old --net app lab/web", "docker rename old new");

        Assert.That((host.Topology.Names.Addresses("app", "old").Count, host.Topology.Names.Addresses("app", "new").Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_container_that_goes_leaves_nothing_behind()
    {
        var host = new LabHost(V28).With("docker network create app");
        int interfaces = host.Topology["host"].Interfaces.Count;

        host.With("docker run -d --name cc --net app -p 80 --network-alias x lab/web", "docker rm -f cc");

        Assert.That((host.Topology.Find("cc"), host.Topology["host"].Interfaces.Count, host.Topology.Leases.Count, host.Topology.Names.Names.Count, host.Topology["host"].Sockets.Count, host.Topology.Files.Count),
            Is.EqualTo((default(NetSim.Model.Topology.NetworkNamespace), interfaces, 0, 0, 0, 0)));
    }

    [Test]
    public void A_process_that_ends_releases_its_address_and_a_restart_policy_starts_it_again()
    {
        var host = new LabHost(V28).With("docker run -d --name cc --restart always lab/web");

        foreach (var change in host.Engine.ProcessEnded("ctr:cc", 1, host.View)) host.Apply(change);

        Assert.That(host.Inspect("{{.State.Status}} {{.RestartCount}} {{.NetworkSettings.IPAddress}}", "cc"), Is.EqualTo("running 1 172.17.0.2"));
    }

    [Test]
    public void A_container_run_with_rm_is_gone_when_its_process_ends()
    {
        var host = new LabHost(V28);
        host.Run("docker run --rm --name cc lab/web true");

        foreach (var change in host.Engine.ProcessEnded("ctr:cc", 0, host.View)) host.Apply(change);

        Assert.That(host.Run("docker ps -aq").Output, Is.Empty);
    }

    [Test]
    public void A_flag_that_is_not_modelled_is_named_in_a_warning()
    {
        Assert.That(new LabHost(V28).Run("docker run -d --memory 5m lab/web").Warnings, Is.EqualTo(new[] { "docker run --memory is not modelled" }));
    }

    [Test]
    public void Without_the_userland_proxy_ports_are_hairpins_and_no_proxy_runs()
    {
        var host = new LabHost(V28, "{\"userland-proxy\":false}").With("docker run -d --name cc -p 80 lab/web");

        Assert.That((host.Topology["cc"].Find("eth0")!.Peer!.Hairpin, host.Topology["host"].Processes.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public void The_same_seed_makes_the_same_changes()
    {
        string[] lines = ["docker network create app", "docker run -d --name cc --net app -p 80 lab/web", "docker restart -t 0 cc"];
        var first = new LabHost(V28).With(lines).Changes.ConvertAll(c => c.ToString());
        var second = new LabHost(V28).With(lines).Changes.ConvertAll(c => c.ToString());

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Settings_that_are_not_modelled_are_named() =>
        Assert.That(EngineSettings.Parse("{\"mtu\": 1450, \"swarm-default-advertise-addr\": \"x\"}").Warnings, Is.EqualTo(new[] { "daemon.json: \"swarm-default-advertise-addr\" is not modelled" }));

    [TestCase("{\"bip\": \"10.0.0.1\"}")]
    [TestCase("{\"mtu\": \"big\"}")]
    [TestCase("[]")]
    [TestCase("{")]
    public void A_daemon_json_that_dockerd_would_not_take_is_bad_input(string json) =>
        Assert.That(() => EngineSettings.Parse(json), Throws.TypeOf<NetSim.Model.Input.InputException>());
}
