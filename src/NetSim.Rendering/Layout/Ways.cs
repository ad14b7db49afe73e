using NetSim.Model.Tracing;
using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Layout;

/// <summary>How a packet gets from one place to another along the drawn lines. Every place has one way up to the host's stack; two ways meet at their first common point.</summary>
internal sealed class Ways(MapLayout layout)
{
    private readonly record struct Step(string Key, Spot At);

    /// <summary>The spot of a place, or null when it isn't drawn.</summary>
    public Spot? SpotOf(Place place) => Chain(place) is { Count: > 0 } chain ? chain[0].At : null;

    /// <summary>The line from one place to another; empty when one of them isn't drawn.</summary>
    public IReadOnlyList<Spot> Between(Place from, Place to)
    {
        var a = Chain(from);
        var b = Chain(to);
        for (int i = 0; i < a.Count; i++)
        {
            int j = b.FindIndex(s => s.Key == a[i].Key);
            if (j < 0) continue;
            var points = a.Take(i + 1).Select(s => s.At).Concat(b.Take(j + 1).Reverse().Select(s => s.At));
            return Clean(points);
        }
        return [];
    }

    /// <summary>Is it the stack of a container, which is drawn inside its card?</summary>
    public bool IsInCard(Place place) => place.Interface is null && layout.Plan.ByNamespace.ContainsKey(place.Namespace);

    /// <summary>Leaves out points that repeat.</summary>
    private static List<Spot> Clean(IEnumerable<Spot> points)
    {
        var clean = new List<Spot>();
        foreach (var p in points)
            if (clean.Count == 0 || clean[^1].DistanceTo(p) > 0.01) clean.Add(p);
        return clean;
    }

    private List<Step> Chain(Place place)
    {
        if (place.Namespace == layout.Plan.HostKey) return Host(place.Interface);
        if (layout.Plan.Outside is { } o && place.Namespace == o.Namespace) return Outside(place.Interface);
        return layout.Plan.ByNamespace.TryGetValue(place.Namespace, out var card) && card.Feet.Count > 0 ? Container(card, place.Interface) : [];
    }

    private List<Step> Container(PlanCard card, string? name)
    {
        var plan = name is null or "lo" ? card.Feet[0] : card.Feet.Find(f => f.Interface == name) ?? card.Feet[0];
        var foot = layout.ByFoot[plan];
        var chain = new List<Step>();
        if (name == "lo") chain.Add(new($"lo:{card.Key}", LoopbackOf(foot)));
        if (name is null or "lo") chain.Add(new($"stack:{card.Key}", foot.Stack));
        chain.Add(new($"dock:{card.Key}:{plan.Interface}", foot.Dock));
        chain.AddRange(FromPort(foot));
        return chain;
    }

    /// <summary>Where the resolver's row is: packets of lo stay there.</summary>
    private Spot LoopbackOf(PlacedFoot foot) => layout.Measure.IsSmall ? new(foot.Box.Right - 18, foot.Box.Y + 27) : new(foot.Box.X + 20, foot.Box.Y + 112 + (layout.Measure.HasV6 ? 19 : 0));

    private List<Step> FromPort(PlacedFoot foot)
    {
        var room = layout.Rooms.First(r => ReferenceEquals(r.Room, foot.Foot.Room));
        var chain = new List<Step> { new($"port:{foot.Foot.HostEnd}:{foot.Foot.Card.Key}", foot.Port), new($"rail:{room.Room.Name}:{foot.Tier}", foot.Port) };
        for (int t = foot.Tier; t < room.Rails.Count && room.Rails.Count > 1; t++) chain.Add(new($"riser:{room.Room.Name}:{t}", new(room.Riser, room.Rails[t])));
        if (room.Rails.Count > 1) chain.Add(new($"rail:{room.Room.Name}:{room.Rails.Count - 1}", new(room.Riser, room.Rails[^1])));
        chain.AddRange(FromEntry(room));
        return chain;
    }

    private List<Step> FromEntry(PlacedRoom room)
    {
        var chain = new List<Step> { new($"entry:{room.Room.Name}", room.Entry) };
        var points = LobbyWay(room);
        for (int i = 0; i < points.Count; i++) chain.Add(new($"lane:{room.Room.Name}:{i}", points[i]));
        chain.Add(new("host", layout.Lobby.Stack));
        return chain;
    }

    /// <summary>From a floor's entry to the netfilter box: beside the room when it is the first of its row, else through the gap below the row.</summary>
    public IReadOnlyList<Spot> LobbyWay(PlacedRoom room)
    {
        var lobby = layout.Lobby;
        var points = new List<Spot> { room.Entry };
        double y = room.Entry.Y;
        if (!room.IsFirstInRow)
        {
            y = layout.RowBottoms[room.Row] + 12;
            points.Add(new(room.Entry.X, y));
        }
        if (lobby.Netfilter is not { } box || (y > box.Y && y < box.Bottom) || y >= box.Bottom)
        {
            points.Add(new(lobby.Spine, y));
            return points;
        }
        double lane = lobby.Right + 10;
        points.Add(new(lane, y));
        points.Add(new(lane, box.Y + 18));
        points.Add(new(lobby.Spine, box.Y + 18));
        return points;
    }

    private List<Step> Host(string? name)
    {
        if (name is null or "lo") return [new("host", layout.Lobby.Stack)];
        if (layout.ByPort.TryGetValue(name, out var foot)) return FromPort(foot);
        if (layout.Rooms.FirstOrDefault(r => r.Room.Bridge == name) is { } room) return FromEntry(room);
        return name == layout.Plan.Outside?.Uplink ? FromDoor() : [new("host", layout.Lobby.Stack)];
    }

    private List<Step> FromDoor() =>
        [new("door", new(layout.Lobby.X, layout.Lobby.UplinkY)), new("bend", new(layout.Lobby.Spine, layout.Lobby.UplinkY)), new("host", layout.Lobby.Stack)];

    private List<Step> Outside(string? name)
    {
        var box = layout.Outside!.Value;
        var end = new Step("outside", new(box.Right, layout.Lobby.UplinkY));
        return name is null or "lo" ? [new("outstack", new(box.Right - 24, layout.Lobby.UplinkY)), end, .. FromDoor()] : [end, .. FromDoor()];
    }
}
