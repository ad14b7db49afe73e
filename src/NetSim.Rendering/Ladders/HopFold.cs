using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Ladders;

/// <summary>Reads a packet's arrows from its events. A bridged frame passes the host without a change, so its arrow goes straight from container to container.</summary>
internal sealed class HopFold(TraceIndex index, Func<Place, FloorPart> floorOf, Func<Place, Place?> farEnd)
{
    /// <summary>The arrows of a packet in order of time.</summary>
    public List<LadderHop> Of(PacketEntry entry)
    {
        var hops = new List<LadderHop>();
        TranslationDetail? swap = null;
        string? swapAt = null;
        Place? floor = null;
        var events = index.EventsOf(entry);
        for (int i = 0; i < events.Count; i++)
        {
            var e = events[i];
            switch (e.Step)
            {
                case Step.Translated t when !IsResolver(t.Detail): (swap, swapAt) = (t.Detail, e.Place.Namespace); break;
                case Step.Transmitted when !IsPort(e.Place):
                    hops.Add(new() { Row = e.Number, Time = e.Time, From = e.Place, Swapped = swapAt, Translation = swap });
                    (swap, swapAt) = (null, null);
                    break;
                case Step.Received or Step.Seen when IsBridged(events, i): floor = e.Place; break;
                case Step.Received { OnlyTap: false } or Step.Seen when !IsPort(e.Place): Arrive(hops, e); break;
                case Step.Dropped d when !IsQuiet(d.Reason): Die(hops, e, d, floor); break;
            }
        }
        // What was readdressed at the end of its way (the answers of a conversation) is told on the last arrow.
        if (swapAt is not null && hops.Count > 0 && hops[^1].Swapped is null) (hops[^1].Swapped, hops[^1].Translation) = (swapAt, swap);
        return hops;
    }

    private bool IsPort(Place place) => place.Interface is null || floorOf(place) == FloorPart.Port;

    /// <summary>A frame that comes to a bridge and goes on by a port of it was never for the host.</summary>
    private bool IsBridged(IReadOnlyList<TraceEvent> events, int i)
    {
        if (floorOf(events[i].Place) != FloorPart.Bridge || i + 1 >= events.Count) return false;
        for (int k = i + 1; k < events.Count; k++)
            if (events[k].Step is Step.Switched s) return events[k].Place == events[i].Place && s is { ToHost: false, Port: not null };
        return false;
    }

    private static void Arrive(List<LadderHop> hops, TraceEvent e)
    {
        if (hops.Count == 0) hops.Add(new() { Row = e.Number, Time = e.Time });
        var hop = hops[^1];
        if (!hop.To.Contains(e.Place)) hop.To.Add(e.Place);
        hop.Arrival ??= e.Time;
    }

    private void Die(List<LadderHop> hops, TraceEvent e, Step.Dropped d, Place? floor)
    {
        if (hops.Count == 0) hops.Add(new() { Row = e.Number, Time = e.Time, From = e.Place.Interface is null ? null : e.Place });
        var hop = hops[^1];
        if (hop.Death is not null) return;
        // What a port of a bridge loses was on its way to the cable's other end, or came from there.
        hop.Death = IsPort(e.Place) && farEnd(e.Place) is { } end ? end : e.Place.Interface is null && floor?.Namespace == e.Place.Namespace ? floor : e.Place;
        hop.Reason = d.Reason;
        hop.DeathWords = d.Detail switch
        {
            FilterDetail f => f.RuleNumber == 0 ? $"policy of {f.Chain}" : $"{f.Chain} {f.RuleNumber}",
            FaultDetail f => f.Text,
            _ => "",
        };
    }

    private static bool IsQuiet(DropReason reason) => reason is DropReason.OtherHost or DropReason.SamePort or DropReason.NotWanted;

    /// <summary>The resolver's own redirection inside a container is no news.</summary>
    private static bool IsResolver(TranslationDetail d) => d.Before.Destination.IsLoopback || d.Before.Source.IsLoopback || d.After.Source.IsLoopback;
}
