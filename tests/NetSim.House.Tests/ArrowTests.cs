using System.Xml.Linq;
using NUnit.Framework;

namespace NetSim.House.Tests;

public sealed class ArrowTests
{
    private static IEnumerable<string> Rooms => House.Rooms;

    [TestCaseSource(nameof(Rooms))]
    public void A_project_refers_to_the_rooms_of_the_plan_alone(string room)
    {
        var project = XDocument.Parse(House.Text($"src/NetSim.{room}/NetSim.{room}.csproj"));

        var named = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')).Replace("NetSim.", "", StringComparison.Ordinal));

        Assert.That(named, Is.SubsetOf(Plan.MayUse[room]));
    }

    [TestCaseSource(nameof(Rooms))]
    public void Code_names_types_of_the_rooms_of_the_plan_alone(string room)
    {
        bool door = room is "Cli" or "Web";

        var wrong = Buildings.Uses.Where(u => Buildings.RoomOf(u.FromSpace) == room && Buildings.RoomOf(u.ToSpace) is { } to && to != room && !Plan.MayUse[room].Contains(to)
            && !(door && Plan.HandedOut.Contains(u.ToSpace)));

        Assert.That(wrong.Select(u => u.ToString()), Is.Empty, $"{room} may use {string.Join(", ", Plan.MayUse[room])}");
    }

    [Test]
    public void The_arrows_run_one_way()
    {
        var circles = Circles.Find(Plan.MayUse.SelectMany(m => m.Value.Select(to => (m.Key, to))));

        Assert.That(circles, Is.Empty);
    }
}
