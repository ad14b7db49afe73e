using System.Globalization;
using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Networks as rooms; a room's floor is its bridge.</summary>
internal static class RoomLayer
{
    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("rooms");
        foreach (var room in view.Layout.Rooms.Where(r => view.IsThere(r.Room))) Room(sheet, view, room);
        if (view.Layout.Rooms.Count == 0 && view.Layout.Plan is { HostKey: not null, Outside: null })
            sheet.Text(new(view.Layout.Building.Centre.X, view.Layout.Building.Bottom - 36), "only the host itself was seen", TextStyle.Sans(13), view.Theme.Third, Anchor.Middle);
        return sheet;
    }

    private static void Room(Sheet sheet, MapView view, PlacedRoom room)
    {
        var t = view.Theme;
        var bridge = room.Room.Bridge is { } name ? view.Host?.Find(name) : null;
        bool dim = bridge is { Kind: InterfaceKind.Bridge, Carrier: false };
        bool fresh = view.New.Contains("room " + room.Room.Name);
        sheet.Rect(room.Box, Tokens.RoomRadius, new(t.Room, t.CardEdge));
        var slab = room.Slab;
        sheet.Add(new Shape.Path(Marks.SlabSteps(new(slab.X + .5, slab.Y, slab.Width - 1, slab.Height - .5), 12), slab, new(t.Floor)) { Opacity = dim && !fresh ? .5 : 1 });
        for (int i = 0; i < room.Rails.Count; i++)
        {
            bool last = i == room.Rails.Count - 1;
            double from = last ? room.Box.X : room.Riser, to = last ? room.Box.Right : room.Box.Right - 24;
            sheet.Line(new(from, room.Rails[i]), new(to, room.Rails[i]), new(null, fresh ? t.Accent : t.Wire, dim && !fresh ? Tokens.RailDown : Tokens.Rail), guarded: true);
        }
        if (room.Rails.Count > 1) sheet.Line(new(room.Riser, room.Rails[0] - 2), new(room.Riser, room.Rails[^1]), new(null, t.Wire, Tokens.Rail), guarded: true);
        Title(sheet, view, room, dim && !fresh);
        Slab(sheet, view, room, (bridge, dim && !fresh, fresh));
    }

    private static void Title(Sheet sheet, MapView view, PlacedRoom room, bool dim)
    {
        var t = view.Theme;
        double right = room.Box.Right - Tokens.RoomPadding, y = room.Box.Y + 34, left = room.Box.X + Tokens.RoomPadding;
        string note = Note(view, room.Room);
        double free = right - left - FontBook.Measure(note, TextStyle.Sans(13)) - 24;
        if (free < 200) note = "";
        free = right - left - FontBook.Measure(note, TextStyle.Sans(13)) - (note.Length > 0 ? 24 : 0);
        double title = sheet.Fitted(new(left, y), room.Room.Name, TextStyle.Strong(17), dim ? t.Third : t.Words, free);
        if (free - title > FontBook.Measure(room.Room.Kind, TextStyle.Sans(13)) + 10) sheet.Text(new(left + title + 10, y), room.Room.Kind, TextStyle.Sans(13), t.Third);
        sheet.Text(new(right, y), note, TextStyle.Sans(13), t.Third, Anchor.End);
        if (room.Room.Feet.Count > 0 && !room.Room.Feet.Exists(f => CardLayer.IsThere(view, f)))
            sheet.Text(new(room.Box.X + room.Box.Width / 2, room.Box.Y + 150), "nobody lives here yet", TextStyle.Sans(13), t.Third, Anchor.Middle);
    }

    private static string Note(MapView view, PlanRoom room)
    {
        int here = room.Feet.Count(f => view.InterfaceOf(f) is not null);
        var network = view.Now.Networks.Find(n => n.Name == room.Name);
        if (here == 0) return room.Bridge is { } b && view.Host?.Find(b) is { Carrier: false } ? "no containers, so no carrier" : "";
        string count = Lobby.Plural(here, "container");
        if (network is null || network.Subnets.Count == 0 || !network.Subnets[0].Address.IsV4) return count;
        var total = network.Subnets[0].Count;
        int leased = view.Now.Leases.Count(l => l.Network == room.Name && network.Subnets[0].Contains(l.Address));
        int used = leased > 0 ? leased : here + network.Gateways.Count;
        return total < 4 ? count : $"{count}, {((long)total - 2 - Math.Max(used, here + 1)).ToString("N0", CultureInfo.InvariantCulture)} addresses left";
    }

    private static void Slab(Sheet sheet, MapView view, PlacedRoom room, (Interface? Bridge, bool Dim, bool Fresh) state)
    {
        var t = view.Theme;
        Colour first = state.Fresh ? t.Accent : state.Dim ? t.Third : t.Words, second = state.Fresh ? t.Accent : state.Dim ? t.Third : t.Second;
        if (room.Room.HasDrop)
        {
            BesideBin(sheet, view, room, (first, second));
            return;
        }
        double left = room.Box.X + Tokens.RoomPadding, right = room.Box.Right - Tokens.RoomPadding, y = room.Box.Bottom - 17 - (room.TwoLines ? 21 : 0), x = left;
        string mac = state.Bridge is { } b && b.Mac != default ? b.Mac.ToString() : "";
        double macWidth = FontBook.Measure(mac, TextStyle.Mono(12)), free = right - left - (room.TwoLines ? 0 : macWidth + 24);
        x += sheet.Fitted(new(x, y), room.Room.Bridge ?? "", TextStyle.MonoMedium(13), first, free) + 24;
        if (right - x > 60) x += sheet.Fitted(new(x, y), room.Room.Subnets, TextStyle.Mono(13), second, right - x) + 24;
        if (room.TwoLines) (x, y) = (left, y + 21);
        double end = right - macWidth - 24;
        if (room.Room.Gateway.Length > 0 && end - x > 90)
        {
            x += sheet.Text(new(x, y), "gateway ", TextStyle.Sans(12.5), t.Third);
            sheet.Fitted(new(x, y), room.Room.Gateway, TextStyle.Mono(13), second, end - x);
        }
        sheet.Text(new(right, y), mac, TextStyle.Mono(12), t.Third, Anchor.End);
    }

    /// <summary>Three short lines at the slab's left; the column of a fall and its bin need the rest.</summary>
    private static void BesideBin(Sheet sheet, MapView view, PlacedRoom room, (Colour First, Colour Second) ink)
    {
        double left = room.Box.X + Tokens.RoomPadding, y = room.Box.Bottom - 57, free = Tokens.SlabWords;
        if (Ending.Of(view) is { Bin: { } bin } end && room.Box.Contains(bin))
        {
            double from = bin.X - (end.WordsLeft ? 150 : 12);
            if (from - left >= 100) free = Math.Min(free, from - left);
            else left = bin.Right + (end.WordsLeft ? 12 : 150);
        }
        sheet.Fitted(new(left, y), room.Room.Bridge ?? "", TextStyle.MonoMedium(13), ink.First, free);
        sheet.Fitted(new(left, y + 20), room.Room.Subnets, TextStyle.Mono(13), ink.Second, free);
        if (room.Room.Gateway.Length == 0) return;
        double label = sheet.Text(new(left, y + 40), "gateway ", TextStyle.Sans(12.5), view.Theme.Third);
        sheet.Fitted(new(left + label, y + 40), room.Room.Gateway, TextStyle.Mono(13), ink.Second, free - label);
    }
}
