using NetSim.Analysis.Statistics;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Faults;

/// <summary>Faults in recordings of real engines: captures of every interface, and what docker and Linux said.</summary>
public sealed class RecordedFaultTests
{
    [TestCase("02-default-bridge", "name-on-default-bridge")]
    [TestCase("08-subnet-vs-routes", "subnet-overlap")]
    [TestCase("10-pool-exhausted", "pool-exhausted")]
    [TestCase("11-errors", "address-taken")]
    [TestCase("15-dns-records", "dns-no-name")]
    [TestCase("17-dns-options", "dns-search-storm")]
    [TestCase("18-dns-upstream-failing", "dns-servfail")]
    [TestCase("18-dns-upstream-failing", "dns-silent-upstream")]
    [TestCase("22-isolation", "different-networks")]
    [TestCase("23-icc-false-network", "icc-off")]
    [TestCase("25-publish", "published-elsewhere")]
    [TestCase("30-unreachable", "nothing-listens")]
    [TestCase("30-unreachable", "stale-address")]
    [TestCase("30-unreachable", "stale-arp")]
    [TestCase("38-iperf-loss", "tcp-loss")]
    [TestCase("39-restart-mid-connection", "slow-server")]
    public void A_fault_is_found_in_the_recordings_of_all_engines(string recording, string fault)
    {
        var without = new[] { "20.10.24", "26.1.5", "28.5.2" }.Where(e => !Catalogue.Of(Path.Combine(Tree.Recordings, e, recording + ".zip")).Findings.Any(f => f.Finding.Rule == fault && f.Finding.Severity >= Severity.Warning));

        Assert.That(without, Is.Empty);
    }

    [TestCase("20.10.24", "46-outside-direct", "port-not-published")]
    [TestCase("28.5.2", "46-outside-direct", "direct-routing")]
    [TestCase("20.10.24", "47-mac-address", "duplicate-mac")]
    public void A_fault_of_some_engines_is_found_in_their_recording(string engine, string recording, string fault)
    {
        var found = Catalogue.Of(Path.Combine(Tree.Recordings, engine, recording + ".zip")).Findings.Where(f => f.Finding.Severity >= Severity.Warning);

        Assert.That(found.Select(f => f.Finding.Rule), Does.Contain(fault));
    }

    /// <summary>Faults whose folder has a recording of their own scenario on a real engine.</summary>
    private static IEnumerable<string> Recorded => Catalogue.Names.Where(n => File.Exists(Catalogue.File(n, "recorded-20.10.24.zip")));

    [TestCaseSource(nameof(Recorded))]
    public void A_fault_is_found_where_a_real_engine_was_recorded_with_it(string fault) =>
        Assert.That(Catalogue.Of(Catalogue.File(fault, "recorded-20.10.24.zip")).Findings.Select(f => f.Finding.Rule), Does.Contain(fault));
}
