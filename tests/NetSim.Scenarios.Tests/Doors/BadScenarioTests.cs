using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>A scenario that can't be meant is refused in one line with file, place and what would be right.</summary>
public sealed class BadScenarioTests
{
    private const string Good = "title: A story\nsteps:\n  - run: docker network create app\n  - run: docker run -d --name db --net=app redis\n";
    private string _folder = "";

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [TestCase("stpes:\n  - run: docker network create app\n", 1, "steps", TestName = "A misspelt key is named with the right one")]
    [TestCase(Good + "  - rnu: docker port db\n", 5, "run", TestName = "A misspelt key of a step is named with the right one")]
    [TestCase(Good + "  - run: docker run -d --name web --net=ap lab/web\n", 5, "app", TestName = "An unknown network is named with the nearest")]
    [TestCase(Good + "  - run: docker run -d --name db --net=app lab/web\n", 5, "already", TestName = "A duplicate name is refused")]
    [TestCase(Good + "  - run: docker exec bd ping -c 1 db\n", 5, "db", TestName = "An unknown container is named with the nearest")]
    [TestCase(Good + "expect:\n  - bd -> db delivered\n", 6, "db", TestName = "An expectation about a stranger is refused")]
    [TestCase(Good + "expect:\n  - db -> db deliverd\n", 6, "delivered", TestName = "A misspelt outcome is named with the right one")]
    [TestCase("engine: \"19\"\n" + Good, 1, "20.10", TestName = "An engine that is not modelled is named with those that are")]
    [TestCase(Good + "   - run: docker ps\n", 5, "", TestName = "A line that is indented wrongly is named")]
    [TestCase("steps: [\n", 2, "", TestName = "YAML that does not end is named")]
    public async Task One_line_says_where_and_what_would_be_right(string text, int line, string hint)
    {
        string file = Path.Combine(_folder, "story.yaml");
        await File.WriteAllTextAsync(file, text);

        var spoken = await Spoken.By("run", file);

        Assert.That((spoken.ExitCode, spoken.Output, spoken.Complaints.Length), Is.EqualTo((3, "", 1)), spoken.Error);
        Assert.That(spoken.Error, Does.StartWith($"netsim: {file}:{line}").And.Contain(hint));
    }

    [TestCase("", TestName = "An empty file is no scenario")]
    [TestCase("\u0000\u0001\u0002", TestName = "Bytes are no scenario")]
    [TestCase("just a sentence", TestName = "A sentence is no scenario")]
    public async Task What_is_no_scenario_is_refused_in_one_line(string text)
    {
        string file = Path.Combine(_folder, "story.yaml");
        await File.WriteAllTextAsync(file, text);

        var spoken = await Spoken.By("run", file);

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
    }

    [Test]
    public async Task A_missing_file_is_named()
    {
        var spoken = await Spoken.By("run", Path.Combine(_folder, "nowhere.yaml"));

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
        Assert.That(spoken.Error, Does.Contain("nowhere.yaml"));
    }

    [Test]
    public async Task A_folder_is_no_scenario()
    {
        var spoken = await Spoken.By("run", _folder);

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
    }

    [TestCase("rnu", "run")]
    [TestCase("dcotor", "doctor")]
    public async Task A_misspelt_verb_is_wrong_usage_and_named_with_the_right_one(string verb, string right)
    {
        var spoken = await Spoken.By(verb);

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((2, 1)), spoken.Error);
        Assert.That(spoken.Error, Does.Contain(right));
    }

    [Test]
    public async Task An_unknown_option_is_wrong_usage()
    {
        var spoken = await Spoken.By("run", "scenarios/app-network.yaml", "--pcpang", "x.pcapng");

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((2, 1)), spoken.Error);
        Assert.That(spoken.Error, Does.Contain("--pcapng"));
    }

    [Test]
    public async Task Nothing_is_written_when_the_scenario_is_bad()
    {
        string file = Path.Combine(_folder, "story.yaml"), into = Path.Combine(_folder, "out.pcapng");
        await File.WriteAllTextAsync(file, Good + "  - run: docker run --net=ap redis\n");

        await Spoken.By("run", file, "--pcapng", into);

        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { file }));
    }

    [TestCase("--pcapng", "out.pcapng")]
    [TestCase("--trace", "out.jsonl")]
    [TestCase("--picture", "out.png")]
    [TestCase("--record", "out")]
    public async Task A_place_that_can_not_be_written_is_named_in_one_line(string option, string name)
    {
        string file = Path.Combine(_folder, "story.yaml"), into = Path.Combine(_folder, "story.yaml", name);
        await File.WriteAllTextAsync(file, Good);

        var spoken = await Spoken.By("run", file, option, into, "--quiet");

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((4, 1)), spoken.Error);
        Assert.That(spoken.Error, Does.Contain(into));
    }

    [TestCase("--pcapng")]
    [TestCase("--picture")]
    public async Task A_folder_where_a_file_should_be_written_is_named(string option)
    {
        string file = Path.Combine(_folder, "story.yaml");
        await File.WriteAllTextAsync(file, Good);

        var spoken = await Spoken.By("run", file, option, _folder, "--quiet");

        Assert.That(spoken.ExitCode, Is.Not.Zero);
        Assert.That(spoken.Complaints, Has.Length.EqualTo(1), spoken.Error);
    }
}
