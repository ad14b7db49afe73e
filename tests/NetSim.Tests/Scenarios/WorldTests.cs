using NetSim.Model.Routing;
using NetSim.Scenarios.Worlds;
using NUnit.Framework;

namespace NetSim.Tests.Scenarios;

public sealed class WorldTests
{
    [TestCase("redis")]
    [TestCase("redis:7")]
    [TestCase("docker.io/library/redis")]
    public void An_image_is_found_with_or_without_registry_and_tag(string name) =>
        Assert.That(WorldReader.Default.FindImage(name)?.Facts.Exposed, Is.EqualTo(new[] { "6379/tcp" }));

    [Test]
    public void A_command_line_of_an_image_has_a_behaviour() =>
        Assert.That(WorldReader.Default.FindImage("lab/webapp")!.Programs.Bindings.Select(b => (string.Join(' ', b.Command), b.Behaviour)), Does.Contain(("python3 /app/webapp.py", "web-counter")));

    [Test]
    public void The_outside_drops_one_network_and_refuses_another() =>
        Assert.That(WorldReader.Default.Outside.Routes.Select(r => r.Type), Is.EqualTo(new[] { RouteType.Blackhole, RouteType.Unreachable, RouteType.Unicast }));

    [Test]
    public void A_DNS_server_of_the_outside_is_a_command_line_of_dnsmasq() =>
        Assert.That(WorldReader.Default.Outside.Dns[1].ToCommand(), Does.Contain("--listen-address=203.0.113.53").And.Contain("--local-ttl=60").And.Contain("--host-record=alt.test,203.0.113.153"));
}
