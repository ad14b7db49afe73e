using System.Xml.Linq;
using NUnit.Framework;

namespace NetSim.House.Tests;

public sealed class PackageTests
{
    private static readonly List<XElement> Versions = XDocument.Parse(House.Text("Directory.Packages.props")).Descendants("PackageVersion").ToList();

    private static IEnumerable<string> Homes => Plan.PackageHomes.Select(p => p.Package);

    private static IEnumerable<string> Packages => Versions.Select(v => v.Attribute("Include")!.Value);

    [TestCaseSource(nameof(Homes))]
    public void A_package_is_seen_by_its_own_room_alone(string package)
    {
        var (_, space, places) = Plan.PackageHomes.First(p => p.Package == package);

        var strangers = Buildings.Uses.Where(u => Below(u.ToSpace, space) && !places.Any(p => Below(u.FromSpace, p)));

        Assert.That(strangers.Select(u => u.ToString()), Is.Empty, $"{package} belongs to {string.Join(" and ", places)}");
    }

    [TestCaseSource(nameof(Homes))]
    public void A_package_is_referred_to_by_its_own_project_alone(string package)
    {
        var homes = Plan.PackageHomes.First(p => p.Package == package).Places.Select(p => string.Join('.', p.Split('.').Take(2)));

        var projects = House.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal)
            && References(f).Any(r => r.Attribute("Include")?.Value == package)).Select(f => Path.GetFileNameWithoutExtension(f));

        Assert.That(projects, Is.SubsetOf(homes));
    }

    [Test]
    public void Every_package_of_src_has_a_home_in_the_plan()
    {
        var named = House.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal)).SelectMany(References).Select(r => r.Attribute("Include")!.Value).Distinct();

        Assert.That(named, Is.SubsetOf(Homes));
    }

    [Test]
    public void Versions_stand_in_one_place_alone()
    {
        var elsewhere = House.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Where(f => References(f).Any(r => r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null));

        Assert.That(elsewhere, Is.Empty);
    }

    [TestCaseSource(nameof(Packages))]
    public void A_version_is_one_version(string package)
    {
        string version = Versions.First(v => v.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

        Assert.That(version, Does.Match(@"^\d+\.\d+(\.\d+){0,2}$"));
    }

    [TestCaseSource(nameof(Packages))]
    public void A_dependency_has_its_reason_in_the_plan_of_src(string package) =>
        Assert.That(House.Text("src/README.md").Split('\n').Where(l => l.StartsWith('|')), Has.Some.Contains($"`{package}`"));

    private static IEnumerable<XElement> References(string project) => XDocument.Parse(House.Text(project)).Descendants("PackageReference");

    private static bool Below(string space, string top) => space == top || space.StartsWith(top + ".", StringComparison.Ordinal);
}
