using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Scenarios.Format;
using NUnit.Framework;

namespace NetSim.Tests.Scenarios;

public sealed class FaultReaderTests
{
    private const string Start = "steps:\n  - docker run -d --name web lab/web\n  - docker run -d --name db lab/web\n";

    [Test]
    public void Troubles_of_a_cable_stand_side_by_side() =>
        Assert.That(Plan("{ on: db, loss: 5%, delay: 20ms, jitter: 5ms, rate: 10mbit, queue: 50, way: in, seed: 3 }"), Is.EqualTo(new FaultPlan.OnLink("db", "", FaultWay.In,
            new LinkFault { Loss = 0.05, Delay = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(5), BitsPerSecond = 10_000_000, QueueFrames = 50, Seed = 3 })));

    [TestCase("{ link: down, on: db }", "link of db down")]
    [TestCase("{ cut: db, for: 2s }", "cut the cable of db, for 2s")]
    [TestCase("{ partition: [web, db], after: 500ms }", "partition web | db, after 500ms")]
    [TestCase("{ resolver: down, on: web }", "resolver of web down")]
    [TestCase("{ kill: web }", "kill web")]
    [TestCase("{ kill: nginx, on: web }", "kill nginx of web")]
    [TestCase("{ address: 172.17.0.2, on: db, interface: eth0 }", "db eth0 takes 172.17.0.2 as well")]
    [TestCase("{ heal: all }", "heal all")]
    [TestCase("{ on: db, loss: 5%, delay: 20ms }", "fault on db: loss 5%, delay 20ms")]
    public void A_fault_reads_as_a_command(string yaml, string command) => Assert.That(Step(yaml).Command, Is.EqualTo(command));

    [TestCase("{ on: db }", "web.yaml:4: a fault should say what goes wrong: one of link, cut, partition, resolver, kill, address, heal, or some of loss, delay, jitter, duplicate, reorder, corrupt, rate, queue")]
    [TestCase("{ on: db, reorder: 5% }", "web.yaml:4: reorder: needs a delay:, which those frames skip")]
    [TestCase("{ on: db, rate: fast }", "web.yaml:4: rate: should be a rate such as 10mbit (from 1kbit to 1000gbit), but it is \"fast\"")]
    [TestCase("{ on: db, delay: 1ms, jitter: 2ms }", "web.yaml:4: jitter: should not be more than delay:, from which it is taken away or added")]
    [TestCase("{ partition: [web] }", "web.yaml:4: partition: should be a list of containers, or of lists of them, that no longer reach each other: [web, db] or [[web, cache], [db]]")]
    [TestCase("{ kill: web, for: 2s }", "web.yaml:4: for: has no meaning here; this can't be undone")]
    [TestCase("{ cut: bd }", "web.yaml:4: container \"bd\" is not declared; did you mean \"db\"?")]
    [TestCase("{ on: db, lost: 5% }", "web.yaml:4: a fault has no key \"lost\"; did you mean \"loss\"?")]
    public void A_mistake_is_told_in_one_line(string yaml, string complaint) =>
        Assert.That(() => Step(yaml), Throws.TypeOf<InputException>().With.Message.EqualTo(complaint));

    private static ScenarioStep.Fault Step(string yaml) => (ScenarioStep.Fault)ScenarioReader.Read("web.yaml", Start + $"  - fault: {yaml}\n").Steps[2];

    private static FaultPlan Plan(string yaml) => Step(yaml).Plan;
}
