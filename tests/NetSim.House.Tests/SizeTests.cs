using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

public sealed partial class SizeTests
{
    [Test]
    public void A_file_has_400_lines_at_most()
    {
        var long_ = House.Code("").Select(f => (File: f, Lines: House.Text(f).Count(c => c == '\n'))).Where(f => f.Lines > 400);

        Assert.That(long_.Select(f => $"{f.File}: {f.Lines} lines"), Is.Empty);
    }

    [Test]
    public void A_method_has_40_lines_at_most_and_the_build_says_so()
    {
        string rules = House.Text(".editorconfig");

        Assert.That(rules, Does.Contain("dotnet_diagnostic.MA0051.severity = warning").And.Contain("MA0051.maximum_lines_per_method = 40"));
    }

    [Test]
    public void Warnings_are_errors() =>
        Assert.That(House.Text("Directory.Build.props"), Does.Contain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>"));

    [Test]
    public void Nobody_turns_the_limits_off_in_code()
    {
        var loose = House.Code("").Where(f => f != "tests/NetSim.House.Tests/SizeTests.cs" && Suppression().IsMatch(House.Text(f)));

        Assert.That(loose, Is.Empty);
    }

    [GeneratedRegex(@"pragma warning disable[^\n]*(MA0051|CS1591|RS0030|CS86)|SuppressMessage\([^)]*(MA0051|RS0030)")]
    private static partial Regex Suppression();
}
