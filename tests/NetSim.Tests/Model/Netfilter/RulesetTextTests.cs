using System.Text.RegularExpressions;
using NetSim.Model.Netfilter;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

public sealed partial class RulesetTextTests
{
    private static string Data => Folder.Tests("Model/Netfilter/Data");

    private static IEnumerable<string> Recordings => Directory.GetFiles(Data, "*.txt").Where(f => !f.Contains("counters", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    [TestCaseSource(nameof(Recordings))]
    public void What_a_real_engine_wrote_is_read_and_written_byte_for_byte(string file)
    {
        string text = File.ReadAllText(Path.Combine(Data, file));

        Assert.That(RulesetText.Write(RulesetText.Parse(text)), Is.EqualTo(text));
    }

    [TestCase("20-01-seed-webapp.counters.txt")]
    [TestCase("28-01-seed-webapp.counters.txt")]
    public void Counters_are_read_over(string file)
    {
        string text = File.ReadAllText(Path.Combine(Data, file));

        string without = PacketCounters().Replace(text, "[0:0]").Replace("[0:0] -A", "-A", StringComparison.Ordinal);
        Assert.That(RulesetText.Write(RulesetText.Parse(text)), Is.EqualTo(without));
    }

    [TestCase("-A FORWARD -j ACCEPT", "line 1")]
    [TestCase("*filter\n-A NOSUCH -j ACCEPT", "NOSUCH")]
    [TestCase("*fliter", "fliter")]
    [TestCase("*filter\n:FORWARD MAYBE [0:0]", "MAYBE")]
    [TestCase("*filter\n\n[3:180 -A FORWARD -j ACCEPT", "line 3")]
    public void Text_that_is_no_ruleset_is_refused_with_its_place(string text, string part)
    {
        var refused = Assert.Throws<FormatException>(() => RulesetText.Parse(text));

        Assert.That(refused.Message, Does.Contain(part));
    }

    [GeneratedRegex(@"\[\d+:\d+\]")]
    private static partial Regex PacketCounters();
}
