namespace NetSim.Analysis.Explanation;

/// <summary>What becomes of a packet or a question, as its sender learns it.</summary>
public enum Disposition
{
    /// <summary>It arrived and the answer came back; of a name: an address came.</summary>
    Delivered,
    /// <summary>Somebody said no: a TCP reset, an ICMP port unreachable.</summary>
    Refused,
    /// <summary>Silence.</summary>
    Dropped,
    /// <summary>No route, no ARP answer, or an ICMP that says host or net unreachable.</summary>
    Unreachable,
    /// <summary>No address for the name.</summary>
    Unresolved,
    /// <summary>What is known does not suffice; the reason says what would.</summary>
    Unknown,
}
