using NetSim.Model.Addressing;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Layout;

/// <summary>A network as a room: its floor is its bridge.</summary>
internal sealed class PlanRoom
{
    public required string Name { get; init; }
    public required int Order { get; init; }
    public string Kind { get; set; } = "bridge network";
    public string? Bridge { get; set; }
    public string Subnets { get; set; } = "";
    public string Gateway { get; set; } = "";
    public bool IsDefault { get; set; }

    /// <summary>Does a hook of its bridge end a packet? Then its slab keeps room for a bin.</summary>
    public bool HasDrop { get; set; }

    /// <summary>Who stands on the floor, in order of address.</summary>
    public List<PlanFoot> Feet { get; } = [];
}

/// <summary>A container (or another namespace) as a card.</summary>
internal sealed class PlanCard
{
    public required string Key { get; init; }
    public required int Order { get; init; }
    public string Name { get; set; } = "";
    public string Image { get; set; } = "";

    /// <summary>One for each network, in order of plugging in. The card stands on the first; on the others stands an annex.</summary>
    public List<PlanFoot> Feet { get; } = [];
}

/// <summary>A container's place on a network.</summary>
internal sealed class PlanFoot
{
    public required PlanCard Card { get; init; }
    public required PlanRoom Room { get; init; }
    public string Interface { get; set; } = "";
    public string HostEnd { get; set; } = "";
    public IpAddress? Address { get; set; }
    public IpAddress? Address6 { get; set; }
    public MacAddress Mac { get; set; }

    /// <summary>Is it the card itself, and not an annex?</summary>
    public bool IsHome => ReferenceEquals(Card.Feet[0], this);
}

/// <summary>The world beyond the uplink.</summary>
/// <param name="Namespace">Its key.</param>
/// <param name="Uplink">The host's end of the cable: "up0".</param>
internal sealed record PlanOutside(string Namespace, string Uplink);

/// <summary>All that has a place in the map at any time of the story, so that nothing moves when time does.</summary>
internal sealed class MapPlan
{
    public List<PlanRoom> Rooms { get; } = [];
    public List<PlanCard> Cards { get; } = [];

    /// <summary>Namespace keys and container names to cards.</summary>
    public Dictionary<string, PlanCard> ByNamespace { get; } = new(StringComparer.Ordinal);

    public PlanOutside? Outside { get; set; }
    public string? HostKey { get; set; }
    public int Routes { get; set; }
    public int Doors { get; set; }
    public int Tables { get; set; }

    /// <summary>Does the host's netfilter end a packet? Then the lobby keeps room for a bin.</summary>
    public bool HasDrop { get; set; }

    /// <summary>Whose card shows an address, or null.</summary>
    public string? NameOf(IpAddress address) => Cards.Find(c => c.Feet.Exists(f => f.Address == address || f.Address6 == address))?.Name;

    /// <summary>Do both ends of a packet's conversation have cards?</summary>
    public bool IsBetweenContainers(PacketEntry e) => e.Summary.Flow is { } f && NameOf(f.Source) is not null && NameOf(f.Destination) is not null;
}
