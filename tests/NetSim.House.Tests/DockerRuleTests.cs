using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

/// <summary>A rule of Docker's is not written from memory: its summary names the source, or the recorded case that proves it.</summary>
public sealed partial class DockerRuleTests
{
    /// <summary>Files there that hold no rule of Docker's, and why.</summary>
    private static readonly Dictionary<string, string> NoRules = new(StringComparer.Ordinal)
    {
        ["src/NetSim.Docker/Firewall/FirewallProgram.cs"] = "calls the rules in the daemon's order",
        ["src/NetSim.Docker/Firewall/FirewallSettings.cs"] = "what the rules are asked for",
    };

    private static IEnumerable<string> RuleFiles => House.Code("src/NetSim.Docker/Firewall/").Concat(House.Code("src/NetSim.Docker/Ipam/")).Where(f => !NoRules.ContainsKey(f)).DefaultIfEmpty("");

    [TestCaseSource(nameof(RuleFiles))]
    public void A_rule_of_Dockers_names_its_source(string file)
    {
        string summaries = file.Length == 0 ? "/// Source: moby v28.5.2 a.go" : string.Join('\n', House.Text(file).Split('\n').Where(l => l.TrimStart().StartsWith("///", StringComparison.Ordinal)));

        Assert.That(summaries, Does.Match(SourceLine().ToString()), $"{file} wants a line \"Source: moby vN.N.N path/file.go Symbol\" or \"recorded: case NN-name of engine N.N.N\" in a summary");
    }

    [GeneratedRegex(@"(?i)\bsources?\b[^\n]*(\.go\b|moby|docker/cli|linux|rfc)|\brecord(ed|ing)s?\b[^\n]*\d")]
    private static partial Regex SourceLine();
}
