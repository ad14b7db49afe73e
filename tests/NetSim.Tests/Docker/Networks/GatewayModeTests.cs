using NetSim.Docker.Engine;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Networks;

/// <summary>Gateway modes and other things of newer engines. Expected values are recorded of 20.10.24, 26.1.5 and 28.5.2.</summary>
public sealed class GatewayModeTests
{
    private const string Routed = "docker network create -o com.docker.network.bridge.gateway_mode_ipv4=routed rt";

    [TestCase("26.1.5", "80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n")]
    [TestCase("28.5.2", "80/tcp -> 0.0.0.0:\n80/tcp -> [::]:8080\n")]
    public void A_routed_port_takes_none_of_the_hosts_where_the_engine_knows_the_mode(string engine, string shown)
    {
        var host = Host(engine);
        host.Run(Routed);
        host.Run("docker run -d --name r1 --net rt -p 8080:80 lab/web");

        Assert.That(host.Run("docker port r1").Output, Is.EqualTo(shown));
    }

    [TestCase("20.10.24", "com.docker.network.bridge.gateway_mode_ipv4=isolated", 0)]
    [TestCase("26.1.5", "com.docker.network.bridge.gateway_mode_ipv4=foo", 0)]
    [TestCase("28.5.2", "com.docker.network.bridge.gateway_mode_ipv4=foo", 1)]
    public void A_mode_is_looked_at_from_27(string engine, string option, int exitCode) =>
        Assert.That(Host(engine).Run($"docker network create -o {option} x").ExitCode, Is.EqualTo(exitCode));

    [TestCase("docker network create --ipv4=false x", "unknown flag: --ipv4\nSee 'docker network create --help'.\n")]
    [TestCase("docker network connect --gw-priority 5 bridge c", "unknown flag: --gw-priority\nSee 'docker network connect --help'.\n")]
    [TestCase("docker run -d --network name=bridge,gw-priority=1 lab/web", "invalid argument \"name=bridge,gw-priority=1\" for \"--network\" flag: invalid field key gw-priority\nSee 'docker run --help'.\n")]
    public void The_client_of_26_does_not_know_the_flags_of_28(string line, string error)
    {
        var result = Host("26.1.5").Run(line);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((125, error)));
    }

    [Test]
    public void A_refused_option_costs_a_subnet_of_the_row_up_to_26()
    {
        var host = Host("26.1.5");
        host.Run("docker network create -o com.docker.network.bridge.enable_icc=maybe b1");
        host.Run("docker network create n");

        Assert.That(host.Run("docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' n").Output, Is.EqualTo("172.19.0.0/16\n"));
    }

    private static LabHost Host(string engine) => new(EngineVersion.TryParse(engine, out var version) ? version : throw new ArgumentException(engine));
}
