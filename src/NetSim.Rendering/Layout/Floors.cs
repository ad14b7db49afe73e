using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Layout;

/// <summary>Which places of a plan are on the floor of a network.</summary>
internal static class Floors
{
    /// <summary>Which places are bridges: there a frame is on the floor and not yet in the host's stack.</summary>
    public static Func<Place, FloorPart> Of(MapPlan plan) => place => place.Namespace != plan.HostKey || place.Interface is null ? FloorPart.None
        : plan.Rooms.Exists(r => r.Bridge == place.Interface) ? FloorPart.Bridge
        : plan.Cards.Exists(c => c.Feet.Exists(f => f.HostEnd == place.Interface)) ? FloorPart.Port : FloorPart.None;
}
