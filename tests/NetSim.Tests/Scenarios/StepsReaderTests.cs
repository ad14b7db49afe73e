using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Scenarios.Format;
using NUnit.Framework;

namespace NetSim.Tests.Scenarios;

public sealed class StepsReaderTests
{
    [Test]
    public void Directives_about_captures_hold_for_the_whole_file()
    {
        var scenario = ScenarioReader.Read("x.sh", "docker ps\n#@ capture host.*,ctr.c1.*\n#@ snaplen 96\n#@ maxpackets 1500\n#@ nopromisc\n");

        Assert.That(scenario.Capture, Is.EqualTo(new CaptureWish { Only = scenario.Capture.Only, SnapLength = 96, MaxPackets = 1500, Promiscuous = false })
            .And.Property(nameof(CaptureWish.Only)).EqualTo(new[] { "host.*", "ctr.c1.*" }));
    }

    [Test]
    public void Directives_about_a_moment_stand_at_their_place()
    {
        var scenario = ScenarioReader.Read("x.sh", "docker ps\n#@ snapshot before\n#@ daemon-restart\nsleep 1\n");

        Assert.That(scenario.Steps.Select(s => s.GetType().Name), Is.EqualTo(new[] { "Docker", "Snapshot", "DaemonRestart", "Sleep" }));
    }

    [Test]
    public void Impairment_is_read_with_its_units()
    {
        var scenario = ScenarioReader.Read("x.sh", "#@ impair cli eth0 delay=10 loss=1 seed=7\n");

        Assert.That(scenario.Steps[0], Is.EqualTo(new ScenarioStep.Fault(1, "#@ impair cli eth0 delay=10 loss=1 seed=7", null,
            new FaultPlan.Relay("cli", "eth0", new LinkFault { Delay = TimeSpan.FromMilliseconds(10), Loss = 0.01, Seed = 7 }))));
    }

    [Test]
    public void A_line_that_is_none_is_a_warning_with_its_place()
    {
        var scenario = ScenarioReader.Read("x.sh", "docker ps\niptables -F\n");

        Assert.That(scenario.Warnings, Is.EqualTo(new[] { "x.sh:2: \"iptables\" is no line that NetSim runs; lines begin with docker, host, outside or sleep" }));
    }

    [TestCase("#@ snapshto x\n", "x.sh:1: \"snapshto\" is no directive; did you mean \"snapshot\"?")]
    [TestCase("docker ps\n#@ daemon nonsense\n", "x.sh:2: what follows daemon should be a JSON object, such as {\"icc\":false}")]
    [TestCase("#@ snaplen many\n", "x.sh:1: what follows snaplen should be a number, but it is \"many\"")]
    [TestCase("docker ps 'a\n", "x.sh:1: a ' is opened and never closed")]
    public void A_wrong_directive_is_told_in_one_line(string text, string complaint) =>
        Assert.That(() => ScenarioReader.Read("x.sh", text), Throws.TypeOf<InputException>().With.Message.EqualTo(complaint));
}
