using NetSim.Analysis.Rules;
using NetSim.Analysis.Statistics;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Faults;

/// <summary>Each fault of the catalogue is found where it is made, and nowhere else.</summary>
public sealed class FaultTests
{
    private static IEnumerable<string> Names => Catalogue.Names;

    /// <summary>Faults that nobody suffers from: they are told as notes.</summary>
    private static readonly HashSet<string> Notes = ["proxy-hides-client", "packet-too-big"];

    [Test]
    public void The_catalogue_has_thirty_faults_and_more() => Assert.That(Catalogue.Names, Has.Count.AtLeast(30));

    [TestCaseSource(nameof(Names))]
    public void A_fault_is_found_in_its_scenario(string fault)
    {
        var found = Catalogue.Of(Catalogue.File(fault, "scenario.yaml")).Findings.Where(f => f.Finding.Rule == fault);

        Assert.That(found.Select(f => f.Finding.Severity), Has.Some.AtLeast(Notes.Contains(fault) ? Severity.Note : Severity.Warning));
    }

    [TestCaseSource(nameof(Names))]
    public void Nothing_else_is_found_in_its_scenario(string fault)
    {
        var others = Catalogue.Of(Catalogue.File(fault, "scenario.yaml")).Findings.Where(f => f.Finding.Severity >= Severity.Warning && f.Finding.Rule != fault && !Catalogue.Besides(fault).Contains(f.Finding.Rule));

        Assert.That(others.Select(f => $"{f.Finding.Rule}: {f.Finding.Sentence}"), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void A_finding_names_what_proves_it_and_what_mends_it(string fault)
    {
        var found = Catalogue.Of(Catalogue.File(fault, "scenario.yaml")).Findings.First(f => f.Finding.Rule == fault);

        Assert.That((found.Finding.Evidence.Count, found.Remedy is not null), Is.EqualTo((Math.Max(1, found.Finding.Evidence.Count), true)));
    }

    [TestCaseSource(nameof(Names))]
    public void A_fault_is_explained_to_a_learner(string fault)
    {
        string text = File.ReadAllText(Catalogue.File(fault, "README.md"));

        Assert.That(text, Does.StartWith("# ").And.Contain("**Mend it:**").And.Contain($"Found as `{fault}`"));
    }

    [TestCaseSource(nameof(Names))]
    public void A_fault_is_one_that_a_diagnosis_knows(string fault) => Assert.That(Diagnoses.Names, Does.Contain(fault));
}
