using System.Text;
using System.Xml.Linq;
using NetSim.Rendering;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class SvgTests
{
    [Test]
    public void A_tiny_scene_is_written_as_people_would_write_it()
    {
        var sheet = new Sheet("cards");
        sheet.Rect(new(8, 8, 64, 24), 8, new(new(0xFFFFFF), new(0xD3D7DE)));
        sheet.Way([new(10, 40), new(40, 40), new(40, 60)], 8, new(null, new(0x7C8492), 1.5, Round: true));
        sheet.Circle(new(60, 50), 5, new(new(0x123EBE)));
        sheet.Text(new(14, 25), "db & co", TextStyle.Strong(17), new(0x15181E));

        string svg = SvgWriter.Write(new(80, 64, "A card", new(0xF3F4F6), [sheet]));

        Assert.That(svg, Is.EqualTo("""
            <svg xmlns="http://www.w3.org/2000/svg" width="80" height="64" viewBox="0 0 80 64" role="img">
            <title>A card</title>
            <style>text{white-space:pre;font-family:Inter,sans-serif}.m{font-family:"JetBrains Mono",monospace}</style>
            <rect width="80" height="64" fill="#F3F4F6"/>
            <g id="cards">
            <rect x="8" y="8" width="64" height="24" rx="8" fill="#FFFFFF" stroke="#D3D7DE"/>
            <path d="M10 40L32 40Q40 40 40 48L40 60" fill="none" stroke="#7C8492" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>
            <circle cx="60" cy="50" r="5" fill="#123EBE"/>
            <text x="14" y="25" font-size="17" font-weight="600" fill="#15181E" textLength="TEXTLENGTH">db &amp; co</text>
            </g>
            </svg>

            """.Replace("TEXTLENGTH", Svg.Number(FontBook.Measure("db & co", TextStyle.Strong(17))), StringComparison.Ordinal)));
    }

    [Test]
    public void The_map_is_small_and_well_formed()
    {
        byte[] bytes = PictureFile.Encode(MapPicture.Draw(SeedStory.Make(), new() { Title = "a < b & \"c\" \u0001" }), ".svg")!;

        var document = XDocument.Parse(Encoding.UTF8.GetString(bytes));

        Assert.That((bytes.Length < 80_000, document.Descendants().Count(e => e.Name.LocalName == "text") > 60), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_sheet_of_paper_that_hides_a_line_is_no_complaint_but_a_bare_line_is()
    {
        var sheet = new Sheet("words");
        sheet.Line(new(20, 45), new(180, 45), new(null, new(0)), guarded: true);
        sheet.Text(new(40, 50), "crossed", TextStyle.Sans(16), new(0));

        Assert.That(SceneLint.Complaints(new(200, 100, "", new(0xFFFFFF), [sheet])), Has.Count.EqualTo(1).And.Some.Contains("line through"));
    }

    [Test]
    public void Overlapping_texts_are_found()
    {
        var sheet = new Sheet("words");
        sheet.Text(new(40, 50), "one", TextStyle.Sans(16), new(0));
        sheet.Text(new(50, 52), "another", TextStyle.Sans(16), new(0));

        Assert.That(SceneLint.Complaints(new(200, 100, "", new(0xFFFFFF), [sheet])), Has.Count.EqualTo(1).And.Some.Contains("overlap"));
    }
}
