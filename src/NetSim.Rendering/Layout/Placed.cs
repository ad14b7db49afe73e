using NetSim.Rendering.Scenes;

namespace NetSim.Rendering.Layout;

/// <summary>A foot with its place: the dock on the card's lower edge and the port on the rail right below.</summary>
internal sealed record PlacedFoot(PlanFoot Foot, Box Box, Spot Dock, Spot Port, int Tier)
{
    /// <summary>Where a packet is while the container's stack has it: between its sockets and the dock.</summary>
    public Spot Stack => new(Dock.X, Box.Bottom - (Box.Height < 160 ? 14 : 26));
}

/// <summary>A room with its place. A long floor is folded into tiers; their rails are joined by a riser at the left.</summary>
/// <param name="Room">Whose.</param>
/// <param name="Box">All of it.</param>
/// <param name="Rails">Height of each tier's rail; the last is the edge of the slab.</param>
/// <param name="Row">Row of rooms, from 0.</param>
/// <param name="IsFirstInRow">Does the lobby lie right beside it?</param>
/// <param name="TwoLines">Does the slab need two lines?</param>
internal sealed record PlacedRoom(PlanRoom Room, Box Box, IReadOnlyList<double> Rails, int Row, bool IsFirstInRow, bool TwoLines)
{
    /// <summary>The bridge's slab.</summary>
    public Box Slab => new(Box.X, Rails[^1], Box.Width, Box.Bottom - Rails[^1]);

    /// <summary>Where the bridge's own end of the floor is: frames to and from the host pass here.</summary>
    public Spot Entry => IsFirstInRow ? new(Box.X, Rails[^1]) : new(Box.X + 13, Rails[^1]);

    /// <summary>The x at which rails of tiers are joined.</summary>
    public double Riser => Box.X + 13;
}

/// <summary>How large cards are. In a crowd they are small and say only name, address and ports.</summary>
internal sealed record CardMeasure(double Width, double Height, double Cable, bool IsSmall, bool HasV6, double Gap)
{
    public const double Title = 58, Floor = 64;

    /// <summary>A card of the calm picture, of the crowd from 13 containers on.</summary>
    public static CardMeasure For(MapPlan plan)
    {
        bool small = plan.Cards.Count(c => c.Feet.Count > 0) > 12;
        bool v6 = plan.Cards.Exists(c => c.Feet.Exists(f => f.Address6 is not null && f.Address is not null));
        double widest = plan.Cards.Select(c => Fonts.FontBook.Measure(c.Name, Fonts.TextStyle.Strong(17))).DefaultIfEmpty(0).Max();
        double width = Math.Clamp(Math.Ceiling((widest + (small ? 32 : 104)) / 8) * 8, small ? 208 : 268, small ? 256 : 324);
        return small ? new(width, 122 + (v6 ? 17 : 0), 92, true, v6, 20) : new(width, 204 + (v6 ? 19 : 0), 102, false, v6, 28);
    }
}

/// <summary>The host's namespace between the outer wall and the rooms.</summary>
/// <param name="X">The outer wall.</param>
/// <param name="Width">Up to the rooms.</param>
/// <param name="RouteRows">Lines kept for routes.</param>
/// <param name="RoutesY">Baseline of the routes' title.</param>
/// <param name="DoorsY">Middle of the first published port.</param>
/// <param name="UplinkY">The height of the door to the outside.</param>
/// <param name="Netfilter">The box that everything routed passes.</param>
/// <param name="Spine">The x of the cable through that box.</param>
/// <param name="Bottom">Where it ends.</param>
internal sealed record PlacedLobby(double X, double Width, int RouteRows, double RoutesY, double DoorsY, double UplinkY, Box? Netfilter, double Spine, double Bottom)
{
    /// <summary>Where the lobby's writing begins.</summary>
    public double Left => X + 40;

    /// <summary>Where it ends.</summary>
    public double Right => X + Width - 20;

    /// <summary>Where a packet is while the host's stack has it and no table is asked.</summary>
    public Spot Stack => new(Spine, (Netfilter?.Y ?? UplinkY) + (Netfilter is null ? 24 : 22));
}
