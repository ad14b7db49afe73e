using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

public sealed partial class FolderTests
{
    private static IEnumerable<string> Rooms => House.Rooms;

    /// <summary>Records at a room's top are what its callers fill in; its folders may name them.</summary>
    [TestCaseSource(nameof(Rooms))]
    public void Folders_of_a_room_do_not_go_round_in_circles(string room)
    {
        if (Plan.OneLayer.ContainsKey(room)) return;
        var settings = House.Types(room).Where(t => t.Namespace == $"NetSim.{room}" && t.GetMethod("<Clone>$") is not null).Select(t => t.FullName!).ToHashSet(StringComparer.Ordinal);
        var uses = Buildings.Uses.Where(u => Buildings.RoomOf(u.FromSpace) == room && Buildings.RoomOf(u.ToSpace) == room && !settings.Contains(u.To))
            .Select(u => (From: Folder(u.FromSpace), To: Folder(u.ToSpace), Use: u)).Where(u => u.From != u.To).ToList();

        var circles = Circles.Find(uses.Select(u => (u.From, u.To))).Where(c => !Plan.MutualUse.ContainsKey($"{room}: {c}")).ToList();

        Assert.That(circles, Is.Empty, House.Lines(uses.Select(u => $"{u.From} -> {u.To}: {u.Use}").DistinctBy(t => t.Split(':')[0])));
    }

    [TestCase("src")]
    [TestCase("tests")]
    public void A_namespace_is_the_folder(string top)
    {
        var wrong = from file in House.Code(top + "/")
                    let declared = Declared().Match(House.Text(file)).Groups[1].Value
                    let folder = string.Join('.', Path.GetDirectoryName(file)!.Replace('\\', '/').Split('/').Skip(1))
                    where declared.Length > 0 && declared != folder
                    select $"{file} declares {declared}";

        Assert.That(wrong, Is.Empty);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    /// <summary>"Stacks" of "NetSim.Simulation.Stacks.Tcp"; "" for what lies at the room's top.</summary>
    private static string Folder(string space) => space.Split('.') is [_, _, var folder, ..] ? folder : "";
}
