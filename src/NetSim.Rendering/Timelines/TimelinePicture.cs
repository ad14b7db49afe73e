using NetSim.Model.Tracing;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Timelines;

/// <summary>The timeline as a still.</summary>
internal static class TimelinePicture
{
    private const double Width = 1600;

    /// <summary>Draws a trace.</summary>
    public static Scene Draw(ITraceReader trace, PictureOptions options)
    {
        var index = TraceIndex.Of(trace);
        var plan = PlanFold.Of(trace, index);
        var names = new Names(index.TopologyAt(trace.Count - 1), plan.NameOf);
        var book = TimelineBook.Of(index, FlowPanel.Bins(Width), name => plan.Cards.SelectMany(c => c.Feet).FirstOrDefault(f => f.HostEnd == name)?.Card.Name);
        var trail = TcpTrail.Choose(index);
        var t = options.Theme;
        Sheet panels = new("panels"), lines = new("lines"), words = new("words"), header = new("header");
        double y = new FlowPanel(t, index, book).Draw((panels, lines, words), Width, 72, options.At) + 16;
        var sequence = new SequencePanel(t, index, trail, names);
        sequence.Draw((panels, lines, words), Width, y);
        y += sequence.Height;
        double ledger = HeaderLayer.Ledger(header, t, index.Ledger, Width - Tokens.Page);
        HeaderLayer.Titles(header, t, options.Title.Length > 0 ? options.Title : "Timeline", options.Title.Length > 0 ? "over time" : "what happened when", ledger);
        var caption = Words(index, book, trail, names);
        string note = options.Engine.Length > 0 ? "Docker Engine " + options.Engine : "";
        var sheet = CaptionBand.Draw(t, caption, note, options.At is { } at ? new Clocks(index.Start).Of(at) : null, (Width, y));
        return new(Width, Math.Ceiling(y + CaptionBand.Height + 10), $"Timeline: {caption.Sentence}", t.Canvas, [panels, lines, words, header, sheet]);
    }

    private static Caption Words(TraceIndex index, TimelineBook book, TcpTrail? trail, Names names)
    {
        if (index.Shown.Count == 0) return new("", "No packet was recorded.", "");
        long bytes = book.Totals.Values.Sum(v => v.Bytes);
        string chapter = $"{Spans.Count(index.Shown.Count, "packet")}, {Spans.Bytes(bytes)}, in {Spans.Of(book.Length)}";
        var faults = book.Events.Where(e => e.Kind == EventKind.Fault).ToList();
        int again = trail?.Segments.Count(s => s.Again) ?? 0;
        string sentence = book.Deaths.Count > 0 && again > 0 ? $"{Spans.Count(book.Deaths.Count, "packet")} died on the way, and {names.Of(trail!.Flow.Source)} had to say {Spans.Count(again, "segment")} again."
            : book.Deaths.Count > 0 ? $"{Spans.Count(book.Deaths.Count, "packet")} died on the way."
            : again > 0 ? $"{names.Of(trail!.Flow.Source)} said {Spans.Count(again, "segment")} again."
            : "Nothing was lost, and nothing had to be said again.";
        var slow = book.Lookups.Where(l => l.Took is not null).MaxBy(l => l.Took);
        int open = book.Lookups.Count(l => l.Took is null);
        string dns = book.Lookups.Count == 0 ? "" : open > 0 ? $"{Spans.Count(open, "question")} of {book.Lookups.Count} to DNS had no answer. " : $"The slowest of {Spans.Count(book.Lookups.Count, "answer")} of DNS, {slow!.Name}, took {Spans.Of(slow.Took!.Value)}. ";
        return new(chapter, char.ToUpperInvariant(sentence[0]) + sentence[1..], dns + (faults.Count > 0 ? $"{(faults.Count == 1 ? "A fault began" : $"{faults.Count} faults began, the first")} at {Clock.Seconds(faults[0].Time, index.Start).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} s: {faults[0].Name}." : ""));
    }
}
