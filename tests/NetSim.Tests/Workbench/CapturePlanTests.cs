using NetSim.Docker.Engine;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NetSim.Scenarios.Worlds;
using NetSim.Workbench.Recording;
using NUnit.Framework;

namespace NetSim.Tests.Workbench;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CapturePlanTests
{
    private readonly Trace _trace = new();
    private readonly List<StepResult> _steps = [];
    private CaptureWish _wish = new();
    private long _now;

    [Test]
    public void A_capture_begins_at_the_next_command_after_its_interface_appeared()
    {
        Do(new ScenarioStep.Docker(1, "docker run", null, ["run"]), Plug("db", "veth1"));
        Do(new ScenarioStep.Sleep(2, "sleep 1", null, TimeSpan.FromSeconds(1)));
        Do(new ScenarioStep.Docker(3, "docker ps", null, ["ps"]));

        Assert.That(Points(), Is.EqualTo(new[] { "ctr.db.eth0 from 300", "veth.db.app from 300" }));
    }

    [Test]
    public void The_interface_of_a_second_start_has_a_number()
    {
        Do(new ScenarioStep.Docker(1, "docker run", null, ["run"]), Plug("db", "veth1"));
        Do(new ScenarioStep.Docker(2, "docker restart", null, ["restart"]), [new Change.NamespaceRemoved("db"), .. Plug("db", "veth2")]);
        Do(new ScenarioStep.Docker(3, "docker ps", null, ["ps"]));

        Assert.That(Points(), Is.EqualTo(new[] { "ctr.db.eth0 from 200 to 200", "veth.db.app from 200 to 200", "ctr.db.eth0.2 from 300", "veth.db.app.2 from 300" }));
    }

    [Test]
    public void What_appears_in_the_last_step_is_captured_after_it()
    {
        Do(new ScenarioStep.Docker(1, "docker run", null, ["run"]), Plug("db", "veth1"));

        Assert.That(Points(), Is.EqualTo(new[] { "ctr.db.eth0 from 200", "veth.db.app from 200" }));
    }

    [Test]
    public void Only_what_is_asked_for_is_captured()
    {
        _wish = new CaptureWish { Only = ["veth.*"] };
        Do(new ScenarioStep.Docker(1, "docker run", null, ["run"]), Plug("db", "veth1"));

        Assert.That(Points(), Is.EqualTo(new[] { "veth.db.app from 200" }));
    }

    private static List<Change> Plug(string name, string outer)
    {
        var mac = MacAddress.Parse("02:42:ac:12:00:02");
        return
        [
            new Change.NamespaceMade(name, NamespaceKind.Container, name),
            new Change.VethMade(name, new InterfaceSpec { Name = "eth0", Index = 5, Kind = InterfaceKind.Veth, Mac = mac }, "host", new InterfaceSpec { Name = outer, Index = 6, Kind = InterfaceKind.Veth }),
            new Change.EndpointSet(new EndpointFacts("app", name, name, "eth0", [], mac)),
            new Change.ContainerSet(new ContainerFacts(name, "id", "redis", "running", name, [], new Dictionary<string, string>())),
        ];
    }

    private void Do(ScenarioStep step, IReadOnlyList<Change>? changes = null)
    {
        _now += 100;
        int first = _trace.Changes.Count;
        foreach (var c in changes ?? []) _trace.Add(new SimTime(_now), c);
        _steps.Add(new StepResult(_steps.Count + 1, step, 0, "", "", new SimTime(_now), new SimTime(_now + 50), first, _trace.Changes.Count));
    }

    private IEnumerable<string> Points()
    {
        var run = new ScenarioResult
        {
            Scenario = new Scenario { File = "x.sh", World = WorldReader.Default, Capture = _wish },
            Engine = EngineVersion.Default,
            Trace = _trace,
            Topology = new Topology(),
            Steps = _steps,
            Books = [],
            Warnings = [],
            End = new SimTime(_now + 100),
        };
        return CapturePlan.Of(run).Select(p => $"{p.Name} from {p.From.Nanoseconds}{(p.Gone is { } g ? $" to {g.Nanoseconds}" : "")}");
    }
}
