using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

public sealed partial class ShapeTests
{
    /// <summary>Rooms that may print by themselves.</summary>
    private static readonly string[] Printers = ["src/NetSim.Cli/", "tests/NetSim.Benchmarks/"];

    private static IEnumerable<string> Rooms => House.Rooms;

    [TestCaseSource(nameof(Rooms))]
    public void A_class_is_sealed_or_static_or_abstract(string room)
    {
        var open = House.Types(room).Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract);

        Assert.That(open.Select(t => t.FullName), Is.Empty);
    }

    [TestCaseSource(nameof(Rooms))]
    public void A_struct_that_others_see_is_read_only(string room)
    {
        var mutable = House.Types(room).Where(t => t.IsVisible && t.IsValueType && !t.IsEnum && !t.IsDefined(typeof(IsReadOnlyAttribute), false));

        Assert.That(mutable.Select(t => t.FullName), Is.Empty);
    }

    [Test]
    public void Only_the_doors_write_to_the_console()
    {
        var loud = House.Code("src/").Where(f => !Printers.Any(p => f.StartsWith(p, StringComparison.Ordinal)) && ConsoleUse().IsMatch(House.Text(f)));

        Assert.That(loud, Is.Empty);
    }

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\.(Write|Out|Error|Read|In\b)")]
    private static partial Regex ConsoleUse();
}
