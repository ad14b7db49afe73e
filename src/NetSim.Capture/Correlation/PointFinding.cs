using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Correlation;

/// <summary>Finds where a capture was taken on a known host, and which way its frames went.</summary>
internal sealed class PointFinding(Topology topology, IReadOnlyDictionary<string, Place> files)
{
    /// <summary>The place of a capture interface: what is said of the file, else a name that fits, else the MAC address that all its frames share; null when nothing tells.</summary>
    public Place? Find(CapturePoint point, IReadOnlyList<HashSet<MacAddress>> ends) =>
        BySetting(point.File) ?? ByName(point) ?? ByMac(ends);

    /// <summary>Did the interface at that place send the frame? Null: it can't be told.</summary>
    public bool? IsOutbound(Place place, ReadOnlySpan<byte> frame, int linkType)
    {
        if (!LinkView.TryRead(frame, linkType, out var link)) return null;
        if (link.PacketType != 255) return link.PacketType == 4;
        if (topology.Find(place.Namespace)?.Find(place.Interface ?? "") is not { } at || link.Source is not { } source) return null;
        if (at.Kind == InterfaceKind.Loopback) return false;
        // The host's end of a container's cable: what the container sent, this end received.
        if (at.Kind == InterfaceKind.Veth && at.Master is not null && at.Peer is not null) return source != at.Peer.Mac;
        return source == at.Mac;
    }

    /// <summary>Would only a promiscuous tap see it there: a frame passing over a bridge that is not for the bridge itself?</summary>
    public bool IsOnlyTap(Place place, ReadOnlySpan<byte> frame, int linkType)
    {
        if (linkType != LinkTypes.Ethernet || !EthernetView.TryRead(frame, out var e) || e.Destination.IsMulticast) return false;
        return topology.Find(place.Namespace)?.Find(place.Interface ?? "") is { Kind: InterfaceKind.Bridge } bridge && e.Destination != bridge.Mac;
    }

    private Place? BySetting(string file)
    {
        string path = file.Replace('\\', '/');
        if (files.TryGetValue(path, out var exact)) return exact;
        foreach (var (end, place) in files)
            if (path.EndsWith("/" + end, StringComparison.Ordinal) || end.EndsWith("/" + Path.GetFileName(path), StringComparison.Ordinal)) return place;
        return null;
    }

    /// <summary>"eth0" of one namespace, "webapp eth0", or a file named "webapp.eth0.pcap" or "br-app.pcap".</summary>
    private Place? ByName(CapturePoint point)
    {
        var words = point.Interface.Name.Length > 0 ? point.Interface.Name : Path.GetFileNameWithoutExtension(point.File);
        Place? only = null;
        int fits = 0;
        foreach (var i in topology.Namespaces.SelectMany(n => n.Interfaces).Where(i => i.Kind != InterfaceKind.Loopback))
        {
            if (words == $"{i.Namespace.Key} {i.Name}" || words.EndsWith($"{i.Namespace.Key}.{i.Name}", StringComparison.Ordinal)) return new(i.Namespace.Key, i.Name);
            if (words != i.Name && !words.EndsWith("." + i.Name, StringComparison.Ordinal)) continue;
            only = new(i.Namespace.Key, i.Name);
            fits++;
        }
        return fits == 1 ? only : null;
    }

    /// <summary>One address at an end of every unicast frame: its interface. Else addresses of one bridge's containers: the bridge.</summary>
    private Place? ByMac(IReadOnlyList<HashSet<MacAddress>> ends)
    {
        if (ends.Count == 0) return null;
        var all = topology.Namespaces.SelectMany(n => n.Interfaces).Where(i => i.Mac != default).ToList();
        var shared = all.Where(i => i.Master is null && ends.All(e => e.Contains(i.Mac))).ToList();
        var met = ends.SelectMany(e => e).ToHashSet();
        if (shared.Count == 1 || shared.Count > 1 && shared.Exists(i => i.Kind != InterfaceKind.Bridge)) return PlaceOf(shared.Find(i => i.Kind != InterfaceKind.Bridge) ?? shared[0]);
        var bridge = all.Where(i => i.Kind == InterfaceKind.Bridge).MaxBy(b => b.Ports.Count(p => p.Peer is { } peer && met.Contains(peer.Mac)));
        return bridge is not null && bridge.Ports.Exists(p => p.Peer is { } peer && met.Contains(peer.Mac)) ? PlaceOf(bridge) : null;
    }

    private static Place PlaceOf(Interface i) => new(i.Namespace.Key, i.Name);
}
