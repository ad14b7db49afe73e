using NetSim.Analysis.Statistics;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Faults;

/// <summary>Where nothing is wrong, nothing is found.</summary>
public sealed class HealthyTests
{
    private static readonly string[] Engines = ["20.10.24", "26.1.5", "28.5.2"];

    /// <summary>Stories, but for those that tell of what fails.</summary>
    private static IEnumerable<string> Stories => Tree.Files("scenarios", ".yaml").Where(f => f is not ("troubled-link.yaml" or "nftables.yaml")).Select(f => "scenarios/" + f);

    private static IEnumerable<string> Recordings => Engines.SelectMany(e => Tree.Files($"tests/Recordings/{e}", ".zip").Where(f => f[..2] is "01" or "03" or "05" or "13" or "40" or "43" or "50").Select(f => $"tests/Recordings/{e}/{f}"));

    /// <summary>Captures in which tshark too finds nothing: no flag of its TCP analysis, no reset, no failed name, no ICMP error.</summary>
    private static IEnumerable<string> Captures => new[] { "captures/dns-icmp.pcap" };

    [TestCaseSource(nameof(Stories))]
    [TestCaseSource(nameof(Recordings))]
    [TestCaseSource(nameof(Captures))]
    public void Nothing_is_wrong_there(string file)
    {
        var found = Catalogue.Of(Path.Combine(Tree.Root, file)).Findings.Where(f => f.Finding.Severity >= Severity.Warning);

        Assert.That(found.Select(f => $"{f.Finding.Rule}: {f.Finding.Sentence}"), Is.Empty);
    }
}
