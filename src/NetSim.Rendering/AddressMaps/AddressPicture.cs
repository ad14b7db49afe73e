using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.AddressMaps;

/// <summary>The addresses as a still.</summary>
internal static class AddressPicture
{
    private const double Width = 1600, Split = 1072;

    /// <summary>Draws a trace at an instant.</summary>
    public static Scene Draw(ITraceReader trace, PictureOptions options)
    {
        var index = TraceIndex.Of(trace);
        long row = options.At is { } time ? index.RowAt(time) : trace.Count - 1;
        var book = AddressBook.Of(index, PlanFold.Of(trace, index), row);
        var t = options.Theme;
        Sheet panels = new("panels"), words = new("addresses"), header = new("header");
        var subnets = new SubnetPanel(t, book, options.Pools);
        double y = subnets.Draw(panels, words, Width, 72) + 16;
        var (leases, rooms) = (new LeasePanel(t, book), new RoomPanel(t, book));
        double height = Math.Max(Math.Max(leases.Height, rooms.Height), 160);
        leases.Draw(panels, words, new(24, y, Split - 24, height));
        rooms.Draw(panels, words, new(Split + 16, y, Width - 24 - Split - 16, height));
        double counter = Counter(header, subnets, book, t);
        HeaderLayer.Titles(header, t, options.Title.Length > 0 ? options.Title : "Addresses", "who has what, what is left, and where two claim the same", Width - Tokens.Page - counter);
        var caption = Words(index, book, (subnets, leases), row);
        string engine = options.Engine.Length > 0 ? "Docker Engine " + options.Engine : "";
        var sheet = CaptionBand.Draw(t, caption, engine, book.HasTime ? new Clocks(index.Start).Of(index.TimeOf(row)) : null, (Width, y + height));
        return new(Width, Math.Ceiling(y + height + CaptionBand.Height + 10), $"Addresses: {caption.Sentence}", t.Canvas, [panels, words, header, sheet]);
    }

    /// <summary>31 default pools = 9 in use + 3 skipped + 19 left.</summary>
    private static double Counter(Sheet sheet, SubnetPanel subnets, AddressBook book, Theme t)
    {
        var all = subnets.All.ToList();
        int used = all.Count(c => c.State is PoolState.Used or PoolState.Default), skipped = all.Count(c => c.State == PoolState.Skipped);
        (int Number, string Words)[] parts = all.Count > 0 ? [(all.Count, " default pools = "), (used, " in use + "), (skipped, " skipped + "), (all.Count - used - skipped, " left")]
            : [(book.Networks.Sum(n => n.Subnets.Count), book.Networks.Sum(n => n.Subnets.Count) == 1 ? " subnet, " : " subnets, "), (book.Leases.Count(l => l.To is null), book.Leases.Count(l => l.To is null) == 1 ? " address in use" : " addresses in use")];
        return sheet.Runs(new(Width - Tokens.Page, 46), [.. parts.SelectMany(p => new[] { (Spans.Number(p.Number), TextStyle.MonoMedium(14), t.Words), (p.Words, TextStyle.Sans(12.5), t.Second) })], Anchor.End);
    }

    private static Caption Words(TraceIndex index, AddressBook book, (SubnetPanel Subnets, LeasePanel Leases) panels, long row)
    {
        var step = index.Steps.LastOrDefault(s => s.Row <= row).Step;
        string chapter = step is null ? "Address bookkeeping" : Story.Chapter(step);
        if (panels.Leases.Wanderer is { } who)
            return new(chapter, $"{who} stopped and came back with another address{(panels.Leases.WasGivenAway ? "; its old one had been given away." : ".")}", "An address belongs to a container only while it runs. Names follow the container; addresses do not.");
        if (book.Clashes.Count > 0) return new(chapter, book.Clashes[0].Sentence, book.Clashes[0].Why);
        if (book.Networks.Find(n => n.Subnets.Any(s => book.Room(n, s) is var r && r.Taken >= r.All)) is { } full) return new(chapter, $"{full.Name} is full: the next container gets no address there.", "Docker gives no address twice; one that stops gives its own back.");
        if (book.Networks.Count == 0) return new(chapter, "No network has addresses yet.", "");
        int held = book.Leases.Count(l => l.To is null);
        var next = panels.Subnets.All.FirstOrDefault(c => c.State == PoolState.Next);
        string sentence = $"{HeaderLayer.Counted(held, "address")} on {HeaderLayer.Counted(book.Networks.Count, "network")} {(held == 1 ? "is" : "are")} in somebody’s hands.";
        return new(chapter, char.ToUpperInvariant(sentence[0]) + sentence[1..], next is null ? "" : $"The next network takes {next.Subnet}: the first pool that neither a network nor the host uses.");
    }
}
