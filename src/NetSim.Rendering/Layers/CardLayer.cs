using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Layers;

/// <summary>Containers as cards: who it is, where it is, what listens in it.</summary>
internal static class CardLayer
{
    private const double SocketWidth = 114;

    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("cards");
        foreach (var foot in view.Layout.Feet.Where(f => IsThere(view, f.Foot))) Card(sheet, view, foot);
        return sheet;
    }

    /// <summary>Is the card of a foot there now?</summary>
    public static bool IsThere(MapView view, PlanFoot foot) =>
        foot.IsHome ? view.ContainerOf(foot.Card) is not null || view.SpaceOf(foot.Card) is not null : view.InterfaceOf(foot) is not null;

    private static void Card(Sheet sheet, MapView view, PlacedFoot foot)
    {
        var t = view.Theme;
        var box = foot.Box;
        var container = view.ContainerOf(foot.Foot.Card);
        bool runs = view.SpaceOf(foot.Foot.Card) is not null, fresh = view.New.Contains("card " + foot.Foot.Card.Name);
        if (!runs) sheet.Rect(box, Tokens.CardRadius, new(t.Card, t.Edge, 1, (5, 4)));
        else if (foot.Foot.IsHome) Marks.Card(sheet, t, box, Tokens.CardRadius);
        else sheet.Rect(box, Tokens.CardRadius, new(t.Card, t.Wire, 1, (2, 3)));
        if (fresh) Marks.Halo(sheet, t, box, Tokens.CardRadius);
        string note = !foot.Foot.IsHome ? "also on " + foot.Foot.Card.Feet[0].Room.Name : runs ? foot.Foot.Card.Image : container?.State ?? "";
        Title(sheet, view, foot, (note, runs));
        if (view.InterfaceOf(foot.Foot) is { } end) Address(sheet, view, foot, end);
        if (!foot.Foot.IsHome || view.SpaceOf(foot.Foot.Card) is not { } space) return;
        if (!view.Layout.Measure.IsSmall) Resolver(sheet, view, foot, space);
        Sockets(sheet, view, foot, space);
    }

    private static void Title(Sheet sheet, MapView view, PlacedFoot foot, (string Note, bool Runs) says)
    {
        var box = foot.Box;
        var t = view.Theme;
        double y = box.Y + (view.Layout.Measure.IsSmall ? 28 : 30), free = box.Width - 32;
        string note = view.Layout.Measure.IsSmall && foot.Foot.IsHome && says.Runs ? "" : says.Note;
        var style = TextStyle.Strong(view.Layout.Measure.IsSmall ? 15 : 17);
        double name = Math.Min(FontBook.Measure(foot.Foot.Card.Name, style), free);
        double noteRoom = free - name - 12;
        if (noteRoom < 40 && note.Length > 0 && free > 180)
        {
            noteRoom = 64;
            name = free - noteRoom - 12;
        }
        sheet.Fitted(new(box.X + 16, y), foot.Foot.Card.Name, style, says.Runs ? t.Words : t.Third, name);
        if (noteRoom >= 40) sheet.Fitted(new(box.Right - 16, y), note, TextStyle.Sans(12), t.Third, noteRoom, Anchor.End);
    }

    private static void Address(Sheet sheet, MapView view, PlacedFoot foot, Interface end)
    {
        var t = view.Theme;
        var box = foot.Box;
        bool small = view.Layout.Measure.IsSmall, fresh = view.New.Contains("address " + foot.Foot.HostEnd);
        var addresses = end.Addresses.Where(a => !a.Address.IsLinkLocal).Select(a => a.Address).OrderBy(a => a.IsV6).ToList();
        double y = box.Y + (small ? 48 : 57), free = box.Width - 32;
        if (addresses.Count == 0) addresses = [.. new[] { foot.Foot.Address, foot.Foot.Address6 }.Where(a => a is not null).Select(a => a!.Value)];
        if (addresses.Count > 0 && addresses[0].ToString() == foot.Foot.Card.Name) addresses.RemoveAt(0);
        if (addresses.Count == 0)
        {
            if (end.Mac != default) sheet.Text(new(box.X + 16, y), end.Mac.ToString(), TextStyle.Mono(small ? 11 : 12), t.Third);
            return;
        }
        if (fresh) sheet.Rect(new(box.X + 8, y - 20, box.Width - 16, 46), 4, new(t.AccentSoft, t.Accent, 1.5));
        string first = addresses[0].ToString();
        double size = small ? 13 : 15;
        while (size > 11 && FontBook.Measure(first, TextStyle.MonoMedium(size)) > free) size -= 0.5;
        sheet.Fitted(new(box.X + 16, y), first, TextStyle.MonoMedium(size), fresh ? t.Accent : t.Words, free);
        y += small ? 17 : 19;
        if (view.Layout.Measure.HasV6 && addresses.Count > 1 && addresses[0].IsV4)
        {
            sheet.Fitted(new(box.X + 16, y), addresses.Find(a => a.IsV6).ToString(), TextStyle.Mono(12), t.Second, free);
            y += small ? 17 : 19;
        }
        if (end.Mac != default) sheet.Text(new(box.X + 16, y), end.Mac.ToString(), TextStyle.Mono(small ? 11 : 12), fresh ? t.Accent : t.Third);
    }

    private static void Resolver(Sheet sheet, MapView view, PlacedFoot foot, NetworkNamespace space)
    {
        var t = view.Theme;
        var box = foot.Box;
        double down = view.Layout.Measure.HasV6 ? 19 : 0, line = box.Y + 91 + down, y = box.Y + 116.4 + down;
        if (space.Resolver is not null || view.InterfaceOf(foot.Foot) is not null) sheet.Line(new(box.X + 16, line), new(box.Right - 16, line), new(null, t.CardEdge));
        if (space.Resolver is null)
        {
            if (view.Now.Files.TryGetValue((foot.Foot.Card.Name, "/etc/resolv.conf"), out string? text) && NameServer(text) is { } server)
            {
                sheet.Fitted(new(box.X + 16, y), server, TextStyle.Mono(12), t.Second, box.Width - 120);
                sheet.Text(new(box.Right - 16, y), "name server", TextStyle.Sans(12), t.Third, Anchor.End);
            }
            return;
        }
        bool asked = view.Flight is { Entry.Summary.Class: PacketClass.Dns } f && f.Touched.Any(p => p.Namespace == space.Key);
        string? answer = DnsAnswers.Last(view, space.Key);
        var hue = asked || answer is not null ? t.Hue(PacketClass.Dns) : t.Third;
        Glyphs.Shape(sheet, PacketClass.Dns, new(box.X + 22, box.Y + 112 + down), 5.5, 5.5, new(hue));
        double width = sheet.Text(new(box.X + 36, y), "127.0.0.11", TextStyle.Mono(12), t.Second);
        if (answer is null) sheet.Text(new(box.Right - 16, y), "resolver", TextStyle.Sans(12), asked ? hue : t.Third, Anchor.End);
        else sheet.Fitted(new(box.Right - 16, y), answer, TextStyle.MonoMedium(12), hue, box.Width - 68 - width, Anchor.End);
    }

    private static string? NameServer(string file) => file.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("nameserver ", StringComparison.Ordinal))?[11..];

    private static void Sockets(Sheet sheet, MapView view, PlacedFoot foot, NetworkNamespace space)
    {
        var chosen = SocketChoice.Of(view, space, foot.Foot.Card);
        if (chosen.Count == 0) return;
        var box = foot.Box;
        double height = view.Layout.Measure.IsSmall ? 22 : 30, top = box.Bottom - (view.Layout.Measure.IsSmall ? 44 : 66);
        double needed = chosen.Max(s => FontBook.Measure(s.Port, TextStyle.MonoMedium(13)) + FontBook.Measure(s.Program, TextStyle.Sans(12))) + 32;
        double width = Math.Min(Math.Max(SocketWidth, Math.Ceiling(needed)), (box.Width - 24 - 8 * (chosen.Count - 1)) / chosen.Count);
        double x = foot.Dock.X - (chosen.Count * width + (chosen.Count - 1) * 8) / 2;
        foreach (var (socket, i) in chosen.Select((s, i) => (s, i)).OrderBy(s => s.s.State)) Wire(sheet, view, foot, (x + i * (width + 8) + width / 2, top + height, socket.State));
        foreach (var (socket, i) in chosen.Select((s, i) => (s, i))) Socket(sheet, view, new(x + i * (width + 8), top, width, height), socket);
    }

    private static void Wire(Sheet sheet, MapView view, PlacedFoot foot, (double X, double Y, SocketState State) from)
    {
        double turn = foot.Box.Bottom - (view.Layout.Measure.IsSmall ? 16 : 22);
        bool observed = from.State == SocketState.Source;
        var ink = new Ink(null, observed ? view.Hue : view.Theme.Wire, observed ? 4 : 1.5, Round: true);
        var line = new Shape.Way(Math.Abs(from.X - foot.Dock.X) < 1 ? [new(from.X, from.Y), foot.Dock] : [new(from.X, from.Y), new(from.X, turn), new(foot.Dock.X, turn), foot.Dock], 6, ink, false);
        sheet.Add(line with { Opacity = observed ? .6 : 1 });
    }

    private static void Socket(Sheet sheet, MapView view, Box box, ShownSocket socket)
    {
        var t = view.Theme;
        bool active = socket.State != SocketState.Idle;
        double size = view.Layout.Measure.IsSmall ? 11.5 : 13;
        sheet.Rect(box, Tokens.SocketRadius, new(socket.State == SocketState.Source ? t.AccentSoft : t.Room, active ? view.Hue : null, 1.5));
        double y = box.Y + box.Height / 2 + size * .36;
        double port = sheet.Fitted(new(box.X + 10, y), socket.Port, TextStyle.MonoMedium(size), active ? view.Hue : t.Words, box.Width - 16);
        double free = box.Width - 28 - port;
        if (free >= 18) sheet.Fitted(new(box.Right - 10, y), socket.Program, TextStyle.Sans(view.Layout.Measure.IsSmall ? 11 : 12), t.Second, free, Anchor.End);
    }
}
