using NetSim.Docker.Compose;
using NetSim.Docker.Engine;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

/// <summary>What stands in the engine's books once a project is up.</summary>
public sealed class UpTests
{
    private static readonly EngineVersion V20 = new(20, 10, 24);
    private static readonly EngineVersion V28 = new(28, 5, 2);

    private const string Shop = """
        services:
          web: { image: lab/web, ports: ["8080:80"], networks: { front: , side: { aliases: [w] }, back: { aliases: [www], ipv4_address: 10.5.0.9 } }, depends_on: [db], hostname: www1 }
          db: { image: redis, networks: [back] }
        networks:
          front:
          side:
          back: { internal: true, ipam: { config: [{ subnet: 10.5.0.0/24, gateway: 10.5.0.1, ip_range: 10.5.0.128/25, aux_addresses: { printer: 10.5.0.2 } }] }, driver_opts: { com.docker.network.bridge.name: br-back }, labels: { tier: data } }
        """;

    [Test]
    public void Networks_come_first_then_containers_then_their_start_in_order_of_dependence() =>
        Assert.That(Projects.Up(new LabHost(V28), Projects.Load(Shop), new ComposeChoice()), Is.EqualTo(new[]
        {
            "Network shop_back Created", "Network shop_front Created", "Network shop_side Created", "Container shop-db-1 Created", "Container shop-web-1 Created", "Container shop-db-1 Started", "Container shop-web-1 Started",
        }));

    [Test]
    public void An_engine_that_takes_one_network_connects_the_others_afterwards() =>
        Assert.That(Projects.Up(new LabHost(V20), Projects.Load(Shop), new ComposeChoice()), Has.Some.EqualTo("Container shop-web-1 Connected"));

    [TestCase("20.10.24")]
    [TestCase("26.1.5")]
    [TestCase("28.5.2")]
    public void A_container_has_its_own_name_its_services_and_its_aliases_on_each_network(string engine)
    {
        var host = Projects.Up(Projects.Load(Shop), Version(engine));

        string aliases = host.Inspect("{{range $n, $e := .NetworkSettings.Networks}}{{$n}}={{join $e.Aliases \",\"}} {{end}}", "shop-web-1");

        Assert.That(aliases.Split(' '), Has.One.StartsWith("shop_back=shop-web-1,web,www").And.One.StartsWith("shop_front=shop-web-1,web"));
    }

    [TestCase("{{index .NetworkSettings.Networks \"shop_back\" | json}}", "\"IPAMConfig\":{\"IPv4Address\":\"10.5.0.9\"}")]
    [TestCase("{{index .NetworkSettings.Networks \"shop_front\" | json}}", "\"IPAMConfig\":null")]
    [TestCase("{{index .NetworkSettings.Networks \"shop_side\" | json}}", "\"IPAMConfig\":{}")]
    [TestCase("{{.HostConfig.NetworkMode}}", "shop_back")]
    [TestCase("{{json .HostConfig.PortBindings}}", "{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"8080\"}]}")]
    [TestCase("{{.Config.Hostname}}", "www1")]
    [TestCase("{{index .Config.Labels \"com.docker.compose.project\"}}", "shop")]
    [TestCase("{{index .Config.Labels \"com.docker.compose.service\"}}", "web")]
    [TestCase("{{index .Config.Labels \"com.docker.compose.container-number\"}}", "1")]
    [TestCase("{{index .Config.Labels \"com.docker.compose.depends_on\"}}", "db:service_started:false")]
    [TestCase("{{index .Config.Labels \"com.docker.compose.project.working_dir\"}}", "/srv/shop")]
    [TestCase("{{index .Config.Labels \"com.docker.compose.project.config_files\"}}", "/srv/shop/compose.yaml")]
    public void Inspect_shows_what_Compose_asked_for(string format, string part) => Assert.That(Projects.Up(Projects.Load(Shop), V28).Inspect(format, "shop-web-1"), Does.Contain(part));

    [TestCase("{{index .Labels \"com.docker.compose.network\"}} {{.Labels.tier}}", "back data")]
    [TestCase("{{.Internal}} {{(index .IPAM.Config 0).IPRange}} {{(index .IPAM.Config 0).Gateway}}", "true 10.5.0.128/25 10.5.0.1")]
    [TestCase("{{index .Options \"com.docker.network.bridge.name\"}}", "br-back")]
    public void Network_inspect_shows_what_Compose_asked_for(string format, string text) => Assert.That(Projects.Up(Projects.Load(Shop), V28).Run($"docker network inspect -f '{format}' shop_back").Output.TrimEnd(), Is.EqualTo(text));

    [Test]
    public void Names_of_services_are_published_on_the_networks() =>
        Assert.That(Projects.Up(Projects.Load(Shop), V28).Topology.Names.Names.Where(n => n.Network == "shop_back").Select(n => n.Name), Is.SupersetOf(new[] { "shop-web-1", "web", "www", "www1", "shop-db-1", "db" }));

    [Test]
    public void Replicas_share_the_service_s_name() =>
        Assert.That(Projects.Up(Projects.Load("services: { a: { image: lab/web, deploy: { replicas: 3 } } }"), V28).Topology.Names.Names.Count(n => n.Name == "a"), Is.EqualTo(3));

    [Test]
    public void A_service_without_networks_is_on_the_default_one() =>
        Assert.That(Projects.Up(Projects.Load("services: { a: { image: redis } }"), V28).Inspect("{{json .NetworkSettings.Networks}}", "shop-a-1"), Does.StartWith("{\"shop_default\":"));

    [TestCase("bridge", "bridge")]
    [TestCase("host", "host")]
    [TestCase("none", "none")]
    public void A_network_mode_is_the_engine_s_own(string mode, string shown) =>
        Assert.That(Projects.Up(Projects.Load($"services: {{ a: {{ image: redis, network_mode: {mode} }} }}"), V28).Inspect("{{.HostConfig.NetworkMode}}", "shop-a-1"), Is.EqualTo(shown));

    [Test]
    public void A_service_can_live_in_the_network_of_another()
    {
        var host = Projects.Up(Projects.Load("services: { a: { image: lab/tools, network_mode: \"service:b\" }, b: { image: redis } }"), V28);

        Assert.That(host.Inspect("{{.HostConfig.NetworkMode}}", "shop-a-1"), Is.EqualTo("container:" + host.Inspect("{{.Id}}", "shop-b-1")));
    }

    [Test]
    public void Links_become_names_of_the_endpoint_and_an_order_of_start()
    {
        var host = Projects.Up(Projects.Load("services: { a: { image: lab/tools, links: [\"z:store\"] }, z: { image: redis } }"), V28);

        Assert.That(host.Inspect("{{range .NetworkSettings.Networks}}{{join .Links \" \"}}{{end}}", "shop-a-1"), Is.EqualTo("shop-z-1:store shop-z-1:z-1 shop-z-1:shop-z-1"));
    }

    [Test]
    public void Settings_of_names_and_of_the_kernel_reach_the_container() =>
        Assert.That(Projects.Up(Projects.Load("services: { a: { image: redis, dns: [9.9.9.9], dns_search: [x.test], dns_opt: [ndots:2], extra_hosts: { h: 1.2.3.4 }, sysctls: [net.ipv4.ip_forward=1], cap_add: [NET_ADMIN], domainname: d.test, restart: on-failure:3, expose: [\"5000-5001\"] } }"), V28)
            .Inspect("{{.HostConfig.Dns}} {{.HostConfig.DnsSearch}} {{.HostConfig.DnsOptions}} {{.HostConfig.ExtraHosts}} {{.HostConfig.Sysctls}} {{.HostConfig.CapAdd}} {{.Config.Domainname}} {{.HostConfig.RestartPolicy.Name}}:{{.HostConfig.RestartPolicy.MaximumRetryCount}} {{json .Config.ExposedPorts}}", "shop-a-1"),
            Is.EqualTo("[9.9.9.9] [x.test] [ndots:2] [h:1.2.3.4] map[net.ipv4.ip_forward:1] [NET_ADMIN] d.test on-failure:3 {\"5000/tcp\":{},\"5001/tcp\":{},\"6379/tcp\":{}}"));

    [Test]
    public void The_network_of_the_highest_priority_is_the_first_one() =>
        Assert.That(Projects.Up(Projects.Load("services: { a: { image: redis, networks: { x: , y: { priority: 5, interface_name: side0 } } } }\nnetworks: { x: , y: }"), V28).Inspect("{{.HostConfig.NetworkMode}}", "shop-a-1"), Is.EqualTo("shop_y"));

    [Test]
    public void An_interface_s_name_wants_a_new_engine() =>
        Assert.That(() => Projects.Up(Projects.Load("services: { a: { image: redis, networks: { x: { interface_name: side0 } } } }\nnetworks: { x: }"), new EngineVersion(26, 1, 5)), Throws.Exception.With.Message.Contains("interface_name requires Docker Engine v28.1 or later"));

    [Test]
    public void An_external_network_is_used_and_must_be_there()
    {
        var project = Projects.Load("services: { a: { image: redis, networks: [x] } }\nnetworks: { x: { external: true, name: outer } }");
        var host = new LabHost(V28).With("docker network create outer");

        var done = Projects.Up(host, project, new ComposeChoice());

        Assert.That((done.Count, ComposeEngine.PlanUp(new LabHost(V28).Engine, project, new ComposeChoice()).Error), Is.EqualTo((2, "network outer declared as external, but could not be found")));
    }

    [Test]
    public void What_is_up_and_unchanged_stays()
    {
        var host = Projects.Up(Projects.Load(Shop), V28);

        Assert.That(Projects.Up(host, Projects.Load(Shop), new ComposeChoice()), Is.EqualTo(new[] { "Container shop-db-1 Running", "Container shop-web-1 Running" }));
    }

    [Test]
    public void What_has_changed_is_made_anew_under_its_name()
    {
        var host = Projects.Up(Projects.Load("services: { a: { image: redis } }"), V28);
        string before = host.Inspect("{{.Id}}", "shop-a-1");

        Projects.Up(host, Projects.Load("services: { a: { image: redis, environment: { A: 1 } } }"), new ComposeChoice());

        Assert.That((host.Inspect("{{.Id}}", "shop-a-1") != before, host.Inspect("{{.State.Status}} {{.Config.Env}}", "shop-a-1"), host.Run("docker ps -aq").Output.Split('\n').Length - 1), Is.EqualTo((true, "running [A=1]", 1)));
    }

    [Test]
    public void Scaling_down_takes_the_last_ones()
    {
        var host = Projects.Up(Projects.Load("services: { a: { image: redis, scale: 3 } }"), V28);

        Projects.Up(host, Projects.Load("services: { a: { image: redis, scale: 3 } }"), new ComposeChoice { Scale = new Dictionary<string, int> { ["a"] = 1 } });

        Assert.That(host.Run("docker ps -a --format '{{.Names}}'").Output, Is.EqualTo("shop-a-1\n"));
    }

    [Test]
    public void Down_takes_users_before_what_they_use_and_networks_last()
    {
        var project = Projects.Load(Shop);
        var host = Projects.Up(project, V28);

        var done = Projects.Do(host, ComposeEngine.PlanDown(host.Engine, project, new ComposeChoice()));

        Assert.That(done, Is.EqualTo(new[] { "Container shop-web-1 Stopped", "Container shop-web-1 Removed", "Container shop-db-1 Stopped", "Container shop-db-1 Removed", "Network shop_back Removed", "Network shop_front Removed", "Network shop_side Removed" }));
    }

    [Test]
    public void What_waits_goes_last_so_that_nobody_waits_in_vain()
    {
        var plan = ComposeEngine.PlanUp(new LabHost(V28).Engine, Projects.Load("services: { job: { image: redis }, a: { image: redis, depends_on: { job: { condition: service_completed_successfully } } }, z: { image: redis } }"), new ComposeChoice());

        Assert.That(plan.Operations.Where(o => o.Done is "Started" or "Exited").Select(o => $"{o.Subject} {o.Done}"), Is.EqualTo(new[] { "Container shop-job-1 Started", "Container shop-z-1 Started", "Container shop-job-1 Exited", "Container shop-a-1 Started" }));
    }

    [Test]
    public void An_image_that_is_built_is_said_to_be_unknown_once_per_container()
    {
        var host = new LabHost(V28);
        var make = ComposeEngine.PlanUp(host.Engine, Projects.Load("services: { a: { build: . } }"), new ComposeChoice()).Operations.Single(o => o.Subject == "Container shop-a-1" && o.Done == "Created");
        foreach (var c in ComposeEngine.Execute(host.Engine, ComposeEngine.PlanUp(host.Engine, Projects.Load("services: { a: { build: . } }"), new ComposeChoice()).Operations[0], host.View).Changes) host.Apply(c);

        Assert.That(ComposeEngine.Execute(host.Engine, make, host.View).Warnings, Has.Exactly(1).StartsWith("service a is built: NetSim builds no images, so shop-a "));
    }

    [Test]
    public void The_docker_lines_that_are_told_make_the_same_network()
    {
        var host = new LabHost(V28);
        foreach (var o in ComposeEngine.PlanUp(host.Engine, Projects.Load(Shop), new ComposeChoice()).Operations) host.With("docker " + string.Join(' ', o.DockerLine));

        Assert.That(host.Inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{join .Aliases \",\"}} {{end}}", "shop-web-1"),
            Is.EqualTo(Projects.Up(Projects.Load(Shop), V28).Inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{join .Aliases \",\"}} {{end}}", "shop-web-1")));
    }

    private static EngineVersion Version(string text) => EngineVersion.TryParse(text, out var v) ? v : default;
}
