using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>Compose files at the door: files, profiles and names as options, bad files in one line, and the other verbs.</summary>
public sealed class ComposeDoorTests
{
    private string _folder = "";

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Files_profiles_variables_and_a_name_are_options()
    {
        string file = Write("compose.yaml", "services: { a: { image: \"${IMAGE}\" }, b: { image: redis, profiles: [more] } }\n");
        string over = Write("over.yaml", "services: { a: { hostname: over } }\n");
        string variables = Write("test.env", "IMAGE=redis\n");

        var spoken = await Spoken.By("run", file, "-f", over, "--profile", "more", "--env-file", variables, "--project-name", "mine");

        Assert.That((spoken.ExitCode, spoken.Error), Is.EqualTo((0, "")));
        Assert.That(spoken.Output, Does.Contain("docker create --name mine-a-1 --network mine_default --network-alias mine-a-1 --network-alias a --hostname over redis").And.Contain("Container mine-b-1  Started"));
    }

    [Test]
    public async Task A_folder_is_its_Compose_project()
    {
        Write("compose.yaml", "name: here\nservices: { a: { image: redis } }\n");

        Assert.That((await Spoken.By("run", _folder)).Output, Does.Contain("Container here-a-1  Started"));
    }

    [TestCase("services:\n  web: { image: redis, prots: [80] }\n", ":2:24: services.web.prots: additional properties 'prots' not allowed; did you mean \"ports\"?")]
    [TestCase("services:\n  web: { image: redis }\nx-netsim:\n  stpes: []\n", ":4: x-netsim has no key \"stpes\"; did you mean \"steps\"?")]
    [TestCase("services:\n  web: { image: redis }\nx-netsim:\n  expect:\n    - wbe -> web delivered\n", ":5: the expectation names \"wbe\", which is no container of this scenario; did you mean \"web\"?")]
    [TestCase("services: [\n", ":2:1: this is no valid YAML")]
    public async Task A_bad_file_is_refused_in_one_line(string text, string complaint)
    {
        string file = Write("compose.yaml", text);

        var spoken = await Spoken.By("run", file);

        Assert.That((spoken.ExitCode, spoken.Output, spoken.Complaints.Length), Is.EqualTo((3, "", 1)), spoken.Error);
        Assert.That(spoken.Error, Does.StartWith($"netsim: {file}{complaint}"));
    }

    [TestCase('[')]
    [TestCase('{')]
    public async Task Brackets_without_end_are_one_line_also_in_a_scenario(char bracket)
    {
        string file = Write("story.yaml", "steps: " + new string(bracket, 100_000));

        var spoken = await Spoken.By("run", file);

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
    }

    [Test]
    public async Task Files_and_profiles_mean_nothing_to_another_scenario()
    {
        var spoken = await Spoken.By("run", Path.Combine(Tree.Root, "scenarios/docker0.yaml"), "--profile", "x");

        Assert.That((spoken.ExitCode, spoken.Complaints.Length), Is.EqualTo((3, 1)), spoken.Error);
    }

    [Test]
    public async Task An_operation_that_fails_ends_the_project_and_is_a_result()
    {
        string file = Write("compose.yaml", "name: twice\nservices:\n  a: { image: lab/web, ports: [\"80:80\"] }\n  b: { image: lab/web, ports: [\"80:80\"] }\n");

        var spoken = await Spoken.By("run", file);

        Assert.That(spoken.ExitCode, Is.Zero);
        Assert.That(spoken.Output, Does.Contain("Container twice-b-1  Error").And.Contain("port is already allocated"));
    }

    [Test]
    public async Task A_job_that_fails_keeps_back_who_waits_for_it()
    {
        string file = Write("compose.yaml", "name: jobs\nservices:\n  job: { image: busybox, command: \"sh -c 'exit 3'\" }\n  app: { image: redis, depends_on: { job: { condition: service_completed_successfully } } }\n");

        var spoken = await Spoken.By("run", file);

        Assert.That(spoken.Output, Does.Contain("service \"job\" didn't complete successfully: exit 3").And.Not.Contain("Container jobs-app-1  Started"));
    }

    [Test]
    public async Task A_project_is_drawn_like_any_other_scenario()
    {
        string picture = Path.Combine(_folder, "map.svg");

        var spoken = await Spoken.By("picture", Path.Combine(Tree.Root, "scenarios/compose-shop.yaml"), "-o", picture);

        Assert.That(spoken.ExitCode == 0 ? await File.ReadAllTextAsync(picture) : spoken.Error, Does.Contain("shop-web-1"));
    }

    [Test]
    public async Task A_project_is_a_topology_for_captures()
    {
        string pcapng = Path.Combine(_folder, "shop.pcapng"), shop = Path.Combine(Tree.Root, "scenarios/compose-shop.yaml");
        await Spoken.By("run", shop, "--pcapng", pcapng);

        Assert.That((await Spoken.By("replay", pcapng, "--topology", shop)).ExitCode, Is.Zero);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
