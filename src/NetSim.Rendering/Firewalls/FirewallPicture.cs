using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Firewalls;

/// <summary>The firewall view as a still.</summary>
internal static class FirewallPicture
{
    /// <summary>Draws a trace, or the story that the options give.</summary>
    public static Scene Draw(ITraceReader trace, PictureOptions options)
    {
        var index = TraceIndex.Of(trace);
        var story = options.Firewall ?? FirewallFold.Of(index, PlanFold.Of(trace, index), options.At);
        return story is null ? Nothing(index, options) : Draw(story, index, options);
    }

    private static Scene Draw(FirewallStory story, TraceIndex index, PictureOptions options)
    {
        var theme = options.Theme;
        var layer = new FirewallLayer(theme, story);
        var sheets = layer.Draw();
        var caption = new Caption(story.Chapter, story.Sentence, story.Why);
        (string, string)? clock = story.Time is { } time ? new Clocks(index.Start).Of(time) : null;
        string engine = options.Engine.Length > 0 ? $"Docker Engine {options.Engine}, {(story.Phases.Any(p => p.Met.Any(m => m.Rule.Rule.Words is not null)) ? "nftables" : "iptables")}" : "";
        sheets.Add(Header(layer, story, options));
        sheets.Add(CaptionBand.Draw(theme, caption, engine, clock, (layer.Width, layer.Bottom)));
        return new(layer.Width, Math.Ceiling(layer.Bottom + CaptionBand.Height + 10), $"Firewall: {story.Sentence}", theme.Canvas, sheets);
    }

    private static Sheet Header(FirewallLayer layer, FirewallStory story, PictureOptions options)
    {
        var sheet = new Sheet("header");
        var t = options.Theme;
        double counter = Counter(sheet, layer, t);
        HeaderLayer.Titles(sheet, t, options.Title.Length > 0 ? options.Title : "Firewall", story.Space == "host" ? "one packet, every question the host asks of it, in order" : $"one packet, every question {story.Space} asks of it, in order", layer.Width - Tokens.Page - counter);
        return sheet;
    }

    /// <summary>22 rules met = 13 not about it + 7 jumps + 1 readdressed + 1 accepted.</summary>
    private static double Counter(Sheet sheet, FirewallLayer layer, Theme t)
    {
        var marks = layer.Marks;
        (RowMark[] Marks, string One, string Many)[] kinds =
        [
            ([RowMark.Skipped], "not about it", "not about it"), ([RowMark.Jump], "jump", "jumps"), ([RowMark.Return], "return", "returns"), ([RowMark.LookedUp], "noted", "noted"),
            ([RowMark.Readdressed], "readdressed", "readdressed"), ([RowMark.Accepted], "accepted", "accepted"), ([RowMark.Dropped], "dropped", "dropped"), ([RowMark.Rejected], "rejected", "rejected"),
        ];
        var runs = new List<(string, TextStyle, Colour)>();
        Put(marks.Count, marks.Count == 1 ? " rule met" : " rules met");
        foreach (var (which, one, many) in kinds)
        {
            int n = marks.Count(which.Contains);
            if (n == 0) continue;
            runs.Add((runs.Count == 2 ? " = " : " + ", TextStyle.Sans(12.5), t.Second));
            Put(n, " " + (n == 1 ? one : many));
        }
        return sheet.Runs(new(layer.Width - Tokens.Page, 46), runs, Anchor.End);

        void Put(int n, string word)
        {
            runs.Add((Spans.Number(n), TextStyle.MonoMedium(14), t.Words));
            runs.Add((word, TextStyle.Sans(12.5), t.Second));
        }
    }

    /// <summary>Honest where nothing is known: a capture shows packets and no rules.</summary>
    private static Scene Nothing(TraceIndex index, PictureOptions options)
    {
        var t = options.Theme;
        Sheet panel = new("panel"), words = new("words");
        panel.Rect(new(24, 72, 852, 168), 12, new(t.Building, t.CardEdge));
        HeaderLayer.Titles(words, t, options.Title.Length > 0 ? options.Title : "Firewall", "no rule was asked", 852);
        string why = index.Shown.Count == 0 ? "No packet was recorded, so no rule was asked about one." : "The recording shows packets and not the rules that judged them.";
        words.Text(new(48, 128), why, TextStyle.Strong(17), t.Words);
        words.Text(new(48, 158), "Name a scenario or a bundle, or map the capture onto one: netsim replay CAPTURE --topology BUNDLE.", TextStyle.Sans(13.5), t.Second);
        words.Text(new(48, 182), "To ask what would become of a packet, say from whom to whom: --from web --to db:6379.", TextStyle.Sans(13.5), t.Second);
        return new(900, 268, "Firewall: nothing is known of rules", t.Canvas, [panel, words]);
    }
}
