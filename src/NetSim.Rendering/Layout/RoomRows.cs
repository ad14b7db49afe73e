using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layout;

/// <summary>Rooms in rows as wide as a column; a room that is wider folds its floor into tiers.</summary>
internal sealed class RoomRows
{
    private readonly CardMeasure _measure;
    private readonly double _column;
    private readonly List<PlacedRoom> _rooms = [];
    private readonly List<PlacedFoot> _feet = [];
    private readonly List<double> _bottoms = [];

    private RoomRows(CardMeasure measure, double column)
    {
        _measure = measure;
        _column = column;
    }

    public IReadOnlyList<PlacedRoom> Rooms => _rooms;
    public IReadOnlyList<PlacedFoot> Feet => _feet;
    public IReadOnlyList<double> Bottoms => _bottoms;
    public double Width => _column;

    /// <summary>Places the rooms of a plan from a corner on.</summary>
    public static RoomRows Place(MapPlan plan, CardMeasure measure, Spot corner, double column)
    {
        var rows = new RoomRows(measure, column);
        double y = corner.Y;
        foreach (var row in rows.Cut(plan.Rooms))
        {
            double height = row.Max(rows.HeightOf) + rows.SlabExtra(row);
            rows.PlaceRow(row, new(corner.X, y, column, height));
            y += height + Tokens.RoomGap;
        }
        return rows;
    }

    private List<List<PlanRoom>> Cut(List<PlanRoom> rooms)
    {
        var rows = new List<List<PlanRoom>>();
        double used = 0;
        foreach (var room in rooms)
        {
            double width = NaturalWidth(room);
            bool fits = rows.Count > 0 && used + Tokens.RoomGap + width <= _column && rows[^1][0].Feet.Count > 0 == room.Feet.Count > 0;
            if (!fits)
            {
                rows.Add([]);
                used = -Tokens.RoomGap;
            }
            rows[^1].Add(room);
            used += Tokens.RoomGap + width;
        }
        return rows;
    }

    private int PerTier(double width) => Math.Max(1, (int)((width - 2 * Tokens.RoomPadding + _measure.Gap + 0.5) / (_measure.Width + _measure.Gap)));

    private double NaturalWidth(PlanRoom room)
    {
        int cards = Math.Clamp(room.Feet.Count, 1, PerTier(_column));
        return Math.Min(_column, Math.Max(372, 2 * Tokens.RoomPadding + cards * _measure.Width + (cards - 1) * _measure.Gap));
    }

    private int TiersOf(PlanRoom room) => (room.Feet.Count + PerTier(NaturalWidth(room)) - 1) / PerTier(NaturalWidth(room));

    private double TierHeight => _measure.Height + _measure.Cable;

    private double HeightOf(PlanRoom room) => room.Feet.Count == 0 ? 128
        : CardMeasure.Title + TiersOf(room) * TierHeight + (TiersOf(room) - 1) * 28 + CardMeasure.Floor;

    /// <summary>Rails of a row are in line, so what one slab needs all get.</summary>
    private double SlabExtra(List<PlanRoom> row) => row.Exists(r => r.HasDrop) ? Tokens.BinRoom : row.Exists(r => r.Feet.Count > 0 && NeedsTwoLines(r, NaturalWidth(r))) ? 12 : 0;

    private static bool NeedsTwoLines(PlanRoom room, double width) => FloorWidth(room) + 2 * Tokens.RoomPadding > width;

    /// <summary>The line in the slab: bridge, subnets, gateway, MAC address.</summary>
    private static double FloorWidth(PlanRoom room) => FontBook.Measure((room.Bridge ?? "") + room.Subnets + room.Gateway, TextStyle.MonoMedium(13)) + 24 * 3
        + FontBook.Measure("gateway ", TextStyle.Sans(12.5)) + FontBook.Measure("00:00:00:00:00:00", TextStyle.Mono(12));

    private void PlaceRow(List<PlanRoom> row, Box area)
    {
        double natural = row.Sum(NaturalWidth), spare = _column - natural - (row.Count - 1) * Tokens.RoomGap;
        double x = area.X;
        for (int i = 0; i < row.Count; i++)
        {
            double width = NaturalWidth(row[i]) + spare * NaturalWidth(row[i]) / natural;
            PlaceRoom(row[i], new(x, area.Y, i == row.Count - 1 ? area.Right - x : Math.Round(width), area.Height), (i == 0, SlabExtra(row)));
            x += Math.Round(width) + Tokens.RoomGap;
        }
        _bottoms.Add(area.Bottom);
    }

    private void PlaceRoom(PlanRoom room, Box box, (bool First, double SlabExtra) row)
    {
        bool two = NeedsTwoLines(room, box.Width);
        double slab = box.Bottom - CardMeasure.Floor - row.SlabExtra;
        int tiers = Math.Max(1, room.Feet.Count == 0 ? 1 : TiersOf(room));
        var rails = Enumerable.Range(0, tiers).Select(t => slab - (tiers - 1 - t) * (TierHeight + 28)).ToList();
        _rooms.Add(new(room, box, rails, _bottoms.Count, row.First, two));
        int perTier = (room.Feet.Count + tiers - 1) / tiers;
        for (int i = 0; i < room.Feet.Count; i++) PlaceFoot(room.Feet[i], box, rails, (i / Math.Max(1, perTier), i % Math.Max(1, perTier), Math.Min(perTier, room.Feet.Count)));
    }

    private void PlaceFoot(PlanFoot foot, Box room, List<double> rails, (int Tier, int Column, int Columns) at)
    {
        double inner = room.Width - 2 * Tokens.RoomPadding;
        double gap = at.Columns == 1 ? 0 : Math.Min((inner - at.Columns * _measure.Width) / (at.Columns - 1), 96);
        double used = at.Columns * _measure.Width + (at.Columns - 1) * gap;
        double x = Math.Round(room.X + (room.Width - used) / 2 + at.Column * (_measure.Width + gap));
        double bottom = rails[at.Tier] - _measure.Cable;
        double height = foot.IsHome || _measure.IsSmall ? _measure.Height : 118 + (_measure.HasV6 ? 19 : 0);
        var box = new Box(x, bottom - height, _measure.Width, height);
        _feet.Add(new(foot, box, new(x + _measure.Width / 2, bottom), new(x + _measure.Width / 2, rails[at.Tier]), at.Tier));
    }
}
