using System.Text.Json;
using NetSim.Tests.Cli;
using NUnit.Framework;

namespace NetSim.Tests.Analysis;

public sealed class DiagnoseCommandTests
{
    private static string Capture(string name) => AnalysisRun.Capture(name);

    private static string Fault(string name) => Path.Combine(AnalysisRun.Capture(""), "../scenarios/faults", name, "scenario.yaml");

    [Test]
    public async Task The_answer_is_one_screen_with_sentence_proof_and_remedy()
    {
        var (code, output, _) = await UsageTests.Run($"diagnose {Fault("different-networks")}");

        var lines = output.TrimEnd().Split('\n');
        Assert.That((code, lines.Length <= 40, lines.Where(l => !l.Contains("scenario.yaml", StringComparison.Ordinal)).Max(l => l.Length) <= 125), Is.EqualTo((0, true, true)), output);
        Assert.That(output, Does.Contain("error   web can't resolve db").And.Contain("proof   ").And.Contain("remedy  docker network connect back web  (tried on the model: it helps)"));
    }

    [Test]
    public async Task Json_has_the_fields_that_others_rely_on()
    {
        var (_, output, _) = await UsageTests.Run($"diagnose {Fault("icc-off")} --format json");

        var finding = JsonDocument.Parse(output).RootElement.GetProperty("findings")[0];
        Assert.That((finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString(), finding.TryGetProperty("predicted", out _), finding.TryGetProperty("remedy", out _)), Is.EqualTo(("icc-off", "error", true, true)));
        Assert.That(finding.GetProperty("evidence").EnumerateArray().Select(e => string.Join(' ', e.EnumerateObject().Select(p => p.Name))).Distinct(), Is.SubsetOf(new[] { "file packet", "table row" }));
    }

    [TestCase("nothing-listens", "--fail-on error", 1)]
    [TestCase("nothing-listens", "", 0)]
    [TestCase("slow-network", "--fail-on error", 0)]
    [TestCase("slow-network", "--fail-on warning", 1)]
    [TestCase("proxy-hides-client", "--fail-on warning", 0)]
    public async Task The_exit_code_is_1_for_findings_as_bad_as_asked(string fault, string option, int expected)
    {
        var (code, _, _) = await UsageTests.Run($"diagnose {Fault(fault)} {option} --quiet");

        Assert.That(code, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_capture_alone_is_told_to_be_less_sure()
    {
        var (code, output, _) = await UsageTests.Run($"diagnose {Capture("analysis/wireshark-retrans.pcap")}");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("no bundle or scenario, so rules and tables are not known").And.Contain("[tcp-loss]").And.Contain("wireshark-retrans.pcap packets"));
    }

    [Test]
    public async Task Two_models_are_refused_with_3()
    {
        var (code, output, error) = await UsageTests.Run($"diagnose {Fault("icc-off")} {Fault("arp-conflict")}");

        Assert.That((code, output), Is.EqualTo((3, "")));
        Assert.That(error, Does.Contain("is a second model"));
    }
}
