using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Layers;

/// <summary>The last name that a container learned, for the row of its resolver.</summary>
internal static class DnsAnswers
{
    /// <summary>"db = 172.18.0.2" when it was learned shortly before the packet in focus (a few packets), else null.</summary>
    public static string? Last(MapView view, string space)
    {
        if (view.Flight is not { Entry.Order: >= 0 } flight) return null;
        var places = view.Index.Trace.Places;
        for (int i = flight.Entry.Order; i >= Math.Max(0, flight.Entry.Order - 12); i--)
        {
            var e = view.Index.Shown[i];
            if (e.Summary.Class != PacketClass.Dns || !e.Summary.Text.Contains(" = ", StringComparison.Ordinal)) continue;
            if (e.FirstRow > view.Row) continue;
            var row = view.Index.Trace.Chunk(e.FirstRow).Span[0];
            if (places[row.Place].Namespace == space) return e.Summary.Text;
        }
        return null;
    }
}
