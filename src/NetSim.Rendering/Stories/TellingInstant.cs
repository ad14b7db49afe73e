using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Stories;

/// <summary>Chooses the packet that tells most, and the event of its way at which it is drawn.</summary>
internal static class TellingInstant
{
    /// <summary>A drop by the firewall first; then a connection between containers that one found by name; then any connection, a ping, anything.</summary>
    public static PacketEntry? Choose(TraceIndex index, Func<PacketEntry, bool> isBetweenContainers)
    {
        var shown = index.Shown;
        return shown.FirstOrDefault(e => e.Drop is DropReason.Filtered or DropReason.Rejected)
            ?? ByName(shown, isBetweenContainers)
            ?? shown.FirstOrDefault(e => IsSyn(e) && isBetweenContainers(e))
            ?? shown.FirstOrDefault(IsSyn)
            ?? shown.FirstOrDefault(e => e.Drop is not null)
            ?? shown.FirstOrDefault(e => e.Summary.Class == PacketClass.Icmp)
            ?? shown.FirstOrDefault(e => e.Summary.Class is PacketClass.Udp or PacketClass.Dns or PacketClass.Tcp)
            ?? (shown.Count > 0 ? shown[0] : null);
    }

    /// <summary>The last judgement before the packet leaves the floor; else its last stay before the end of its way.</summary>
    public static long RowOf(PacketPath path)
    {
        var legs = path.Legs;
        if (legs.Count == 0) return path.Entry.FirstRow;
        if (legs.FirstOrDefault(l => l.Station is { Verdict: Verdict.Dropped or Verdict.Rejected }) is { } end) return legs[^1].Station is null ? end.Row : Math.Max(end.Row, legs[^1].Row);
        long entered = legs.FirstOrDefault(l => l.Event.Step is Step.Received)?.Row ?? long.MaxValue;
        var judged = legs.LastOrDefault(l => l.Station is not null && l.Row > entered && path.NextStay(l.Row) is { } next && next.Event.Step is Step.Transmitted);
        return (judged ?? legs[(legs.Count - 1) / 2]).Row;
    }

    private static bool IsSyn(PacketEntry e) => e.Summary.Class == PacketClass.Tcp && e.Summary.Text.StartsWith("SYN ", StringComparison.Ordinal) && e.Summary.Text != "SYN ACK";

    /// <summary>Among the connections to an address that DNS has told, the one that is opened while most others are open: somebody needs somebody who needs somebody.</summary>
    private static PacketEntry? ByName(IReadOnlyList<PacketEntry> shown, Func<PacketEntry, bool> isBetweenContainers)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<FlowKey>();
        PacketEntry? best = null;
        int most = -1;
        foreach (var e in shown)
        {
            int at = e.Summary.Class == PacketClass.Dns ? e.Summary.Text.IndexOf(" = ", StringComparison.Ordinal) : -1;
            if (at > 0) told.Add(e.Summary.Text[(at + 3)..]);
            if (e.Summary.Flow is not { Protocol: IpProtocol.Tcp } f) continue;
            if (e.Phase is "close" or "refused") open.Remove(Phases.Canonical(f));
            if (!IsSyn(e)) continue;
            if (open.Count > most && told.Contains(f.Destination.ToString()) && isBetweenContainers(e)) (best, most) = (e, open.Count);
            open.Add(Phases.Canonical(f));
        }
        return best;
    }
}
