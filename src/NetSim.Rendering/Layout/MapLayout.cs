using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layout;

/// <summary>Where everything of a plan stands. The same plan gives the same places.</summary>
internal sealed class MapLayout
{
    public const double Top = 88, RoomsTop = 148, MinColumn = 912;

    private MapLayout(MapPlan plan, CardMeasure measure, PlacedLobby lobby, RoomRows rows)
    {
        Plan = plan;
        Measure = measure;
        Lobby = lobby;
        Rooms = rows.Rooms;
        Feet = rows.Feet;
        RowBottoms = rows.Bottoms;
        double bottom = Math.Max(rows.Bottoms.Count > 0 ? rows.Bottoms[^1] : RoomsTop + 200, lobby.Bottom) + 24;
        Building = new(lobby.X, Top, lobby.Width + rows.Width + 24, bottom - Top);
        PageWidth = Building.Right + Tokens.Page;
        foreach (var f in Feet)
        {
            if (f.Foot.HostEnd.Length > 0) ByPort.TryAdd(f.Foot.HostEnd, f);
            ByFoot.TryAdd(f.Foot, f);
        }
    }

    public MapPlan Plan { get; }
    public CardMeasure Measure { get; }
    public PlacedLobby Lobby { get; }
    public IReadOnlyList<PlacedRoom> Rooms { get; }
    public IReadOnlyList<PlacedFoot> Feet { get; }
    public IReadOnlyList<double> RowBottoms { get; }
    public Box Building { get; }
    public double PageWidth { get; }
    public Dictionary<string, PlacedFoot> ByPort { get; } = new(StringComparer.Ordinal);
    public Dictionary<PlanFoot, PlacedFoot> ByFoot { get; } = [];

    /// <summary>The card of the outside, when there is one.</summary>
    public Box? Outside => Plan.Outside is null ? null : new(Tokens.Page, Lobby.UplinkY - 84, 216, 148);

    /// <summary>Places everything. Of all widths of the rooms' column the one is taken whose page comes nearest to 16:10.</summary>
    public static MapLayout Of(MapPlan plan)
    {
        var measure = CardMeasure.For(plan);
        var lobby = PlaceLobby(plan);
        MapLayout? best = null;
        for (double column = MinColumn; column <= MinColumn * 6; column += measure.Width + measure.Gap)
        {
            var layout = new MapLayout(plan, measure, lobby, RoomRows.Place(plan, measure, new(lobby.X + lobby.Width, RoomsTop), column));
            if (best is null || layout.Badness < best.Badness - 1e-9) best = layout;
            if (layout.RowBottoms.Count <= 1 && layout.Rooms.All(r => r.Rails.Count == 1)) break;
        }
        return best!;
    }

    private double Badness => Math.Abs(Math.Log(PageWidth / (Building.Bottom + 248) / 1.6));

    private static PlacedLobby PlaceLobby(MapPlan plan)
    {
        double x = plan.Outside is null ? Tokens.Page : 344;
        if (plan.HostKey is null || plan is { Routes: 0, Tables: 0, Doors: 0, Outside: null }) return new(x, 40, 0, 180, 180, plan.Rooms.Count == 0 ? 200 : 396, null, plan.Rooms.Count == 0 ? x + (40 + MinColumn) / 2 : x + 20, RoomsTop);
        const double width = 272;
        int routes = Math.Min(plan.Routes, 8), doors = Math.Min(plan.Doors, 8);
        double afterRoutes = routes > 0 ? 203 + 19 * (routes - 1) : 148;
        double up = afterRoutes + 38 + 34 * (doors - 1) + 64;
        Box? netfilter = plan.Tables == 0 ? null : new Box(x + 40, up + 44, width - 60, 48 + 27 * plan.Tables);
        double bottom = netfilter?.Bottom ?? up + 40;
        return new(x, width, routes, 180, afterRoutes + 38, up, netfilter, x + width - 40, bottom + (plan.HasDrop ? 96 : 0));
    }
}
