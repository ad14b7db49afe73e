using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>What a routing table says of a destination.</summary>
internal enum FrozenRouteKind
{
    None,
    Local,
    Broadcast,
    Unicast,
    Forbidden,
}

/// <summary>The decision for one destination.</summary>
/// <param name="Kind">What becomes of the packet.</param>
/// <param name="Out">The interface it leaves by, or null.</param>
/// <param name="NextHop">Whose hardware address is needed.</param>
/// <param name="Source">The source that a local sender takes.</param>
/// <param name="Row">The row of the table, or null for what no row says.</param>
/// <param name="Text">As `ip route get` would tell it.</param>
internal sealed record FrozenRoute(FrozenRouteKind Kind, Interface? Out, IpAddress NextHop, IpAddress Source, Route? Row, string Text);
