using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>One thing on a packet's way: it came to a place, or something judged it there.</summary>
/// <param name="Row">The event.</param>
/// <param name="Time">When.</param>
/// <param name="Place">Where it is to be drawn: a bridged frame stays on the floor while netfilter looks at it.</param>
/// <param name="Station">The judgement, or null when it only came here.</param>
/// <param name="Event">The event itself.</param>
internal sealed record Leg(long Row, SimTime Time, Place Place, Station? Station, TraceEvent Event);

/// <summary>What a place is to a floor.</summary>
internal enum FloorPart
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The bridge itself: the host's own end.</summary>
    Bridge,
    /// <summary>A port of a bridge.</summary>
    Port,
}

/// <summary>A packet's way through the host as its events tell it: places, and stations in between.</summary>
internal sealed class PacketPath
{
    private PacketPath(PacketEntry entry, IReadOnlyList<Leg> legs)
    {
        Entry = entry;
        Legs = legs;
    }

    /// <summary>Whose.</summary>
    public PacketEntry Entry { get; }

    /// <summary>In order of time.</summary>
    public IReadOnlyList<Leg> Legs { get; }

    /// <summary>The way of a packet. <paramref name="floorOf"/> says which places are bridges or ports of one.</summary>
    public static PacketPath Of(TraceIndex index, PacketEntry entry, Func<Place, FloorPart> floorOf)
    {
        var legs = new List<Leg>();
        Place? floor = null, ended = null;
        foreach (var e in index.EventsOf(entry))
        {
            switch (e.Step)
            {
                case Step.Received { OnlyTap: true }: continue;
                case Step.Received or Step.Transmitted or Step.Seen or Step.Originated or Step.Delivered or Step.Queued or Step.Lost:
                    floor = e.Step is Step.Received && floorOf(e.Place) == FloorPart.Port ? e.Place : null;
                    legs.Add(new(e.Number, e.Time, e.Place, null, e));
                    break;
                case Step.Switched { ToHost: true }: floor = null; break;
                case Step.Dropped d when ended != e.Place:
                    ended = e.Place;
                    if (d.Reason is DropReason.OtherHost or DropReason.SamePort or DropReason.NotWanted) break;
                    // What the link behind a port loses, it loses at that port; what a rule drops, where the packet came in.
                    Judge(legs, new(e.Number, e.Time, floorOf(e.Place) == FloorPart.Port ? e.Place : floor ?? StackOf(e.Place), StationOf(e), e));
                    break;
                case not null when StationOf(e) is { } station:
                    Judge(legs, new(e.Number, e.Time, floor is { } f && f.Namespace == e.Place.Namespace ? f : e.Step is Step.Switched ? e.Place : StackOf(e.Place), station, e));
                    break;
            }
        }
        return new(entry, legs);
    }

    /// <summary>The sighting or stay after a row, or null.</summary>
    public Leg? NextStay(long row) => Legs.FirstOrDefault(l => l.Row > row && l.Station is null);

    private static Place StackOf(Place place) => place.Interface is null ? place : new(place.Namespace, null);

    /// <summary>Rules of one chain are one station; the last verdict counts.</summary>
    private static void Judge(List<Leg> legs, Leg leg)
    {
        if (legs.Count > 0 && legs[^1].Station is { Verdict: Verdict.Dropped or Verdict.Rejected } && legs[^1].Place == leg.Place) return;
        if (legs.Count > 0 && legs[^1].Station is { } before && before.Label == leg.Station!.Label)
        {
            var stronger = before.Verdict == Verdict.Changed ? before.Verdict : leg.Station.Verdict;
            legs[^1] = leg with { Station = leg.Station with { Verdict = stronger } };
            return;
        }
        legs.Add(leg);
    }

    private static Station? StationOf(TraceEvent e) => e.Step switch
    {
        Step.Filtered f => new(e.Number, e.Place, LabelOf(f.Detail), VerdictOf(f.Detail.Verdict)),
        Step.Translated t => new(e.Number, e.Place, "nat", Verdict.Changed),
        Step.Switched s => new(e.Number, e.Place, s.Known ? "FDB" : "flood", Verdict.LookedUp),
        Step.Routed => new(e.Number, e.Place, "route", Verdict.LookedUp),
        Step.Dropped d => new(e.Number, e.Place, "drop", d.Reason is DropReason.Rejected or DropReason.NoSocket ? Verdict.Rejected : Verdict.Dropped),
        _ => null,
    };

    private static string LabelOf(FilterDetail d) => d.Table == "filter" ? d.Hook.ToString().ToUpperInvariant() : d.Table;

    private static Verdict VerdictOf(string verdict) => verdict switch
    {
        _ when verdict.StartsWith("DROP", StringComparison.Ordinal) => Verdict.Dropped,
        _ when verdict.StartsWith("REJECT", StringComparison.Ordinal) => Verdict.Rejected,
        _ when verdict.StartsWith("DNAT", StringComparison.Ordinal) || verdict.StartsWith("SNAT", StringComparison.Ordinal) => Verdict.Changed,
        _ when verdict.StartsWith("MASQ", StringComparison.Ordinal) || verdict.StartsWith("REDIRECT", StringComparison.Ordinal) => Verdict.Changed,
        _ => Verdict.Accepted,
    };
}
