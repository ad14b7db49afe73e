using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Ladders;

/// <summary>The ladder as a still.</summary>
internal static class LadderPicture
{
    private const int Usual = 52;
    private const double WidestSentence = 460, LeastWidth = 1080, UsualWidth = 1240;

    /// <summary>Draws a trace.</summary>
    public static Scene Draw(ITraceReader trace, PictureOptions options)
    {
        var index = TraceIndex.Of(trace);
        var plan = PlanFold.Of(trace, index);
        var now = index.TopologyAt(trace.Count - 1);
        var names = new Names(now, plan.NameOf);
        var page = LadderPage.Of(index, plan, names, Focus(index, plan, options), Budget(options));
        var columns = LadderColumns.Of(page, plan, now);
        var layer = new LadderLayer(options.Theme, page, columns, new(index.Start));
        double said = page.Items.Select(i => i switch { LadderItem.Arrow a => a.Sentence, LadderItem.Swap s => s.Sentence, _ => "" }).Select(s => FontBook.Measure(s, TextStyle.Sans(13))).DefaultIfEmpty(0).Max();
        double width = Math.Ceiling(Math.Max(LeastWidth, layer.SayX + 22 + Math.Clamp(said, 200, WidestSentence) + 60));
        List<Sheet> sheets = [.. layer.Draw(width), Words(index, page, options, (width, layer.Bottom))];
        string title = options.Title.Length > 0 ? $"Ladder: {options.Title}" : "Ladder";
        return new(width, Math.Ceiling(layer.Bottom) + 58, title, options.Theme.Canvas, sheets);
    }

    private static (PacketEntry? Focus, long? Row) Focus(TraceIndex index, MapPlan plan, PictureOptions options)
    {
        if (options.At is not { } time) return (TellingInstant.Choose(index, plan.IsBetweenContainers), null);
        long row = index.RowAt(time);
        return (index.Shown.LastOrDefault(e => e.FirstRow <= row) ?? (index.Shown.Count > 0 ? index.Shown[0] : null), row);
    }

    /// <summary>So many rows as a page of that shape holds.</summary>
    private static int Budget(PictureOptions options) => options.Size is not { } size ? Usual
        : (int)Math.Clamp((UsualWidth * size.Height / size.Width - 320) / LadderLayer.Step, 10, 120);

    private static Sheet Words(TraceIndex index, LadderPage page, PictureOptions options, (double Width, double Bottom) at)
    {
        var sheet = new Sheet("header");
        double ledger = HeaderLayer.Ledger(sheet, options.Theme, page.Ledger, at.Width - Tokens.Page);
        HeaderLayer.Titles(sheet, options.Theme, options.Title.Length > 0 ? options.Title : "Ladder", options.Title.Length > 0 ? "as a ladder" : "one column for each namespace", ledger);
        int folded = page.Items.OfType<LadderItem.Arrow>().Count(a => !a.Continues && a.Group.Packets.Count > 1);
        string note = index.Shown.Count == 0 ? "No packet was recorded."
            : "Arrows run from interface to interface; a bridged frame passes the host without a change." + (folded == 0 ? "" : $" {Spans.Count(folded, "row")} stand{(folded == 1 ? "s" : "")} for several packets each.");
        sheet.Fitted(new(Tokens.Page, at.Bottom + 32), note, TextStyle.Sans(13), options.Theme.Second, at.Width - 2 * Tokens.Page);
        return sheet;
    }
}
