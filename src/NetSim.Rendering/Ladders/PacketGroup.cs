using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Ladders;

/// <summary>What the packets of a row do together.</summary>
internal enum GroupKind
{
    /// <summary>One packet.</summary>
    Single,
    /// <summary>A question of ARP and its answer.</summary>
    Neighbours,
    /// <summary>A question of DNS and its answers.</summary>
    Lookup,
    /// <summary>Echo requests and replies.</summary>
    Ping,
    /// <summary>SYN, SYN ACK, ACK; or SYN, RST.</summary>
    Handshake,
    /// <summary>FINs and their acknowledgments.</summary>
    Close,
    /// <summary>Data and acknowledgments.</summary>
    Transfer,
    /// <summary>All there is of a conversation at one time.</summary>
    Talk,
}

/// <summary>Packets that share a row.</summary>
internal sealed class PacketGroup(PacketEntry first, bool isSpecial)
{
    /// <summary>In order.</summary>
    public List<PacketEntry> Packets { get; } = [first];
    public GroupKind Kind { get; set; }

    /// <summary>Did it die, or is it sent again? Then it keeps a row of its own.</summary>
    public bool IsSpecial { get; } = isSpecial;
    public PacketEntry First => Packets[0];
    public PacketEntry Last => Packets[^1];

    /// <summary>The kind that gives the row its hue: what the conversation is about, not what carries it.</summary>
    public PacketClass Class => Packets.Exists(p => p.Summary.Class == PacketClass.Http) ? PacketClass.Http : First.Summary.Class;

    /// <summary>Do its packets go both ways?</summary>
    public bool IsBothWays => First.Summary.Flow is { } f ? Packets.Exists(p => p.Summary.Flow is { } o && o.Source != f.Source) : Packets.Count > 1;
}
