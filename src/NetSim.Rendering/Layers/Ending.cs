using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Where and how the packet in focus ended: its mark beside the way, the column in which it falls, and the bin below.</summary>
/// <param name="Verdict">Dropped or rejected.</param>
/// <param name="Mark">The octagon.</param>
/// <param name="From">Where the way leaves for the mark.</param>
/// <param name="Rest">The glyph, or null when the mark stands alone.</param>
/// <param name="Bin">What it falls into, or null when there is no room for a fall.</param>
/// <param name="WordsLeft">Do the bin's words stand at its left?</param>
/// <param name="Reason">"raw PREROUTING", "nobody listens".</param>
/// <param name="Count">How many ended so by now, itself included.</param>
internal sealed record Ending(Verdict Verdict, Spot Mark, Spot From, Spot? Rest, Box? Bin, bool WordsLeft, string Reason, int Count)
{
    private const double BinWidth = 38, BinHeight = 32;

    /// <summary>What the tag belongs to.</summary>
    public Spot Anchor => Bin is null ? Rest ?? Mark : Mark;

    /// <summary>The ending of the packet in focus, or null while it lives.</summary>
    public static Ending? Of(MapView view)
    {
        if (view.Flight is not { Death: { } spot } flight) return null;
        var leg = flight.PacketPath.Legs.LastOrDefault(l => l.Row <= flight.Row && l.Station is { Verdict: Verdict.Dropped or Verdict.Rejected });
        if (leg is null) return null;
        long row = Math.Max(view.Row, flight.Row);
        int count = Math.Max(1, view.Index.Shown.Count(e => e.Drop == flight.Entry.Drop && e.DropRow <= row));
        var plain = new Ending(leg.Station!.Verdict, spot, spot, null, null, false, ReasonOf(flight, leg), count);
        var place = leg.Place;
        if (place.Namespace == view.Layout.Plan.HostKey) return InHost(view, plain, place.Interface ?? "");
        return view.Layout.Plan.ByNamespace.TryGetValue(place.Namespace, out var card) && card.Feet.Count > 0 ? InCard(view, plain, card, place.Interface)
            : plain with { Mark = spot.Plus(22, 0), From = spot };
    }

    private static Ending InHost(MapView view, Ending plain, string name)
    {
        var layout = view.Layout;
        if (layout.ByPort.TryGetValue(name, out var foot)) return OnFloor(layout, plain, foot);
        if (layout.Rooms.Any(r => r.Room.Bridge == name)) return plain with { Mark = plain.From.Plus(24, 0), Rest = plain.From.Plus(58, 0) };
        if (name == layout.Plan.Outside?.Uplink) return plain with { Mark = new(layout.Outside!.Value.Right + 22, layout.Lobby.UplinkY) };
        return InStack(view, plain);
    }

    /// <summary>In the hooks of a bridge: a station on the rail beside the dock; below it the slab keeps a column free.</summary>
    private static Ending OnFloor(MapLayout layout, Ending plain, PlacedFoot foot)
    {
        var room = layout.Rooms.First(r => ReferenceEquals(r.Room, foot.Foot.Room));
        double away = Marks.DockBox(foot.Port, foot.Foot.HostEnd).Width / 2 + 26;
        bool left = foot.Port.X + away + 27 + 96 > room.Box.Right - 12 && foot.Port.X - away - 27 - 96 > room.Box.X + Tokens.SlabWords;
        var mark = foot.Port.Plus(left ? -away : away, 0);
        if (!room.Room.HasDrop || foot.Tier < room.Rails.Count - 1) return plain with { Mark = mark, From = foot.Port, Rest = foot.Port.Plus(0, -46) };
        return plain with { Mark = mark, From = foot.Port, Rest = mark.Plus(0, 38), Bin = BinBelow(mark.Plus(0, 38)), WordsLeft = left };
    }

    /// <summary>In the host's netfilter: beside the row of its table; it falls out of the card's lower edge.</summary>
    private static Ending InStack(MapView view, Ending plain)
    {
        var lobby = view.Layout.Lobby;
        if (lobby.Netfilter is not { } box) return plain with { Mark = plain.From.Plus(0, 34), Rest = plain.From };
        int row = view.Host is { } host ? LobbyLayer.FatalRow(view, Lobby.Tables(host)) : -1;
        if (row < 0) return plain with { Mark = plain.From.Plus(-32, 0), Rest = plain.From };
        var from = new Spot(lobby.Spine, LobbyLayer.RowY(box, row) - 5);
        var mark = from.Plus(-28, 0);
        var rest = new Spot(mark.X, box.Bottom + 34);
        return view.Layout.Plan.HasDrop ? plain with { Mark = mark, From = from, Rest = rest, Bin = BinBelow(rest), WordsLeft = true } : plain with { Mark = mark, From = from };
    }

    private static Ending InCard(MapView view, Ending plain, PlanCard card, string? name)
    {
        var foot = view.Layout.ByFoot[name is null ? card.Feet[0] : card.Feet.Find(f => f.Interface == name) ?? card.Feet[0]];
        if (name == "lo") return plain;
        if (name is not null) return plain with { Mark = foot.Dock.Plus(0, 62), Rest = foot.Dock.Plus(0, 32) };
        bool came = view.Flight!.Stops.Any(s => s.Leg.Place.Namespace == view.SpaceOf(card)?.Key && s.Leg.Event.Step is Step.Received && s.Leg.Place.Interface != "lo");
        return plain with { Rest = came ? foot.Dock.Plus(0, 40) : null };
    }

    private static Box BinBelow(Spot rest) => new(rest.X - BinWidth / 2, rest.Y + 18, BinWidth, BinHeight);

    /// <summary>The hook when a rule ended it, else the reason.</summary>
    private static string ReasonOf(Flight flight, Leg leg)
    {
        var rule = flight.PacketPath.Legs.Where(l => l.Row <= leg.Row).Select(l => l.Event.Step).OfType<Step.Filtered>().Select(f => f.Detail)
            .LastOrDefault(d => d.Verdict.StartsWith("DROP", StringComparison.Ordinal) || d.Verdict.StartsWith("REJECT", StringComparison.Ordinal)) ?? (leg.Event.Step as Step.Dropped)?.Detail as FilterDetail;
        return rule is not null ? $"{rule.Table} {rule.Hook.ToString().ToUpperInvariant()}" : DropSentences.Short(flight.Entry.Drop ?? DropReason.Filtered);
    }
}
