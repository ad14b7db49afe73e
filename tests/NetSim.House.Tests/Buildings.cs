using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using NUnit.Framework;

namespace NetSim.House.Tests;

/// <summary>The types of all rooms and what they depend on, read from the built assemblies.</summary>
internal static class Buildings
{
    /// <summary>All built rooms.</summary>
    public static Architecture Architecture { get; } = new ArchLoader().LoadAssemblies(House.Rooms.Where(House.IsBuilt).Select(House.Assembly).ToArray()).Build();

    /// <summary>Every use of one type by another, as full names with their namespaces; a use inside one type is left out.</summary>
    public static IReadOnlyList<Use> Uses { get; } = Architecture.Types.Where(t => t.FullName.StartsWith("NetSim", StringComparison.Ordinal))
        .SelectMany(t => t.Dependencies.Select(d => new Use(Space(t), t.FullName, Space(d.Target), d.Target.FullName)))
        .Where(u => u.From != u.To).Distinct().OrderBy(u => u.From, StringComparer.Ordinal).ThenBy(u => u.To, StringComparer.Ordinal).ToList();

    /// <summary>"Simulation" of "NetSim.Simulation.Stacks"; null for what is not ours.</summary>
    public static string? RoomOf(string space)
    {
        var parts = space.Split('.');
        return parts is ["NetSim", var room, ..] ? room : null;
    }

    /// <summary>The namespace of a type, also of one that is nested or only referenced.</summary>
    private static string Space(IType type)
    {
        if (!string.IsNullOrEmpty(type.Namespace?.FullName)) return type.Namespace.FullName;
        string name = type.FullName.Split('+', '/', '<')[0];
        return name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : "";
    }

    /// <summary>Type <paramref name="From"/> names type <paramref name="To"/>.</summary>
    internal sealed record Use(string FromSpace, string From, string ToSpace, string To)
    {
        public override string ToString() => $"{From} uses {To}";
    }
}

public sealed class BuildingTests
{
    [Test]
    public void Every_room_of_src_is_built_and_looked_at() =>
        Assert.That(House.Rooms.Where(r => !House.IsBuilt(r)), Is.Empty, "the project file of these tests must reach every room");

    [Test]
    public void Every_room_of_src_stands_in_the_plan() =>
        Assert.That(House.Rooms, Is.SubsetOf(Plan.MayUse.Keys));

    [Test]
    public void The_uses_that_the_other_tests_judge_are_found() =>
        Assert.That(Buildings.Uses.Select(u => u.To), Has.Some.EqualTo("NetSim.Model.Tracing.Change").And.Some.StartsWith("QuikGraph."));
}
