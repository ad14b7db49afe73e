using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;
using NetSim.Wire.Inspection;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class ThemeTests
{
    [Test]
    public void Words_stand_out_from_every_paper([Values("light", "dark")] string name)
    {
        var t = Theme.Find(name)!;
        Colour[] words = [t.Words, t.Second, t.Third, t.Accent, t.Drop, .. Enum.GetValues<PacketClass>().Select(t.Hue)], papers = [t.Card, t.Room, t.Canvas, t.Building];

        var weak = words.SelectMany(w => papers.Select(p => (w, p))).Where(c => c.w.ContrastTo(c.p) < 4.5);

        Assert.That(weak, Is.Empty);
    }

    [Test]
    public void Lines_stand_out_from_every_surface_they_lie_on([Values("light", "dark")] string name)
    {
        var t = Theme.Find(name)!;

        Assert.That(new[] { t.Card, t.Room, t.Canvas, t.Building, t.Floor }.Select(p => t.Wire.ContrastTo(p)), Is.All.GreaterThanOrEqualTo(3.0));
    }

    [Test]
    public void What_is_written_on_floors_can_be_read([Values("light", "dark")] string name)
    {
        var t = Theme.Find(name)!;

        Assert.That(new[] { t.Words, t.Second, t.Third }.Select(w => w.ContrastTo(t.Floor)), Is.All.GreaterThanOrEqualTo(4.5));
    }

    [Test]
    public void Each_protocol_has_a_hue_of_its_own([Values("light", "dark")] string name)
    {
        Assert.That(Theme.Find(name)!.Hues, Is.Unique.And.Count.EqualTo(Enum.GetValues<PacketClass>().Length));
    }
}
