using NetSim.Model.Tracing;
using NetSim.Rendering.Layers;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering;

/// <summary>The map as a still: host, networks, containers, and one packet on its way, with words and time. Whoever made the trace.</summary>
public static class MapPicture
{
    /// <summary>Draws a trace at an instant.</summary>
    /// <param name="trace">Changes and steps; the changes alone say what there is to see.</param>
    /// <param name="options">Title, instant, theme.</param>
    public static Scene Draw(ITraceReader trace, PictureOptions options)
    {
        var index = TraceIndex.Of(trace);
        var plan = PlanFold.Of(trace, index);
        MarkDrops(plan, index);
        var layout = MapLayout.Of(plan);
        var (row, path) = Instant(index, plan, options);
        var now = index.TopologyAt(row);
        var flight = path is null ? null : Flight.Of(path, row, layout, new Ways(layout));
        var names = new Names(now, plan.NameOf);
        var view = new MapView { Theme = options.Theme, Layout = layout, Now = now, Index = index, Options = options, Names = names, Row = row, Flight = flight };
        return Compose(view, Words(view));
    }

    /// <summary>All sheets of the map.</summary>
    internal static Scene Compose(MapView view, Caption caption)
    {
        var sheets = MapSheets(view);
        sheets.AddRange([HeaderLayer.Draw(view), CaptionLayer.Draw(view, caption), BeadLayer.Draw(view), TimeLayer.Draw(view)]);
        string title = view.Options.Title.Length > 0 ? $"{view.Options.Title}: {caption.Sentence}" : caption.Sentence;
        return new(view.Layout.PageWidth, view.Layout.Building.Bottom + 248, title, view.Theme.Canvas, sheets);
    }

    /// <summary>The sheets of the stage alone, without words and time.</summary>
    internal static List<Sheet> MapSheets(MapView view)
    {
        var sheets = new List<Sheet>
        {
            BuildingLayer.Draw(view), RoomLayer.Draw(view), VethLayer.Draw(view), LobbyLayer.Draw(view), CardLayer.Draw(view),
            FlightLayer.Trail(view), LobbyLayer.Stations(view), VethLayer.Docks(view), FlightLayer.Glyph(view),
        };
        sheets.Add(FlightLayer.Tag(view, sheets));
        return sheets;
    }

    /// <summary>Tells the plan whether drops need room.</summary>
    internal static void MarkDrops(MapPlan plan, TraceIndex index)
    {
        foreach (var e in index.Shown.Where(e => e.Drop is DropReason.Filtered or DropReason.Rejected).Take(200))
        {
            var end = PacketPath.Of(index, e, Floors.Of(plan)).Legs.FirstOrDefault(l => l.Station is { Verdict: Verdict.Dropped or Verdict.Rejected });
            if (end is null || end.Place.Namespace != plan.HostKey) continue;
            var floor = plan.Cards.SelectMany(c => c.Feet).FirstOrDefault(f => f.HostEnd.Length > 0 && f.HostEnd == end.Place.Interface);
            if (floor is not null) floor.Room.HasDrop = true;
            else if (end.Place.Interface is null) plan.HasDrop = true;
        }
    }

    private static (long Row, PacketPath? PacketPath) Instant(TraceIndex index, MapPlan plan, PictureOptions options)
    {
        var bridges = Floors.Of(plan);
        if (options.At is { } time)
        {
            long row = index.RowAt(time);
            var last = index.Shown.LastOrDefault(e => e.FirstRow <= row);
            return last is null || last.LastRow < row && index.TimeOf(row) - index.TimeOf(last.LastRow) > TimeSpan.FromSeconds(1) ? (row, null) : (row, PacketPath.Of(index, last, bridges));
        }
        var chosen = TellingInstant.Choose(index, plan.IsBetweenContainers);
        if (chosen is null) return (index.Trace.Count - 1, null);
        var path = PacketPath.Of(index, chosen, bridges);
        return (TellingInstant.RowOf(path), path);
    }

    /// <summary>The caption of a view: the story's step, the packet's sentence, the line of why.</summary>
    internal static Caption Words(MapView view)
    {
        var step = view.Index.Steps.LastOrDefault(s => s.Row <= view.Row).Step;
        string chapter = step is null ? "" : Story.Chapter(step);
        if (view.Flight is not { } flight)
            return new(chapter, step?.Sentence ?? (view.Index.Shown.Count == 0 ? "No packet was recorded." : "All is quiet."), "");
        string sentence = Sentences.Of(flight.Entry, view.Names, Whys.ArpSender(view.Index, flight.Entry, view.Names));
        return new(chapter, sentence, Whys.Of(view.Index, flight.PacketPath, view.Row, view.Names));
    }
}
