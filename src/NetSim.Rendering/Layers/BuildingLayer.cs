using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>The host as a building, and beside it the world outside.</summary>
internal static class BuildingLayer
{
    public static Sheet Draw(MapView view)
    {
        var sheet = new Sheet("building");
        var t = view.Theme;
        var b = view.Layout.Building;
        if (view.Layout.Plan.HostKey is null) return sheet;
        sheet.Rect(b, Tokens.BuildingRadius, new(t.Building, t.Edge, 1.5));
        string x = Svg.Number(b.X), y = Svg.Number(b.Y + 18), corner = Svg.Number(b.Y + 16);
        sheet.Path($"M{x} {y}V{corner}a16 16 0 0 1 16 -16H{Svg.Number(b.Right - 16)}a16 16 0 0 1 16 16V{y}", new(b.X, b.Y, b.Width, 18), new(null, t.Words, Tokens.Eaves));
        double title = sheet.Text(new(b.X + 40, b.Y + 38), "host", TextStyle.Strong(17), t.Words);
        double note = sheet.Text(new(b.X + 40 + title + 10, b.Y + 38), "network namespace", TextStyle.Sans(13), t.Third);
        if (view.Options.Engine.Length > 0) sheet.Text(new(b.Right - 24, b.Y + 38), "Docker Engine " + view.Options.Engine, TextStyle.Sans(13), t.Third, Anchor.End);
        Guests(sheet, view, b.X + 40 + title + 10 + note + 24);
        if (view.Layout.Outside is { } outside) Outside(sheet, view, outside);
        return sheet;
    }

    /// <summary>Containers that live in the host's own namespace.</summary>
    private static void Guests(Sheet sheet, MapView view, double x)
    {
        var guests = view.Now.Containers.Where(c => c.Namespace == view.Layout.Plan.HostKey).Select(c => c.Name).ToList();
        if (guests.Count == 0) return;
        sheet.Fitted(new(x, view.Layout.Building.Y + 38), "with " + string.Join(", ", guests), TextStyle.Sans(13), view.Theme.Third, view.Layout.Building.Right - 260 - x);
    }

    private static void Outside(Sheet sheet, MapView view, Box box)
    {
        var t = view.Theme;
        var space = view.Now.Find(view.Layout.Plan.Outside!.Namespace);
        var end = space?.Interfaces.Find(i => i.Kind != InterfaceKind.Loopback && i.Addresses.Count > 0);
        var address = end?.Addresses.FirstOrDefault(a => a.Address.IsV4) ?? default;
        if (end is { Addresses.Count: > 0 } && address == default) address = end.Addresses[0];
        double title = sheet.Text(new(box.X, box.Y - 18), "outside", TextStyle.Strong(17), t.Words);
        if (end is not null) sheet.Fitted(new(box.X + title + 10, box.Y - 18), address.Subnet.ToString(), TextStyle.Mono(12), t.Third, box.Width - title - 10);
        Marks.Card(sheet, t, box, Tokens.CardRadius);
        string label = space is null || space.Label == "outside" ? "client" : space.Label;
        string program = Program(view);
        double programWidth = sheet.Text(new(box.Right - 16, box.Y + 30), program, TextStyle.Sans(12), t.Third, Anchor.End);
        sheet.Fitted(new(box.X + 16, box.Y + 30), label, TextStyle.Strong(17), t.Words, box.Width - 44 - programWidth);
        if (end is null)
        {
            Notes(sheet, view, box, ["everything beyond the uplink"]);
            return;
        }
        sheet.Fitted(new(box.X + 16, box.Y + 57), address.Address.ToString(), TextStyle.MonoMedium(15), t.Words, box.Width - 32);
        if (end.Mac != default) sheet.Text(new(box.X + 16, box.Y + 76), end.Mac.ToString(), TextStyle.Mono(12), t.Third);
        bool gateway = view.Host?.Routes.Routes.Any(r => r.Destination.IsAll && r.Gateway == address.Address) ?? false;
        Notes(sheet, view, box, gateway ? ["also the host’s gateway", "to all other addresses"] : ["on the host’s own link"]);
    }

    /// <summary>What the story's step runs out there: "curl". Services that always run there are not news.</summary>
    private static string Program(MapView view)
    {
        var step = view.Index.Steps.LastOrDefault(s => s.Row <= view.Row).Step;
        if (step is null || !step.Command.StartsWith("outside", StringComparison.Ordinal)) return "";
        return step.Command[7..].Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? Path.GetFileName(first) : "";
    }

    private static void Notes(Sheet sheet, MapView view, Box box, string[] lines)
    {
        sheet.Line(new(box.X + 16, box.Y + 93), new(box.Right - 16, box.Y + 93), new(null, view.Theme.CardEdge));
        for (int i = 0; i < lines.Length; i++) sheet.Text(new(box.X + 16, box.Y + 114 + 17 * i), lines[i], TextStyle.Sans(12), view.Theme.Third);
    }
}
