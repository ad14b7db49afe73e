using System.Text.Json.Nodes;
using System.Xml.Linq;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

public sealed class CheckTests
{
    private static string Isolation => Path.Combine(Recorded.Folder("28.5.2", "22-isolation"), "steps.sh");

    [Test]
    public async Task Contracts_that_hold_exit_with_0()
    {
        var said = await Spoken.By("check", Isolation, "--allow", "outside -> host:8080", "--deny", "a1 -> 172.19.0.2:80", "--deny", "a1 -> b1:80/tcp");

        Assert.That((said.ExitCode, said.Output.TrimEnd().Split('\n')[^1]), Is.EqualTo((0, "all 3 contracts hold")));
    }

    [Test]
    public async Task A_contract_that_is_broken_shows_its_path_and_exits_with_1()
    {
        var said = await Spoken.By("check", Isolation, "--deny", "host -> 172.19.0.2:80", "--format", "json");
        var contract = JsonNode.Parse(said.Output)!["contracts"]![0]!;

        Assert.That((said.ExitCode, contract["holds"]!.GetValue<bool>()), Is.EqualTo((1, false)));
        Assert.That(contract["path"]!.ToString(), Does.StartWith("host > b1 eth0"));
    }

    [Test]
    public async Task A_denied_name_is_denied_by_its_addresses_too()
    {
        string folder = Directory.CreateTempSubdirectory("netsim").FullName;
        string file = Path.Combine(folder, "two.sh");
        await File.WriteAllTextAsync(file, "docker run -d --name aa lab/tools sleep 1d\ndocker run -d --name bb lab/web\n");

        var said = await Spoken.By("check", file, "--deny", "aa -> bb:80");
        Directory.Delete(folder, recursive: true);

        Assert.That(said.ExitCode, Is.EqualTo(1), "the default bridge has no names, but its address is open");
    }

    [Test]
    public async Task A_file_of_contracts_and_both_reports_are_read_and_written()
    {
        string folder = Directory.CreateTempSubdirectory("netsim").FullName;
        string At(string name) => Path.Combine(folder, name);
        await File.WriteAllTextAsync(At("contracts.yaml"), "allow:\n  - outside -> host:8080\ndeny:\n  - host -> 172.19.0.2:80\n");

        var said = await Spoken.By("check", Isolation, "--contracts", At("contracts.yaml"), "--junit", At("j.xml"), "--sarif", At("s.json"), "--picture", At("p.svg"));
        var suite = XDocument.Load(At("j.xml")).Root!.Element("testsuite")!;
        var result = JsonNode.Parse(await File.ReadAllTextAsync(At("s.json")))!["runs"]![0]!["results"]![0]!;
        bool drawn = (await File.ReadAllTextAsync(At("p.svg"))).Contains("deny host -", StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);

        Assert.That((said.ExitCode, suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, result["ruleId"]!.ToString(), result["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!.GetValue<int>(), drawn),
            Is.EqualTo((1, "2", "1", "deny", 4, true)));
    }

    [TestCase("--allow", "web > db", "should read like web -> db:6379")]
    [TestCase("--deny", "web -> dbb:1", "did you mean \"db\"?")]
    [TestCase("--deny", "webb -> db:1", "did you mean \"web\"?")]
    [TestCase("--contracts", "/nowhere/c.yaml", "can't be read")]
    public async Task A_contract_that_is_none_gets_one_line(string option, string value, string hint)
    {
        var said = await Spoken.By("check", Path.Combine(Tree.Root, "scenarios/two-networks.yaml"), option, value);

        Assert.That(said.ExitCode, Is.EqualTo(3));
        Assert.That(said.Complaints.Last(), Does.Contain(hint));
    }
}
