using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Rendering.Layout;

namespace NetSim.Rendering.Layers;

/// <summary>What a socket has to do with the packet in focus.</summary>
internal enum SocketState
{
    Idle,
    Target,
    Source,
}

/// <summary>A socket as it is written: ":6379", "redis".</summary>
internal sealed record ShownSocket(string Port, string Program, SocketState State);

/// <summary>Chooses the sockets that a card has room for: those of the packet in focus, then those that listen, by port.</summary>
internal static class SocketChoice
{
    private const int Room = 2;

    public static IReadOnlyList<ShownSocket> Of(MapView view, NetworkNamespace space, PlanCard card)
    {
        var listening = space.Sockets.Where(s => s.Remote is null && s.Protocol is IpProtocol.Tcp or IpProtocol.Udp && !s.Address.IsLoopback && s.Port.Number > 0)
            .Select(s => (s.Protocol, s.Port, s.Program)).Distinct().OrderBy(s => s.Port).ToList();
        var chosen = new List<ShownSocket>();
        if (view.Flight?.Entry.Summary.Flow is { Protocol: IpProtocol.Tcp or IpProtocol.Udp } flow)
        {
            var mine = card.Feet.SelectMany(f => new[] { f.Address, f.Address6 }).Where(a => a is not null).Select(a => a!.Value).ToHashSet();
            var (from, to) = Untranslated(view, flow);
            if (mine.Contains(from.Address)) chosen.Add(new(":" + from.Port, ProgramOf(from.Port, "client"), SocketState.Source));
            if (mine.Contains(to.Address)) chosen.Add(new(":" + to.Port, ProgramOf(to.Port, ""), SocketState.Target));
        }
        foreach (var s in listening)
            if (chosen.Count < Room && !chosen.Exists(c => c.Port == ":" + s.Port)) chosen.Insert(0, new(":" + s.Port, s.Program, SocketState.Idle));
        int more = listening.Count(s => !chosen.Exists(c => c.Port == ":" + s.Port));
        if (more > 0 && chosen.Count == Room && chosen[0].State == SocketState.Idle) chosen[0] = chosen[0] with { Program = $"+{more}" };
        return chosen;

        string ProgramOf(Model.Addressing.Port port, string otherwise) => listening.Find(s => s.Port == port).Program ?? otherwise;
    }

    /// <summary>Both ends as the containers know them: after DNAT the destination is the container's.</summary>
    private static ((Model.Addressing.IpAddress Address, Model.Addressing.Port Port) From, (Model.Addressing.IpAddress Address, Model.Addressing.Port Port) To) Untranslated(MapView view, FlowKey flow)
    {
        foreach (var leg in view.Flight!.PacketPath.Legs)
            if (leg.Event.Step is Model.Tracing.Step.Translated t && (t.Detail.Before.Destination != t.Detail.After.Destination || t.Detail.Before.DestinationPort != t.Detail.After.DestinationPort))
                flow = flow with { Destination = t.Detail.After.Destination, DestinationPort = t.Detail.After.DestinationPort };
        return ((flow.Source, flow.SourcePort), (flow.Destination, flow.DestinationPort));
    }
}
