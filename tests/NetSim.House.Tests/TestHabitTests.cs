using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

public sealed partial class TestHabitTests
{
    [Test]
    public void No_test_is_skipped()
    {
        var skipping = House.Code("tests/").Where(f => f != "tests/NetSim.House.Tests/TestHabitTests.cs" && Skip().IsMatch(House.Text(f)));

        Assert.That(skipping, Is.Empty, "what can't run counts as failed");
    }

    [Test]
    public void A_tests_name_is_a_sentence()
    {
        var words = from file in House.Code("tests/")
                    from Match m in TestMethod().Matches(House.Text(file))
                    where m.Groups[1].Value.Count(c => c == '_') < 2
                    select $"{file}: {m.Groups[1].Value}";

        Assert.That(words, Is.Empty);
    }

    [GeneratedRegex(@"\[\s*(Ignore|Explicit|Platform)\b|\b(Ignore|Explicit)\s*=|Assert\.(Ignore|Inconclusive|Pass)\b|Assume\.That|#if\s+false")]
    private static partial Regex Skip();

    [GeneratedRegex(@"\[(?:Test|TestCase|TestCaseSource)\b[^\n]*\]\s*\n\s*public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex TestMethod();
}
