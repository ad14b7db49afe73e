using NetSim.Model.Tracing;

namespace NetSim.Rendering.Stories;

/// <summary>What became of a packet that ended on its way.</summary>
internal static class DropSentences
{
    /// <summary>One sentence, or null when the packet's own says more.</summary>
    public static string? Of(PacketEntry entry, DropReason reason, Names names)
    {
        if (entry.Summary.Flow is not { } f) return null;
        string a = names.Of(f.Source), b = names.Of(f.Destination);
        string? from = names.Network(f.Source), to = names.Network(f.Destination);
        string sentence = reason switch
        {
            DropReason.Filtered when from is not null && to is not null && from != to => $"{a} may not visit {b}: they live on different networks.",
            DropReason.Filtered => $"{a} does not reach {b}: a rule of the firewall drops the packet.",
            DropReason.Rejected => $"{a} does not reach {b}: a rule of the firewall turns it away.",
            DropReason.NoRoute or DropReason.ForbiddenByRoute => $"{a} does not reach {b}: there is no route.",
            DropReason.NeighbourUnreachable => $"{a} does not reach {b}: nobody there answers to that address.",
            DropReason.TimeToLiveExceeded => $"The packet from {a} to {b} has used up its hops.",
            DropReason.TooBig => $"The packet from {a} to {b} is too big for the way.",
            DropReason.NotForwarding => $"{a} does not reach {b}: the host passes nothing on.",
            DropReason.NoSocket => $"{a} finds nobody behind that door of {b}.",
            DropReason.BadChecksum or DropReason.Malformed => $"{b} throws the packet from {a} away: it is damaged.",
            DropReason.LinkDown => $"{a} does not reach {b}: the cable is unplugged.",
            DropReason.QueueFull => $"{a} does not reach {b}: the queue is full.",
            DropReason.Loss => $"The packet from {a} to {b} gets lost on the way.",
            DropReason.Martian => $"{b} does not believe that {a} is where the packet came from.",
            _ => $"{a} does not reach {b}.",
        };
        return sentence.StartsWith("the ", StringComparison.Ordinal) ? "The" + sentence[3..] : sentence;
    }

    /// <summary>The reason in a few words, for a bin.</summary>
    public static string Short(DropReason reason) => reason switch
    {
        DropReason.Filtered => "dropped by a rule",
        DropReason.Rejected => "rejected by a rule",
        DropReason.NoRoute => "no route",
        DropReason.ForbiddenByRoute => "forbidden by a route",
        DropReason.NeighbourUnreachable => "no answer to ARP",
        DropReason.TimeToLiveExceeded => "hops used up",
        DropReason.TooBig => "too big",
        DropReason.NotForwarding => "not forwarding",
        DropReason.NoSocket => "nobody listens",
        DropReason.BadChecksum => "bad checksum",
        DropReason.Malformed => "malformed",
        DropReason.LinkDown => "link down",
        DropReason.QueueFull => "queue full",
        DropReason.Loss => "lost on the way",
        DropReason.Martian => "impossible source",
        DropReason.NotModelled => "not modelled",
        DropReason.TableFull => "connection tracking is full",
        DropReason.Isolated => "its ports are isolated",
        DropReason.NeverWhole => "the other fragments never came",
        DropReason.NoPort => "no port leads anywhere",
        _ => "not wanted",
    };
}
