using NetSim.Model.Input;
using NetSim.Scenarios.Format;
using NUnit.Framework;

namespace NetSim.Tests.Scenarios;

public sealed class YamlScenarioTests
{
    private const string Start = "steps:\n  - docker network create frontend\n  - docker run -d --name db --net frontend lab/redis\n";

    [Test]
    public void An_unknown_network_names_file_line_and_the_nearest_name() =>
        Assert.That(Complaint(Start + "  - docker run -d --name web --net frontned lab/web\n"),
            Is.EqualTo("web.yaml:4: network \"frontned\" is not declared; did you mean \"frontend\"?"));

    [TestCase("  - docker exec bd true\n", "web.yaml:4: container \"bd\" is not declared; did you mean \"db\"?")]
    [TestCase("  - docker run -d --name db lab/web\n", "web.yaml:4: container \"db\" is there already; give it another name, or remove the first one before")]
    [TestCase("  - docker network create frontend\n", "web.yaml:4: network \"frontend\" is there already; give it another name, or remove the first one before")]
    [TestCase("  - dokcer ps\n", "web.yaml:4: \"dokcer ps\" should begin with docker, host, outside or sleep; did you mean \"docker\"?")]
    [TestCase("  - sleep soon\n", "web.yaml:4: \"sleep soon\" should name a time, such as sleep 2 or sleep 500ms")]
    [TestCase("  - { sya: hello, run: docker ps }\n", "web.yaml:4: a step has no key \"sya\"; did you mean \"say\"?")]
    [TestCase("  - { fault: { on: db, loss: many } }\n", "web.yaml:4: loss: should be a percentage such as 5%, but it is \"many\"")]
    [TestCase("expect:\n  - db -> db:99999 delivered\n", "web.yaml:5: the expectation \"db -> db:99999 delivered\" names port \"99999\"; a port is a number from 1 to 65535")]
    [TestCase("expect:\n  - dv -> db delivered\n", "web.yaml:5: the expectation names \"dv\", which is no container of this scenario; did you mean \"db\"?")]
    [TestCase("images:\n  x: { from: lab/tols }\n", "web.yaml:5: image \"x\" is made from \"lab/tols\", which is not in the catalogue; did you mean \"lab/tools\"?")]
    [TestCase("engine: 7\n", "web.yaml:4: \"7\" is no engine that NetSim models; it knows 20.10.24, 23.0.6, 24.0.9, 25.0.6, 26.1.5, 27.5.1, 28.5.2, 29.7.2")]
    public void A_mistake_is_told_in_one_line(string added, string complaint) =>
        Assert.That(Complaint(Start + added), Is.EqualTo(complaint));

    [TestCase("steps: [\n")]
    [TestCase("a: 1\na: 2\n")]
    [TestCase("- just\n- a list\n")]
    [TestCase("")]
    [TestCase("title: no steps\n")]
    public void What_is_no_scenario_is_refused(string text) =>
        Assert.That(() => ScenarioReader.Read("web.yaml", text), Throws.TypeOf<InputException>());

    [Test]
    public void A_step_that_may_fail_is_not_checked_beforehand() =>
        Assert.That(ScenarioReader.Read("web.yaml", Start + "  - { run: docker run --net nosuch lab/web, fails: true }\n").Steps, Has.Count.EqualTo(3));

    [Test]
    public void Names_for_the_outside_are_added_to_its_first_server()
    {
        var scenario = ScenarioReader.Read("web.yaml", "outside: { dns: { shop.test: 203.0.113.10 } }\n" + Start);

        Assert.That(scenario.World.Outside.Dns[0].Records.Select(r => r.Name), Does.Contain("shop.test").And.Contain("example.test"));
    }

    [Test]
    public void An_image_that_serves_exposes_its_port()
    {
        var scenario = ScenarioReader.Read("web.yaml", "images: { shop: { serves: [ { http: 8000 } ] } }\n" + Start);

        Assert.That(scenario.World.FindImage("shop:1.0")!.Facts.Exposed, Is.EqualTo(new[] { "8000/tcp" }));
    }

    [Test]
    public void Damaged_files_are_refused_and_never_break_the_reader()
    {
        for (int seed = 0; seed < 500; seed++)
            Assert.That(() => ReadOrRefuse(Damaged(seed)), Throws.Nothing, $"seed {seed}");
    }

    private static string Damaged(int seed)
    {
        const string odd = "{}[]:-#&*!|>'\"%@`\t\n a";
        var chance = new Random(seed);
        var text = (Start + "expect:\n  - db -> db:6379 delivered\n").ToCharArray();
        for (int i = 0; i < 6; i++) text[chance.Next(text.Length)] = odd[chance.Next(odd.Length)];
        return new string(text);
    }

    private static void ReadOrRefuse(string text)
    {
        try
        {
            ScenarioReader.Read("web.yaml", text);
        }
        catch (InputException)
        {
            return;
        }
    }

    private static string Complaint(string text) => Assert.Throws<InputException>(() => ScenarioReader.Read("web.yaml", text))!.Message;
}
