using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.Layers;

/// <summary>What a map's layers draw: the places, the state at one event, and the packet in focus.</summary>
internal sealed record MapView
{
    public required Theme Theme { get; init; }
    public required MapLayout Layout { get; init; }
    public required Topology Now { get; init; }
    public required TraceIndex Index { get; init; }
    public required PictureOptions Options { get; init; }
    public required Names Names { get; init; }

    /// <summary>The event up to which everything has happened.</summary>
    public required long Row { get; init; }

    /// <summary>The packet in focus, or null.</summary>
    public Flight? Flight { get; init; }

    /// <summary>The place on the strip of the packet in focus, or of the last one that has begun; -1 before the first.</summary>
    public int Cursor => Flight?.Entry.Order ?? LastBegun();

    /// <summary>What the last step added; it wears the accent. Keys such as "room app", "card db", "cable veth75af0f7".</summary>
    public IReadOnlySet<string> New { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The host's namespace now, or null.</summary>
    public NetworkNamespace? Host => Layout.Plan.HostKey is { } key ? Now.Find(key) : null;

    /// <summary>The hue of the focus: that of its protocol.</summary>
    public Scenes.Colour Hue => Flight is null ? Theme.Accent : Theme.Hue(Flight.Entry.Summary.Class);

    /// <summary>Is the room there now?</summary>
    public bool IsThere(PlanRoom room) => Now.Networks.Exists(n => n.Name == room.Name) || room.Bridge is { } b && Host?.Find(b) is not null || !Layout.Plan.Rooms.Contains(room);

    /// <summary>The container of a card now, or null.</summary>
    public ContainerFacts? ContainerOf(PlanCard card) => Now.Containers.Find(c => c.Name == card.Name);

    /// <summary>The namespace of a card now, or null.</summary>
    public NetworkNamespace? SpaceOf(PlanCard card) => Now.Namespaces.FirstOrDefault(n => n.Kind == NamespaceKind.Container && Layout.Plan.ByNamespace.GetValueOrDefault(n.Key) == card);

    /// <summary>The container's end of a foot's cable now, or null.</summary>
    public Interface? InterfaceOf(PlanFoot foot) => SpaceOf(foot.Card)?.Find(foot.Interface);

    /// <summary>Places that wear the hue of the packet in focus; null: all it has come to.</summary>
    public IReadOnlySet<Place>? Active { get; init; }

    /// <summary>The numbers at the top; null: those of the trace.</summary>
    public Ledger? Told { get; init; }

    /// <summary>Is the interface of a place on the way of the packet in focus?</summary>
    public bool IsActive(string space, string? name) => (Active ?? Flight?.Touched)?.Contains(new(space, name)) ?? false;

    private int LastBegun()
    {
        int found = -1;
        foreach (var e in Index.Shown)
        {
            if (e.FirstRow > Row) break;
            found = e.Order;
        }
        return found;
    }
}
