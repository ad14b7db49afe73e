using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>The host's own namespace between the outer wall and the rooms: routes, published ports, uplink, netfilter.</summary>
internal static class LobbyLayer
{
    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("lobby");
        if (view.Host is not { } host) return sheet;
        Routes(sheet, view, host);
        Doors(sheet, view);
        Uplink(sheet, view, host);
        if (view.Layout.Lobby.Netfilter is { } box) Netfilter(sheet, view, host, box);
        return sheet;
    }

    private static void Routes(Sheet sheet, MapView view, NetworkNamespace host)
    {
        var lobby = view.Layout.Lobby;
        var rows = Lobby.Routes(host);
        if (rows.Count == 0 || lobby.RouteRows == 0) return;
        sheet.Text(new(lobby.Left, lobby.RoutesY), "routes", TextStyle.Sans(13), view.Theme.Third);
        int shown = rows.Count <= lobby.RouteRows ? rows.Count : lobby.RouteRows - 1;
        double y = lobby.RoutesY + 23;
        for (int i = 0; i < shown; i++, y += 19)
        {
            var (destination, way, dim) = rows[i];
            var ink = dim ? view.Theme.Third : view.Theme.Second;
            double width = sheet.Fitted(new(lobby.Left, y), destination, TextStyle.Mono(12), ink, 130);
            sheet.Fitted(new(lobby.Right, y), way, TextStyle.Mono(12), ink, lobby.Right - lobby.Left - width - 6, Anchor.End);
        }
        if (shown < rows.Count) sheet.Text(new(lobby.Left, y), $"+{rows.Count - shown} more", TextStyle.Sans(12), view.Theme.Third);
    }

    private static void Doors(Sheet sheet, MapView view)
    {
        var lobby = view.Layout.Lobby;
        var t = view.Theme;
        var doors = Lobby.Doors(view.Now);
        int places = Math.Min(view.Layout.Plan.Doors, 8), shown = doors.Count <= places ? doors.Count : places - 1;
        for (int i = 0; i < shown; i++)
        {
            double y = lobby.DoorsY + 34 * i, right = lobby.Right - 6;
            bool fresh = view.New.Contains("door " + doors[i].Port);
            sheet.Path($"M{Svg.Number(lobby.X)} {Svg.Number(y - 13)}H{Svg.Number(right)}a6 6 0 0 1 6 6v14a6 6 0 0 1 -6 6H{Svg.Number(lobby.X)}Z", new(lobby.X, y - 13, right + 6 - lobby.X, 26),
                new(t.Room, fresh ? t.Accent : t.CardEdge, fresh ? 1.5 : 1));
            double x = lobby.X + 16;
            x += sheet.Fitted(new(x, y + 4.6), doors[i].Port, TextStyle.MonoMedium(13), fresh ? t.Accent : t.Words, 130) + 10;
            sheet.Fitted(new(x, y + 4.4), "→ " + doors[i].Target, TextStyle.Mono(12), t.Second, right - x);
            sheet.Path($"M{Svg.Number(lobby.X - .75)} {Svg.Number(y - 7)}a7 7 0 0 1 0 14", new(lobby.X, y - 7, 7, 14), new(t.Canvas, t.Second, 1.5));
        }
        if (shown < doors.Count) sheet.Text(new(lobby.Left, lobby.DoorsY + 34 * shown + 4), $"+{doors.Count - shown} more published", TextStyle.Sans(12), t.Third);
    }

    private static void Uplink(Sheet sheet, MapView view, NetworkNamespace host)
    {
        var lobby = view.Layout.Lobby;
        if (view.Layout.Plan.Outside is not { } outside || host.Find(outside.Uplink) is not { } up) return;
        double width = lobby.Spine - lobby.Left - 12;
        string address = up.Addresses.Select(a => a.ToString()).FirstOrDefault(a => !a.StartsWith("fe80", StringComparison.Ordinal)) ?? "";
        sheet.Fitted(new(lobby.Left, lobby.UplinkY - 10), address, TextStyle.MonoMedium(13), view.Theme.Words, width + 30);
        if (up.Mac != default) sheet.Fitted(new(lobby.Left, lobby.UplinkY + 21), up.Mac.ToString(), TextStyle.Mono(12), view.Theme.Third, width);
    }

    private static void Netfilter(Sheet sheet, MapView view, NetworkNamespace host, Box box)
    {
        var t = view.Theme;
        Marks.Card(sheet, t, box, Tokens.CardRadius);
        sheet.Text(new(box.X + 16, box.Y + 29), "netfilter", TextStyle.Strong(15), t.Words);
        var rows = Lobby.Tables(host);
        double right = IsAsked(view, host.Key) ? view.Layout.Lobby.Spine - 46 : box.Right - 16;
        for (int i = 0; i < rows.Count; i++)
        {
            double y = RowY(box, i);
            bool fatal = i == FatalRow(view, rows);
            if (fatal) sheet.Rect(new(box.X + .5, y - 17.5, box.Width - 1, 26), 0, new(t.DropSoft));
            sheet.Line(new(box.X + 16, y - 18), new(right, y - 18), new(null, t.CardEdge));
            sheet.Text(new(box.X + 16, y), rows[i].Table, TextStyle.MonoMedium(13), t.Words);
            sheet.Text(new(right, y), fatal ? "DROP" : rows[i].Note, fatal ? TextStyle.Strong(12.5) : TextStyle.Sans(12.5), fatal ? t.Drop : t.Second, Anchor.End);
        }
    }

    /// <summary>Does the packet in focus come to the host's stack? Then the marks of verdicts need the card's right part.</summary>
    private static bool IsAsked(MapView view, string host) => view.Flight?.PacketPath.Legs.Any(l => l.Place.Namespace == host && l.Place.Interface is null) ?? false;

    /// <summary>Where a routed packet was judged: the mark of the last verdict at each table.</summary>
    public static Sheet Stations(MapView view)
    {
        var sheet = new Sheet("judged");
        if (view.Flight is not { } flight || view.Host is not { } host || view.Layout.Lobby.Netfilter is not { } box) return sheet;
        var rows = Lobby.Tables(host);
        var stack = new Model.Tracing.Place(host.Key, null);
        foreach (var leg in flight.PacketPath.Legs.Where(l => l.Row <= flight.Row && l.Station is not null && l.Place == stack))
        {
            int row = rows.ToList().FindIndex(r => r.Table == TableOf(leg.Station!.Label));
            if (row >= 0 && leg.Station!.Verdict is not (Stories.Verdict.Dropped or Stories.Verdict.Rejected)) Marks.Verdict(sheet, view.Theme, leg.Station!.Verdict, new(view.Layout.Lobby.Spine, RowY(box, row) - 5), view.Hue);
        }
        return sheet;
    }

    /// <summary>The row of the table that ended the packet in focus, or -1.</summary>
    internal static int FatalRow(MapView view, IReadOnlyList<(string Table, string Note)> rows)
    {
        if (view.Flight is not { Death: not null } flight || flight.Death != view.Layout.Lobby.Stack) return -1;
        var end = flight.PacketPath.Legs.LastOrDefault(l => l.Row <= flight.Row && l.Station is { Verdict: Stories.Verdict.Dropped or Stories.Verdict.Rejected });
        return end is null ? -1 : rows.ToList().FindIndex(r => r.Table == TableOf(end.Station!.Label));
    }

    private static string TableOf(string label) => label is "FORWARD" or "INPUT" or "OUTPUT" ? "filter" : label;

    internal static double RowY(Box box, int row) => box.Y + 61 + 27 * row;
}
