using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NUnit.Framework;

namespace NetSim.Tests.Scenarios;

public sealed class FaultRunTests
{
    private const string Start = """
        steps:
          - docker network create app
          - docker run -d --name web --net app lab/web
          - docker run -d --name cli --net app lab/tools sleep 1d
          - docker run -d --name other --net app lab/tools sleep 1d

        """;

    [Test]
    public void A_cut_cable_lets_a_connect_time_out() =>
        Assert.That(Last("fault: { cut: web }", "run: docker exec cli curl -sS -m 2 http://web/").ExitCode, Is.EqualTo(28));

    [Test]
    public void What_is_cut_for_a_while_comes_back() =>
        Assert.That(Last("fault: { cut: web, for: 1500ms }", "run: docker exec cli curl -sS -m 5 http://web/").ExitCode, Is.Zero);

    [Test]
    public void A_link_that_is_down_lets_nothing_through() =>
        Assert.That(Last("fault: { link: down, on: web }", "run: docker exec cli ping -c 1 -W 1 web").ExitCode, Is.EqualTo(1));

    [Test]
    public void A_link_that_is_up_again_works_as_before() =>
        Assert.That(Last("fault: { link: down, on: web }", "fault: { link: up, on: web }", "run: docker exec cli ping -c 1 -W 1 web").ExitCode, Is.Zero);

    [Test]
    public void A_resolver_that_is_down_refuses_and_names_are_not_found() =>
        Assert.That(Last("fault: { resolver: down, on: cli }", "run: docker exec cli curl -sS -m 9 http://web/").ExitCode, Is.EqualTo(6));

    [Test]
    public void A_healed_resolver_answers() =>
        Assert.That(Last("fault: { resolver: down, on: cli }", "fault: { heal: all }", "run: docker exec cli curl -sS -m 9 http://web/").ExitCode, Is.Zero);

    [TestCase("cli", "web", 28)]
    [TestCase("other", "web", 0)]
    public void A_partition_parts_only_those_it_names(string from, string to, int code) =>
        Assert.That(Last("fault: { partition: [cli, web] }", $"run: docker exec {from} curl -sS -m 2 http://{to}/").ExitCode, Is.EqualTo(code));

    [Test]
    public void A_killed_container_has_exited_with_137() =>
        Assert.That(Last("fault: { kill: web }", "run: docker inspect -f '{{.State.ExitCode}}' web").Output, Is.EqualTo("137\n"));

    [Test]
    public void A_container_is_killed_while_a_later_step_waits_for_it() =>
        Assert.That(Last("fault: { kill: web, after: 2s }", "run: docker exec cli ping -c 4 -W 1 web").Output, Does.Contain("4 packets transmitted, 2 received"));

    [Test]
    public void Of_an_address_taken_twice_neighbours_believe_who_spoke_last() =>
        Assert.That(Last("run: docker exec cli ping -c 1 web", "sleep: 2", "fault: { address: 172.18.0.2, on: other }", "run: docker exec cli ip neigh show 172.18.0.2", "run: docker exec cli curl -sS -m 2 http://web/").ExitCode, Is.EqualTo(7));

    [Test]
    public void A_fault_where_there_is_no_interface_is_a_warning_with_its_line() =>
        Assert.That(Run("fault: { cut: web, interface: eth7 }").Warnings, Is.EqualTo(new[] { "web.yaml:6: web has no interface eth7" }));

    [Test]
    public void An_impaired_link_delays_both_ways()
    {
        var run = ScenarioRun.Run(ScenarioReader.Read("x.sh", "docker network create app\ndocker run -d --name cli --net app lab/tools sleep 1d\ndocker run -d --name srv --net app lab/tools sleep 1d\n#@ impair cli eth0 delay=10 loss=0 seed=7\ndocker exec cli ping -c 2 srv\n"), new RunSettings());

        Assert.That(run.Steps[^1].Output, Does.Match(@"icmp_seq=2 ttl=64 time=20\.\d"));
    }

    private static StepResult Last(params string[] steps) => Run(steps).Steps[^1];

    private static ScenarioResult Run(params string[] steps) =>
        ScenarioRun.Run(ScenarioReader.Read("web.yaml", Start + string.Concat(steps.Select(s => $"  - {s}\n"))), new RunSettings());
}
