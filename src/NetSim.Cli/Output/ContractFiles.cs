using System.Text.Json;
using System.Xml.Linq;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Exporting;

namespace NetSim.Cli.Output;

/// <summary>What became of contracts, in the forms that build servers read.</summary>
internal static class ContractFiles
{
    /// <summary>JUnit XML (the schema of Apache Ant's junitreport): one test case a contract.</summary>
    public static void JUnit(string path, string input, IReadOnlyList<JudgedContract> judged)
    {
        var cases = judged.Select(c => new XElement("testcase", new XAttribute("classname", input), new XAttribute("name", c.Contract.Text),
            c.Holds ? null : new XElement("failure", new XAttribute("message", c.Explanation.Reason ?? c.Explanation.Disposition.ToString().ToLowerInvariant()), c.Path)));
        var suite = new XElement("testsuite", new XAttribute("name", "netsim check"), new XAttribute("tests", judged.Count), new XAttribute("failures", judged.Count(c => !c.Holds)), new XAttribute("errors", 0), cases);
        Write(path, new XDocument(new XElement("testsuites", suite)).ToString());
    }

    /// <summary>SARIF 2.1.0: one result a contract that does not hold, at its line of the file of contracts or at the input.</summary>
    public static void Sarif(string path, string input, IReadOnlyList<JudgedContract> judged)
    {
        var results = judged.Where(c => !c.Holds).Select(c => new
        {
            ruleId = c.Contract.Allows ? "allow" : "deny",
            level = "error",
            message = new { text = $"{c.Contract.Text} does not hold: {c.Path}" },
            locations = new[] { new { physicalLocation = new { artifactLocation = new { uri = c.Contract.Line > 0 ? c.Contract.File : input }, region = new { startLine = Math.Max(1, c.Contract.Line) } } } },
        });
        var rules = new[]
        {
            new { id = "allow", shortDescription = new { text = "one end must reach another" } },
            new { id = "deny", shortDescription = new { text = "one end must not reach another" } },
        };
        var document = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new[] { new { tool = new { driver = new { name = "NetSim", version = typeof(ContractFiles).Assembly.GetName().Version?.ToString(3), rules } }, results } },
        };
        Write(path, JsonSerializer.Serialize(document, JsonAnswer.AsNamed));
    }

    private static void Write(string path, string text) => WholeFile.Write(path, s => s.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n")));
}
