using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

/// <summary>What lies in the tree, and that it speaks of itself alone.</summary>
public sealed partial class TreeTests
{
    private static readonly string[] TextEndings = [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".yaml", ".yml", ".json", ".sh", ".txt", ".editorconfig", ".gitignore", ".svg", ".html", ".js", ".css"];

    private static IEnumerable<string> Workshops => Plan.Workshops.Where(House.Rooms.Contains);

    [TestCase("README.md")]
    [TestCase("LICENSE")]
    [TestCase("CHANGELOG.md")]
    [TestCase("src/README.md")]
    [TestCase("captures/README.md")]
    [TestCase("tests/all")]
    public void The_house_has(string file) => Assert.That(House.Has(file));

    [TestCaseSource(nameof(Workshops))]
    public void A_workshop_says_what_it_leaves_out_and_how_it_knows(string room)
    {
        string file = $"src/NetSim.{room}/README.md";
        Assert.That(House.Has(file), $"{file} is missing");

        var headings = Heading().Matches(House.Text(file)).Select(m => m.Groups["name"].Value.Trim().TrimEnd('.').ToLowerInvariant()).ToList();

        Assert.That(headings.TakeLast(2), Is.EqualTo(new[] { "not modelled", "how we know" }));
    }

    [Test]
    public void No_file_knows_a_folder_of_somebodys_computer()
    {
        var wrong = Readable().SelectMany(f => AbsolutePath().Matches(House.Text(f)).Select(m => $"{f}: {m.Value}"));

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void No_work_is_left_as_a_remark()
    {
        var left = House.Code("").Where(f => f != "tests/NetSim.House.Tests/TreeTests.cs" && Remark().IsMatch(House.Text(f)));

        Assert.That(left, Is.Empty);
    }

    private static IEnumerable<string> Readable() => House.Files.Where(f => !f.Contains("/Recordings/", StringComparison.Ordinal) && (TextEndings.Contains(Path.GetExtension(f)) || Path.GetExtension(f).Length == 0));

    [GeneratedRegex(@"^#+ (?<name>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<![\w.$}/-])/(home/\w|root/|work/|Users/\w)|\bC:\\\\?\w")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"//\s*(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Remark();
}
