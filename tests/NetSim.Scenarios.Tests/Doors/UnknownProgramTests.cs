using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>What is said of programs and images that nothing is known of.</summary>
public sealed class UnknownProgramTests
{
    private const string Project = """
        name: shop
        services:
          web: { image: nginx:1.25, ports: ["8080:80"] }
          api: { build: ., command: sh -c "npm run migrate && npm start", expose: ["5000"] }
          db: { image: postgres:16 }
          thing: { image: mycorp/thing:2 }
        """;

    private string _folder = "";

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [TestCase("api:5000", "delivered", "shop-api-1 listens at 5000/tcp, since it is exposed", TestName = "An exposed port of an unknown program is taken to listen")]
    [TestCase("api:5001", "unknown", null, TestName = "Another port of an unknown program is not known")]
    [TestCase("thing:80", "unknown", null, TestName = "A port of an unknown image is not known")]
    [TestCase("db:5432", "delivered", null, TestName = "A well-known image listens at its port")]
    [TestCase("db:5433", "refused", null, TestName = "A well-known image listens nowhere else")]
    public async Task A_port_is_answered_as_far_as_it_is_known(string to, string verdict, string? assuming)
    {
        string file = Write(Project);

        var told = JsonNode.Parse((await Spoken.By("explain", file, "--from", "web", "--to", to, "--format", "json")).Output)!;

        Assert.That((told["verdict"]!.ToString(), told["assuming"]?[0]!.ToString()), Is.EqualTo((verdict, assuming)));
    }

    [Test]
    public async Task A_container_whose_script_is_not_modelled_runs_on()
    {
        string file = Write(Project + "\nx-netsim: { steps: [ { docker: \"inspect -f {{.State.Status}} shop-api-1\" } ] }\n");

        var said = await Spoken.By("run", file);

        Assert.That(said.Output, Does.Contain("running"));
    }

    [Test]
    public async Task Ports_that_a_bundle_exposes_are_taken_to_listen()
    {
        foreach (string f in new[] { "network-inspect.json", "container-inspect.json" }) File.Copy(Path.Combine(Recorded.Folder("28.5.2", "22-isolation"), f), Path.Combine(_folder, f));

        var told = JsonNode.Parse((await Spoken.By("explain", _folder, "--from", "host", "--to", "172.17.0.2:80", "--format", "json")).Output)!;

        Assert.That((told["verdict"]!.ToString(), told["assuming"]?[0]!.ToString()), Is.EqualTo(("delivered", "d1 listens at 80/tcp, since it is exposed")));
    }

    private string Write(string text)
    {
        string file = Path.Combine(_folder, "compose.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
