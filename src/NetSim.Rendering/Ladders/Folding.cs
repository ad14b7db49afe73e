using NetSim.Model.Packets;
using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Ladders;

/// <summary>Folds packets into rows, the more the higher the level: 0 is a row for each, <see cref="Most"/> one for each conversation. What died or is sent again is folded with its like alone, and at the highest level only.</summary>
internal sealed class Folding(IReadOnlySet<int> again, FlowAliases aliases)
{
    /// <summary>The highest level.</summary>
    public const int Most = 4;

    /// <summary>The rows of packets.</summary>
    public List<PacketGroup> Of(IReadOnlyList<PacketEntry> packets, int level)
    {
        var groups = new List<PacketGroup>();
        var open = new Dictionary<string, PacketGroup>(StringComparer.Ordinal);
        foreach (var e in packets)
        {
            bool special = e.Drop is not null || again.Contains(e.Packet);
            var before = groups.Count > 0 ? groups[^1] : null;
            if (!special && before is { IsSpecial: false } && Joins(before, e, level) is { } kind)
            {
                before.Packets.Add(e);
                before.Kind = kind;
                continue;
            }
            if (!special && level == Most && open.TryGetValue(KeyOf(e), out var talk))
            {
                talk.Packets.Add(e);
                talk.Kind = e.Summary.Class switch { PacketClass.Arp when e.Summary.Flow is null => GroupKind.Neighbours, PacketClass.Dns => GroupKind.Lookup, PacketClass.Icmp when IsEcho(e) => GroupKind.Ping, _ => GroupKind.Talk };
                continue;
            }
            if (special && level == Most && open.TryGetValue(SpecialKeyOf(e), out var alike))
            {
                alike.Packets.Add(e);
                continue;
            }
            var made = new PacketGroup(e, special);
            groups.Add(made);
            if (level == Most) open[special ? SpecialKeyOf(e) : KeyOf(e)] = made;
        }
        return groups;
    }

    private GroupKind? Joins(PacketGroup g, PacketEntry e, int level)
    {
        if (level == 0 || g.First.Summary.Class == PacketClass.Arp != (e.Summary.Class == PacketClass.Arp)) return null;
        if (e.Summary.Class == PacketClass.Arp) return IsAnswer(g, e) || level >= 3 ? GroupKind.Neighbours : null;
        if (g.First.Summary.Flow is not { } f || e.Summary.Flow is not { } now) return null;
        if (e.Summary.Class == PacketClass.Dns && g.First.Summary.Class == PacketClass.Dns && now.Protocol == IpProtocol.Udp) return IsOneLookup(g, e, level) ? GroupKind.Lookup : null;
        if (aliases.Of(f) != aliases.Of(now)) return null;
        return e.Summary.Class switch
        {
            PacketClass.Icmp => IsEcho(g.First) && IsEcho(e) && (g.Packets.Count == 1 && now == f.Reversed || level >= 2) ? GroupKind.Ping : null,
            PacketClass.Tcp or PacketClass.Http => Tcp(g, e, level),
            _ => level >= 2 ? GroupKind.Transfer : null,
        };
    }

    private static GroupKind? Tcp(PacketGroup g, PacketEntry e, int level)
    {
        bool syn = g.First.Summary.Text.StartsWith("SYN", StringComparison.Ordinal);
        if (syn && e.Phase is "handshake" or "refused" && g.Kind is GroupKind.Single or GroupKind.Handshake) return GroupKind.Handshake;
        if (g.Last.Phase == "close" && e.Phase == "close" && g.Kind is GroupKind.Single or GroupKind.Close) return GroupKind.Close;
        bool flags = syn || g.First.Phase == "close" || e.Phase == "close" || e.Summary.Text.StartsWith("SYN", StringComparison.Ordinal);
        if (!flags && e.Summary.Text == "ACK" && g.Kind is GroupKind.Single or GroupKind.Transfer && (g.First.Summary.Text != "ACK" || level >= 2)) return GroupKind.Transfer;
        if (level >= 2 && !flags && e.Phase == g.Last.Phase) return GroupKind.Transfer;
        return level >= 3 ? GroupKind.Talk : null;
    }

    private static bool IsAnswer(PacketGroup g, PacketEntry e) =>
        g.Packets.Count == 1 && g.First.Summary.Text.EndsWith('?') && !e.Summary.Text.EndsWith('?') && (e.Summary.Text.Contains(" is at ", StringComparison.Ordinal) || e.Summary.Text.StartsWith("here is", StringComparison.Ordinal));

    /// <summary>A question and its answer; A and AAAA of one name; at higher levels all names that one asks for in a row.</summary>
    private static bool IsOneLookup(PacketGroup g, PacketEntry e, int level)
    {
        var (f, now) = (g.First.Summary.Flow!.Value, e.Summary.Flow!.Value);
        if (now == f.Reversed && g.Packets.Count == 1) return true;
        bool same = SameEnds(f, now);
        return level >= 2 && same && Phases.DnsName(g.First.Summary.Text) == Phases.DnsName(e.Summary.Text) || level >= 3 && same;
    }

    private static bool SameEnds(FlowKey a, FlowKey b) => a.Source == b.Source && a.Destination == b.Destination || a.Source == b.Destination && a.Destination == b.Source;

    private static bool IsEcho(PacketEntry e) => e.Summary.Text.StartsWith("echo re", StringComparison.Ordinal);

    /// <summary>Packets of one direction of a conversation that ended in the same way, or were all sent again.</summary>
    private string SpecialKeyOf(PacketEntry e) => $"! {KeyOf(e)} {e.Summary.Flow?.Source} {e.Drop?.ToString() ?? "again"}";

    /// <summary>What belongs together at the highest level, whatever is in between.</summary>
    private string KeyOf(PacketEntry e)
    {
        if (e.Summary.Flow is not { } f) return e.Summary.Class.ToString();
        if (e.Summary.Class != PacketClass.Dns) return aliases.Of(f).ToString();
        return f.Source.CompareTo(f.Destination) < 0 ? $"dns {f.Source} {f.Destination}" : $"dns {f.Destination} {f.Source}";
    }
}
