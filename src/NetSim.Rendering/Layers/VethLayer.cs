using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>Cables: thin and grey, always there. The observed way lies over them, the docks over that.</summary>
internal static class VethLayer
{
    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("cables");
        var ink = new Ink(null, view.Theme.Wire, Tokens.Attached);
        foreach (var foot in view.Layout.Feet.Where(f => IsPlugged(view, f)))
            sheet.Line(foot.Dock, foot.Port, ink, guarded: true);
        if (view.Layout.Plan.HostKey is not null) Lobby(sheet, view, ink);
        return sheet;
    }

    /// <summary>The docks of cables; those on the way of the packet in focus wear its hue.</summary>
    public static Sheet Docks(MapView view)
    {
        var sheet = new Sheet("docks");
        string host = view.Layout.Plan.HostKey ?? "";
        foreach (var f in view.Layout.Feet.Where(f => IsPlugged(view, f)))
        {
            string space = view.SpaceOf(f.Foot.Card)?.Key ?? "";
            bool fresh = view.New.Contains("cable " + f.Foot.HostEnd);
            if (f.Foot.HostEnd.Length > 0) Marks.Dock(sheet, view.Theme, f.Port, f.Foot.HostEnd, fresh ? view.Theme.Accent : view.IsActive(host, f.Foot.HostEnd) ? view.Hue : null);
            Marks.Dock(sheet, view.Theme, f.Dock, f.Foot.Interface, fresh ? view.Theme.Accent : view.IsActive(space, f.Foot.Interface) ? view.Hue : null);
        }
        if (view.Layout.Plan.Outside is { } o)
            Marks.Dock(sheet, view.Theme, new(view.Layout.Lobby.X, view.Layout.Lobby.UplinkY), o.Uplink, view.IsActive(host, o.Uplink) ? view.Hue : null);
        return sheet;
    }

    /// <summary>Is the cable of a foot in its place now?</summary>
    public static bool IsPlugged(MapView view, PlacedFoot foot) => foot.Foot.Interface.Length > 0 && view.IsThere(foot.Foot.Room)
        && (view.InterfaceOf(foot.Foot) is not null || view.SpaceOf(foot.Foot.Card) is null && CardLayer.IsThere(view, foot.Foot) && view.Host is null);

    private static void Lobby(Sheet sheet, MapView view, Ink ink)
    {
        var lobby = view.Layout.Lobby;
        if (lobby.Netfilter is null && view.Layout.Plan.Outside is null) return;
        var ways = new Ways(view.Layout);
        foreach (var room in view.Layout.Rooms.Where(r => view.IsThere(r.Room)))
        {
            var points = ways.LobbyWay(room).ToList();
            if (lobby.Netfilter is { } box) points.Add(new(lobby.Spine, Math.Clamp(points[^1].Y, box.Y + 18, box.Bottom - 12)));
            else if (view.Layout.Plan.Outside is not null) points.Add(new(lobby.Spine, lobby.UplinkY));
            sheet.Way(points, 8, ink, guarded: true);
        }
        if (view.Layout.Outside is { } outside)
        {
            sheet.Line(new(outside.Right, lobby.UplinkY), new(lobby.X, lobby.UplinkY), ink, guarded: true);
            sheet.Way([new(lobby.X, lobby.UplinkY), new(lobby.Spine, lobby.UplinkY), new(lobby.Spine, lobby.Netfilter?.Y ?? lobby.UplinkY)], 8, ink, guarded: true);
        }
    }
}
